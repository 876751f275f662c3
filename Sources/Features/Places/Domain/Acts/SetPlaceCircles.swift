/// Says to which circles a place belongs from now on, the main one first. What was before is kept with its dates.
public struct SetPlaceCircles: Act {
    public static let right = "La personne responsable du lieu, la coordination."

    public let place: Place.ID
    public let circles: [Circle.ID]

    public init(place: Place.ID, circles: [Circle.ID]) {
        self.place = place
        self.circles = circles
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try PlaceEditing(proceeding: proceeding).managed(place)
    }

    public func perform(_ proceeding: Proceeding) throws {
        let present = try PlaceStore.circles(of: place, proceeding.writer)
        let wanted = circles.map(\.number)
        guard Set(wanted).count == wanted.count else { throw Problems("cercles", "Un cercle est nommé deux fois.") }
        for circle in circles where try !CircleStore.exists(circle, proceeding.writer) {
            throw Problems("cercles", "Ce cercle n’existe pas.")
        }
        if present == wanted { return }
        for circle in present where !wanted.contains(circle) {
            try PlaceCircleStore.leave(place, circle, at: proceeding.now, proceeding.writer)
        }
        for (rank, circle) in wanted.enumerated() {
            if present.contains(circle) {
                try PlaceCircleStore.setMain(place, circle, isMain: rank == 0, proceeding.writer)
            } else {
                try PlaceCircleStore.join(place, circle, isMain: rank == 0, at: proceeding.now, proceeding.writer)
            }
        }
        proceeding.about(place)
        proceeding.note("circles", circles.map(\.text).joined(separator: " "))
    }
}
