/// Takes back what was decided of a disappearance: the place waits again, and opens again if the decision had closed it.
public struct UndoDisappearanceDecision: Act {
    public static let right = SettleDisappearance.right

    public let decision: DisappearanceDecision.ID

    public init(decision: DisappearanceDecision.ID) {
        self.decision = decision
    }

    public func authorize(_ proceeding: Proceeding) throws {
        // Decisions are known to the coordination only.
        guard PlaceRights.mayModerate(proceeding.principal) else { throw Missing() }
    }

    public func perform(_ proceeding: Proceeding) throws {
        guard let decision = try DisappearanceStore.decision(decision, proceeding.writer) else { throw Missing() }
        guard !decision.isUndone else {
            throw Problems("decision", "La décision sur «\u{A0}\(decision.name)\u{A0}» est déjà annulée.")
        }
        guard decision.choice != .asked else { throw Problems("decision", "Un courriel parti ne se reprend pas.") }
        if let change = decision.change { try reopen(decision, change, proceeding) }
        try DisappearanceStore.markUndone(
            decision.id, by: proceeding.principal.account, at: proceeding.now, proceeding.writer)
        proceeding.about(decision.place)
        proceeding.note("source", decision.source)
        proceeding.note("choice", decision.choice.rawValue)
    }

    private func reopen(
        _ decision: DisappearanceDecision, _ change: PlaceChange.ID, _ proceeding: Proceeding
    ) throws {
        let editing = PlaceEditing(proceeding: proceeding)
        let old = try editing.visible(decision.place).place
        guard let closing = try PlaceHistory.change(change, of: decision.place, proceeding.writer) else {
            throw Missing()
        }
        var new = old
        for field in closing.fields {
            guard old.sheet[field.field] == field.after else {
                throw Problems(
                    "decision",
                    "L’étape de «\u{A0}\(decision.name)\u{A0}» a changé depuis\u{202F}: corrigez-la sur sa fiche.")
            }
            new.sheet[field.field] = field.before
        }
        try SheetRules.problems(new.sheet).throwIfAny()
        try editing.write(new, replacing: old, kind: .undo, comment: "version \(closing.version)")
    }
}
