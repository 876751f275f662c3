/// Stops showing a photo. It can be put back from the history for a month; its files are then erased.
public struct RemovePhoto: Act {
    public static let right = EditPlace.right

    public let place: Place.ID
    public let photo: PlacePhoto.ID

    public init(place: Place.ID, photo: PlacePhoto.ID) {
        self.place = place
        self.photo = photo
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try PhotoEditing(proceeding, place).photo(photo)
    }

    public func perform(_ proceeding: Proceeding) throws {
        let editing = try PhotoEditing(proceeding, place)
        var removed = try editing.photo(photo)
        removed.removedAt = proceeding.now
        try PlacePhotoStore.update(removed, proceeding.writer)
        try editing.record(removed, .photoRemoved, comment: removed.words.alternative)
    }
}
