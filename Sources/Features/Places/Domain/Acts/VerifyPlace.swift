/// Says that the sheet is still true, in one press. The next reminder comes in twelve months.
public struct VerifyPlace: Act {
    public static let right = "L’équipe du lieu, la coordination."

    public let place: Place.ID

    public init(place: Place.ID) {
        self.place = place
    }

    public func authorize(_ proceeding: Proceeding) throws {
        if PlaceRights.belongs(proceeding.principal, to: place) || PlaceRights.mayModerate(proceeding.principal) {
            return
        }
        _ = try PlaceEditing(proceeding: proceeding).visible(place)
        throw Denied()
    }

    public func perform(_ proceeding: Proceeding) throws {
        let editing = PlaceEditing(proceeding: proceeding)
        let old = try editing.visible(place).place
        var new = old
        new.verifiedAt = proceeding.now
        try editing.write(new, replacing: old, kind: .state, comment: "vérifiée")
    }
}
