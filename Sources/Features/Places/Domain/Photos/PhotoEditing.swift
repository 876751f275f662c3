import Storage

/// What every act on photos does the same way: the photos of a place that may be edited, and a line of its history.
struct PhotoEditing {
    let proceeding: Proceeding
    let place: Place
    /// The photos shown, in order.
    let shown: [PlacePhoto]

    /// Throws `Missing` or `Denied`, as for any edition of the place (PHO-3).
    init(_ proceeding: Proceeding, _ id: Place.ID) throws {
        self.proceeding = proceeding
        place = try PlaceEditing(proceeding: proceeding).editable(id)
        shown = try PlacePhotoStore.photos(of: id, proceeding.writer)
    }

    /// For what the program does again by itself, in a place that nobody may edit any more too.
    init(_ proceeding: Proceeding, again place: Place) throws {
        self.proceeding = proceeding
        self.place = place
        shown = try PlacePhotoStore.photos(of: place.id, proceeding.writer)
    }

    /// A photo that is shown; `Missing` otherwise.
    func photo(_ id: PlacePhoto.ID) throws -> PlacePhoto {
        guard let photo = shown.first(where: { $0.id == id }) else { throw Missing() }
        return photo
    }

    /// Refuses one more than a place may show.
    func makeRoom() throws {
        guard shown.count < PlacePhoto.most else {
            throw Problems(
                "photo",
                "Cette fiche a déjà \(PlacePhoto.most) photos\u{202F}: retirez-en une pour en ajouter une autre.")
        }
    }

    var nextRank: Int { (shown.map(\.rank).max() ?? 0) + 1 }

    /// Adds a line to the place's history and makes a version of it.
    func record(_ photo: PlacePhoto, _ kind: PlaceChange.Kind, comment: String) throws {
        var new = place
        new.version += 1
        new.updatedAt = proceeding.now
        try PlaceStore.update(new, replacing: place, proceeding.writer)
        try PlaceHistory.add(
            PlaceChange(
                id: proceeding.newIdentifier(), place: place.id, version: new.version, at: proceeding.now,
                actor: proceeding.principal.account, source: Origin.person, kind: kind, comment: comment, fields: [],
                photo: kind == .undo ? nil : photo.id),
            proceeding.writer)
        proceeding.about(place.id)
        proceeding.note("photo", photo.id.text)
    }

    /// Puts back what a line of history did to a photo: shows what was removed, removes what was added (PHO-6).
    func undo(_ change: PlaceChange, of id: PlacePhoto.ID) throws {
        let photo = try PlacePhotoStore.photo(id, of: place.id, proceeding.writer)
        switch change.kind {
        case .photoAdded:
            guard var photo, photo.removedAt == nil else {
                throw Problems("", "Cette photo est déjà retirée.")
            }
            photo.removedAt = proceeding.now
            try PlacePhotoStore.update(photo, proceeding.writer)
            try record(photo, .undo, comment: "version \(change.version)")
        case .photoRemoved:
            guard var photo, let removed = photo.removedAt, proceeding.now - removed <= PlacePhoto.remembered else {
                throw Problems("", "Cette photo est déjà remise, ou effacée depuis.")
            }
            try makeRoom()
            photo.removedAt = nil
            photo.rank = nextRank
            try PlacePhotoStore.update(photo, proceeding.writer)
            try record(photo, .undo, comment: "version \(change.version)")
        default:
            throw Problems("", "Ce changement ne s’annule pas\u{202F}: modifiez à nouveau la photo.")
        }
    }
}
