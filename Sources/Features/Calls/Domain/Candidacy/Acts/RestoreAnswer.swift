import Forms
import Storage

/// Puts back what a question held before a save. It is a save like another: it can be undone in its turn (CAND-22).
public struct RestoreAnswer: Act {
    public static let right =
        "La personne qui porte la candidature, et celles qu’elle invite à écrire, dans leurs sections."

    public let candidacy: Candidacy.ID
    public let question: String
    /// The save whose effect on the question is taken back: the version it made.
    public let version: Int
    public let shelf: CandidacyFormShelf

    public init(candidacy: Candidacy.ID, question: String, version: Int, shelf: CandidacyFormShelf) {
        self.candidacy = candidacy
        self.question = question
        self.version = version
        self.shelf = shelf
    }

    public func authorize(_ proceeding: Proceeding) throws {
        let (candidacy, member) = try CandidacyEditing(proceeding: proceeding).found(candidacy)
        let section = try section(of: candidacy, proceeding.writer)
        guard CandidacyRights.mayWrite(proceeding.principal, candidacy, member: member, section: section) else {
            throw Denied("Cette section se remplit par d’autres personnes\u{202F}: vous pouvez la lire.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws -> Candidacy {
        let editing = CandidacyEditing(proceeding: proceeding)
        let (former, _) = try editing.found(candidacy)
        try editing.requireEditable(former, try editing.call(of: former))
        let section = try section(of: former, proceeding.writer)
        // A document is kept by the safe, not by the answers: it is attached again.
        if case .files = former.answers[question] {
            throw Problems("", "Un document se joint à nouveau, il ne se rétablit pas.")
        }
        let save = try CandidacySaveStore.saves(of: former.id, after: version - 1, proceeding.writer)
            .last { $0.version == version && $0.keys.contains(question) }
        guard let save else { throw Missing() }
        if case .files = save.former[question] {
            throw Problems("", "Un document se joint à nouveau, il ne se rétablit pas.")
        }
        var restored = former
        restored.answers[question] = save.former[question]
        guard restored.answers[question] != former.answers[question] else {
            proceeding.concerns(former.id)
            return former
        }
        return try editing.save(restored, replacing: former, section: section, keys: [question])
    }

    private func section(of candidacy: Candidacy, _ reader: Reader) throws -> String {
        guard let form = try CallFormStore.form(candidacy.form, reader),
            let section = try shelf.compiled(form).form.sections.first(where: { section in
                section.questions.contains { $0.key == question }
            })
        else { throw Missing() }
        return section.key
    }
}
