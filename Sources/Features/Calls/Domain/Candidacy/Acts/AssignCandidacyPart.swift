import Forms
import Storage

/// Says who is to write a section or a question; nobody in particular when `account` is nil (CAND-21).
public struct AssignCandidacyPart: Act {
    public static let right = "La personne qui porte la candidature."

    public let candidacy: Candidacy.ID
    public let section: String
    /// Empty for the whole section.
    public let question: String
    public let account: Account.ID?
    public let shelf: CandidacyFormShelf

    public init(
        candidacy: Candidacy.ID, section: String, question: String = "", account: Account.ID?, shelf: CandidacyFormShelf
    ) {
        self.candidacy = candidacy
        self.section = section
        self.question = question
        self.account = account
        self.shelf = shelf
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try CandidacyEditing(proceeding: proceeding).led(candidacy)
    }

    public func perform(_ proceeding: Proceeding) throws {
        let candidacy = try CandidacyEditing(proceeding: proceeding).led(candidacy)
        guard let form = try CallFormStore.form(candidacy.form, proceeding.writer),
            let part = try shelf.compiled(form).form.sections.first(where: { $0.key == section }),
            question.isEmpty || part.questions.contains(where: { $0.key == question })
        else { throw Missing() }
        if let account {
            let writers = try CandidacyWriters.of(candidacy, proceeding.writer)
            guard writers.writers(of: section).contains(account) else {
                throw Problems(
                    "", "Cette personne n’écrit pas la section «\u{A0}\(part.title)\u{A0}»\u{202F}: invitez-la d’abord."
                )
            }
        }
        try CandidacyAssignmentStore.set(
            account, for: question, in: section, of: candidacy.id, at: proceeding.now, proceeding.writer)
        proceeding.concerns(candidacy.id)
        proceeding.note("part", question.isEmpty ? section : "\(section).\(question)")
    }
}
