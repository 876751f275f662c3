import Storage

/// Shows one more photo of a place, whose files are in the vault already.
public struct AddPhoto: Act {
    public static let right = EditPlace.right

    public let place: Place.ID
    public let words: PlacePhoto.Words
    public let sizes: [PlacePhoto.Size]

    /// `words` come from `PhotoRules`, `sizes` from `PhotoWorkshop`.
    public init(place: Place.ID, words: PlacePhoto.Words, sizes: [PlacePhoto.Size]) {
        self.place = place
        self.words = words
        self.sizes = sizes
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try PlaceEditing(proceeding: proceeding).editable(place)
    }

    public func perform(_ proceeding: Proceeding) throws -> PlacePhoto {
        let editing = try PhotoEditing(proceeding, place)
        try editing.makeRoom()
        guard !sizes.isEmpty else { throw Problems("photo", "Choisissez une photo.") }
        let words = try PhotoRules.words(
            alternative: words.alternative, credit: words.credit, licence: words.licence.rawValue)
        if let account = proceeding.principal.account {
            try Throttle.take(
                [Throttle.Toll("photo by account", Array(account.text.utf8), PlacePhoto.allowance)],
                at: proceeding.now, proceeding.writer)
        }
        let photo = PlacePhoto(
            id: proceeding.newIdentifier(), place: place, rank: editing.nextRank, words: words,
            sizes: sizes.sorted { $0.width < $1.width }, addedAt: proceeding.now,
            addedBy: proceeding.principal.account, removedAt: nil)
        try PlacePhotoStore.insert(photo, proceeding.writer)
        try editing.record(photo, .photoAdded, comment: words.alternative)
        return photo
    }
}
