import Storage

/// Reunites two sheets of one place: what the kept one lacks is taken from the other, whose address then leads to the kept one.
public struct MergePlaces: Act {
    public static let right = "La coordination."

    public let kept: Place.ID
    public let merged: Place.ID

    public init(kept: Place.ID, merged: Place.ID) {
        self.kept = kept
        self.merged = merged
    }

    public func authorize(_ proceeding: Proceeding) throws {
        let editing = PlaceEditing(proceeding: proceeding)
        _ = try editing.visible(kept)
        _ = try editing.visible(merged)
        guard PlaceRights.mayModerate(proceeding.principal) else {
            throw Denied("La fusion revient à la coordination.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws {
        guard kept != merged else { throw Problems("lieu", "Choisissez deux fiches différentes.") }
        let editing = PlaceEditing(proceeding: proceeding)
        let oldKept = try editing.visible(kept).place
        let oldMerged = try editing.visible(merged).place
        guard oldKept.state != .merged, oldMerged.state != .merged else {
            throw Problems("lieu", "Une de ces fiches a déjà été réunie à une autre.")
        }
        var newKept = oldKept
        for (field, value) in oldMerged.sheet.values where newKept.sheet[field] == nil && field != .privateFields {
            newKept.sheet[field] = value
        }
        newKept.sheet[.privateFields] = .codes(
            SheetField.allCases.filter {
                oldKept.sheet.privateFields.contains($0) || oldMerged.sheet.privateFields.contains($0)
            }.map(\.rawValue))
        var newMerged = oldMerged
        newMerged.state = .merged
        newMerged.mergedInto = kept
        try editing.write(newMerged, replacing: oldMerged, kind: .merge, comment: kept.text)
        try editing.write(newKept, replacing: oldKept, kind: .merge, comment: merged.text)
        try movePhotos(from: oldMerged, to: oldKept, proceeding)
        try ImportKeyStore.move(from: merged, to: kept, proceeding.writer)
        proceeding.changed(merged)
        proceeding.about(kept)
        proceeding.note("merged", merged.text)
    }

    /// The kept sheet takes the other's photos as far as it has room, unless it would show them to more people.
    private func movePhotos(from other: Place, to place: Place, _ proceeding: Proceeding) throws {
        guard other.visibility == .everyone || other.visibility == place.visibility else { return }
        let shown = try PlacePhotoStore.photos(of: place.id, proceeding.writer)
        let more = try PlacePhotoStore.photos(of: other.id, proceeding.writer)
            .prefix(max(0, PlacePhoto.most - shown.count))
        let rank = (shown.map(\.rank).max() ?? 0) + 1
        try PlacePhotoStore.move(Array(more), to: place.id, from: rank, proceeding.writer)
    }
}
