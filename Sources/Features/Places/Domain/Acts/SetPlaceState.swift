/// Publishes a proposed sheet, or takes a published one back. The page of an unpublished place is seen by its team only.
public struct SetPlaceState: Act {
    public static let right = "La coordination."

    public let place: Place.ID
    public let isPublished: Bool
    public let reason: String

    public init(place: Place.ID, isPublished: Bool, reason: String = "") {
        self.place = place
        self.isPublished = isPublished
        self.reason = reason
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try PlaceEditing(proceeding: proceeding).visible(place)
        guard PlaceRights.mayModerate(proceeding.principal) else {
            throw Denied("La publication revient à la coordination.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws {
        let editing = PlaceEditing(proceeding: proceeding)
        let old = try editing.visible(place).place
        guard old.state != .merged else { throw Problems("", "Cette fiche a été réunie à une autre.") }
        if !isPublished, TextForm.oneLine(reason).isEmpty {
            throw Problems("motif", "Dites pourquoi la fiche est retirée.")
        }
        var new = old
        new.state = isPublished ? .published : .unpublished
        try editing.write(new, replacing: old, kind: .state, comment: SheetRules.comment(reason))
        proceeding.note("state", new.state.rawValue)
    }
}
