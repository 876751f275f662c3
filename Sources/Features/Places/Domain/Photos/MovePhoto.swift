/// Changes the order of a place's photos: one of them goes earlier, later, or first, where it is the cover.
public struct MovePhoto: Act {
    public static let right = EditPlace.right

    public enum Direction: String, Sendable, CaseIterable {
        case first = "premiere"
        case earlier = "avant"
        case later = "apres"
    }

    public let place: Place.ID
    public let photo: PlacePhoto.ID
    public let direction: Direction

    public init(place: Place.ID, photo: PlacePhoto.ID, _ direction: Direction) {
        self.place = place
        self.photo = photo
        self.direction = direction
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try PhotoEditing(proceeding, place).photo(photo)
    }

    /// At the end of the list already, nothing changes.
    public func perform(_ proceeding: Proceeding) throws {
        let editing = try PhotoEditing(proceeding, place)
        let moved = try editing.photo(photo)
        var order = editing.shown
        guard let from = order.firstIndex(where: { $0.id == photo }) else { throw Missing() }
        let to =
            switch direction {
            case .first: 0
            case .earlier: max(from - 1, 0)
            case .later: min(from + 1, order.count - 1)
            }
        guard to != from else { return }
        order.insert(order.remove(at: from), at: to)
        for (index, var photo) in order.enumerated() where photo.rank != index + 1 {
            photo.rank = index + 1
            try PlacePhotoStore.update(photo, proceeding.writer)
        }
        try editing.record(moved, .photoEdited, comment: "rang \(to + 1)")
    }
}
