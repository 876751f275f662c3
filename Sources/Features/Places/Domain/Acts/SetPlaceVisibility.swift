/// Decides who may know of a place: its team only, its circle, the funders, everybody.
public struct SetPlaceVisibility: Act {
    public static let right = "La personne responsable du lieu, la coordination."

    public let place: Place.ID
    public let visibility: Place.Visibility

    public init(place: Place.ID, visibility: Place.Visibility) {
        self.place = place
        self.visibility = visibility
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try PlaceEditing(proceeding: proceeding).managed(place)
    }

    public func perform(_ proceeding: Proceeding) throws {
        let editing = PlaceEditing(proceeding: proceeding)
        let old = try editing.managed(place)
        var new = old
        new.visibility = visibility
        try editing.write(new, replacing: old, kind: .state, comment: visibility.rawValue)
        proceeding.note("visibility", visibility.rawValue)
    }
}
