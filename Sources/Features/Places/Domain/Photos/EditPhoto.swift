/// Changes what is said of a photo: its text, its author, its licence.
public struct EditPhoto: Act {
    public static let right = EditPlace.right

    public let place: Place.ID
    public let photo: PlacePhoto.ID
    public let words: PlacePhoto.Words

    public init(place: Place.ID, photo: PlacePhoto.ID, words: PlacePhoto.Words) {
        self.place = place
        self.photo = photo
        self.words = words
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try PhotoEditing(proceeding, place).photo(photo)
    }

    public func perform(_ proceeding: Proceeding) throws {
        let editing = try PhotoEditing(proceeding, place)
        var edited = try editing.photo(photo)
        let words = try PhotoRules.words(
            alternative: words.alternative, credit: words.credit, licence: words.licence.rawValue)
        guard words != edited.words else { return }
        edited.words = words
        try PlacePhotoStore.update(edited, proceeding.writer)
        try editing.record(edited, .photoEdited, comment: words.alternative)
    }
}
