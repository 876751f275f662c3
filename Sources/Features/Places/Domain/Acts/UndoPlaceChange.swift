/// Puts back what one change replaced, as a new change: history is never rewritten.
public struct UndoPlaceChange: Act {
    public static let right = EditPlace.right

    public let place: Place.ID
    public let change: PlaceChange.ID

    public init(place: Place.ID, change: PlaceChange.ID) {
        self.place = place
        self.change = change
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try PlaceEditing(proceeding: proceeding).editable(place)
    }

    public func perform(_ proceeding: Proceeding) throws -> Place {
        let editing = PlaceEditing(proceeding: proceeding)
        let old = try editing.editable(place)
        guard let undone = try PlaceHistory.change(change, of: place, proceeding.writer) else { throw Missing() }
        if let photo = undone.photo {
            try PhotoEditing(proceeding, place).undo(undone, of: photo)
            return try PlaceStore.any(place, proceeding.writer) ?? old
        }
        guard !undone.fields.isEmpty else {
            throw Problems("", "Ce changement ne touche aucun champ\u{202F}: il n’y a rien à remettre.")
        }
        var new = old
        for field in undone.fields {
            guard old.sheet[field.field] == field.after else {
                throw Problems(
                    field.field.rawValue,
                    "« \(field.field.label) » a changé depuis\u{202F}: annulez d’abord le changement plus récent.")
            }
            new.sheet[field.field] = field.before
        }
        try SheetRules.problems(new.sheet).throwIfAny()
        try editing.write(new, replacing: old, kind: .undo, comment: "version \(undone.version)")
        return try PlaceStore.any(place, proceeding.writer) ?? new
    }
}
