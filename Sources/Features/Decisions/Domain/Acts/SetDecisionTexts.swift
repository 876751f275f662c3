import Storage

/// Writes the texts of a call's decision letters, with the routes of appeal and who signs.
public struct SetDecisionTexts: Act {
    public static let right = "Une personne de l’équipe de l’appel, ou de la coordination."

    public let texts: DecisionTexts

    /// - Parameter texts: at the version that was shown; 0 before the first.
    public init(texts: DecisionTexts) {
        self.texts = texts
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try DecisionEditing(proceeding: proceeding).call(texts.call)
    }

    public func perform(_ proceeding: Proceeding) throws -> DecisionTexts {
        let former = try DecisionLetterStore.texts(of: texts.call, proceeding.writer)
        guard texts.version == former?.version ?? 0 else { throw Conflict(current: former?.version ?? 0) }
        var problems = Problems()
        var clean = texts
        clean.version += 1
        clean.retained = CallText.long(texts.retained, "retenue", limit: 6_000, &problems)
        clean.waiting = CallText.long(texts.waiting, "attente", limit: 6_000, &problems)
        clean.refused = CallText.long(texts.refused, "refus", limit: 6_000, &problems)
        clean.routes = CallText.long(texts.routes, "recours", limit: 6_000, &problems)
        clean.signatory = CallText.long(texts.signatory, "signataire", limit: 400, &problems)
        for (field, text) in [
            ("retenue", clean.retained), ("attente", clean.waiting), ("refus", clean.refused),
            ("recours", clean.routes),
            ("signataire", clean.signatory),
        ] {
            if text.isEmpty {
                problems.add(
                    field,
                    field == "signataire"
                        ? "Dites qui signe\u{202F}: une décision porte le nom et la qualité de son auteur."
                        : "Écrivez ce texte\u{202F}: il part dans les courriers.")
            }
            guard ["retenue", "attente", "refus"].contains(field) else { continue }
            for mark in DecisionTexts.unknownMarks(in: text) {
                problems.add(field, "«\u{A0}{\(mark)}\u{A0}» n’est pas un repère connu.")
            }
        }
        try problems.throwIfAny()
        guard
            try DecisionLetterStore.write(
                clean, at: proceeding.now, by: proceeding.principal.account, proceeding.writer)
        else { throw Conflict(current: former?.version ?? 0) }
        proceeding.concerns(texts.call)
        proceeding.note("version", String(clean.version))
        return clean
    }
}
