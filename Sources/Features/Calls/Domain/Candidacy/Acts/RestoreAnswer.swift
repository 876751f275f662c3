import Forms
import Storage

/// Puts back what a question held before a save, of the lead's side or of a partner's part. It is a save like another: it can be undone in
/// its turn (CAND-22), and it ends the commitment of the partner whose part it changes (CAND-31).
public struct RestoreAnswer: Act {
    public static let right =
        "La personne qui porte la candidature, et celles qu’elle invite à écrire, dans leurs sections\u{202F}; les personnes d’un "
        + "partenaire, dans sa part."

    public let candidacy: Candidacy.ID
    /// The partner whose part asks the question; nil for a question of the lead's.
    public let part: CandidacyPartner.ID?
    public let question: String
    /// The save whose effect on the question is taken back: the version it made.
    public let version: Int
    public let shelf: CandidacyFormShelf

    public struct Outcome: Sendable {
        /// The version that stands, and its answers.
        public let version: Int
        public let answers: Answers
        /// The partner was committed, and is to commit itself again.
        public let endsCommitment: Bool
    }

    public init(
        candidacy: Candidacy.ID, part: CandidacyPartner.ID? = nil, question: String, version: Int,
        shelf: CandidacyFormShelf
    ) {
        self.candidacy = candidacy
        self.part = part
        self.question = question
        self.version = version
        self.shelf = shelf
    }

    public func authorize(_ proceeding: Proceeding) throws {
        let side = try SideEditing(proceeding, candidacy, part: part)
        try side.requireWriter(of: try side.section(of: question, shelf).key)
    }

    public func perform(_ proceeding: Proceeding) throws -> Outcome {
        let side = try SideEditing(proceeding, candidacy, part: part)
        try side.requireEditable()
        let section = try side.section(of: question, shelf).key
        guard let save = try side.save(at: version, of: question) else { throw Missing() }
        for answer in [side.answers[question], save.former[question]] {
            // A document is kept by the safe, not by the answers: it is attached again.
            if case .files = answer {
                throw Problems("", "Un document se joint à nouveau, il ne se rétablit pas.")
            }
        }
        var answers = side.answers
        answers[question] = save.former[question]
        guard answers[question] != side.answers[question] else {
            side.note()
            return Outcome(
                version: side.partner?.version ?? side.candidacy.version, answers: answers, endsCommitment: false)
        }
        let saved = try side.save(answers, section: section, keys: [question])
        return Outcome(
            version: saved.partner?.version ?? saved.candidacy.version, answers: answers,
            endsCommitment: side.partner?.state == .committed)
    }
}
