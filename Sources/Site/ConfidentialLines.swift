import Maillage

/// The lines of the journal that no reader of it may read: who prepares a candidacy, when, and how many there are (CAND-2).
enum ConfidentialLines {
    private static let kind = Proceeding.Subject(Candidacy.ID(0)).kind
    /// Of no candidacy in particular, and counting them.
    private static let verbs: Set<String> = [
        RemindCandidates.verb, MailCandidacyRemarks.verb, OpenInstructions.verb, TendInstructionDeadlines.verb,
    ]

    static func holds(_ line: Journal.Line) -> Bool {
        line.subjectKind == kind || verbs.contains(line.verb)
    }
}
