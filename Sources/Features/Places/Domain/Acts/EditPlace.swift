/// Changes fields of a place's sheet. `version` is the one the person was looking at: if somebody changed one of the same fields
/// since, nothing is written and both texts are shown (`Conflict`).
public struct EditPlace: Act {
    public static let right =
        "L’équipe du lieu, l’animation de son cercle, la coordination ; tout compte si la fiche est ouverte à l’édition."

    public let place: Place.ID
    public let version: Int
    /// The fields changed, nil to empty one. Fields not named are left alone.
    public let values: [SheetField: SheetValue?]
    public let comment: String

    public init(place: Place.ID, version: Int, values: [SheetField: SheetValue?], comment: String = "") {
        self.place = place
        self.version = version
        self.values = values
        self.comment = comment
    }

    public func authorize(_ proceeding: Proceeding) throws {
        let place = try PlaceEditing(proceeding: proceeding).editable(place)
        let sharing: Set<SheetField> = [.openData, .openEdition, .privateFields]
        guard
            PlaceRights.belongs(proceeding.principal, to: place.id) || PlaceRights.mayModerate(proceeding.principal)
                || sharing.isDisjoint(with: values.keys)
        else { throw Denied("Seule l’équipe du lieu décide du partage de sa fiche.") }
    }

    public func perform(_ proceeding: Proceeding) throws -> Place {
        let editing = PlaceEditing(proceeding: proceeding)
        let old = try editing.editable(place)
        if old.version != version {
            let since = try PlaceHistory.changes(of: place, proceeding.writer).filter { $0.version > version }
            let touched = Set(since.flatMap { $0.fields.map(\.field) })
            guard touched.isDisjoint(with: values.keys) else { throw Conflict(current: old.version) }
        }
        var problems = Problems()
        var new = old
        new.sheet = try editing.sheet(old.sheet, with: values, problems: &problems)
        try problems.throwIfAny()
        new.verifiedAt = proceeding.now
        try editing.write(new, replacing: old, kind: .edit, comment: SheetRules.comment(comment))
        return try PlaceStore.any(place, proceeding.writer) ?? new
    }
}

extension SheetRules {
    /// A short remark beside a change.
    static func comment(_ text: String) -> String {
        String(TextForm.oneLine(text).prefix(500))
    }
}
