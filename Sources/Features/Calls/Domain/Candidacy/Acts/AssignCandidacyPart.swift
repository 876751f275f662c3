import Forms
import Storage

/// Says who is to write a section or a question, of the lead's side or of a partner's part; nobody in particular when `account` is nil
/// (CAND-21).
public struct AssignCandidacyPart: Act {
    public static let right =
        "La personne qui porte la candidature\u{202F}; dans une part, celle qui engage le partenaire."

    public let candidacy: Candidacy.ID
    /// The partner whose part it is; nil for what the lead answers.
    public let part: CandidacyPartner.ID?
    public let section: String
    /// Empty for the whole section.
    public let question: String
    public let account: Account.ID?
    public let shelf: CandidacyFormShelf

    public init(
        candidacy: Candidacy.ID, part: CandidacyPartner.ID? = nil, section: String, question: String = "",
        account: Account.ID?, shelf: CandidacyFormShelf
    ) {
        self.candidacy = candidacy
        self.part = part
        self.section = section
        self.question = question
        self.account = account
        self.shelf = shelf
    }

    public func authorize(_ proceeding: Proceeding) throws {
        try SideEditing(proceeding, candidacy, part: part).requireLead()
    }

    public func perform(_ proceeding: Proceeding) throws {
        let side = try SideEditing(proceeding, candidacy, part: part)
        guard let asked = try side.form(shelf).sections.first(where: { $0.key == section }),
            question.isEmpty || asked.questions.contains(where: { $0.key == question })
        else { throw Missing() }
        try side.requirePresent()
        if let account {
            let writers = try CandidacyWriters.of(side.candidacy, part: side.partner, proceeding.writer)
            guard writers.writers(of: section).contains(account) else {
                throw Problems(
                    "",
                    "Cette personne n’écrit pas la section «\u{A0}\(asked.title)\u{A0}»\u{202F}: invitez-la d’abord."
                )
            }
        }
        try CandidacyAssignmentStore.set(
            account, for: question, in: section, of: candidacy, part: part, at: proceeding.now, proceeding.writer)
        side.note()
        proceeding.note("part", question.isEmpty ? section : "\(section).\(question)")
    }
}
