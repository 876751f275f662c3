import Storage

/// Closes what was said beside a question. It can still be read; a new remark opens the thread again.
public struct ResolveCandidacyRemarks: Act {
    public static let right = "La personne qui porte la candidature, et celles qu’elle invite à écrire."

    public let candidacy: Candidacy.ID
    public let question: String

    public init(candidacy: Candidacy.ID, question: String) {
        self.candidacy = candidacy
        self.question = question
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try CandidacyEditing(proceeding: proceeding).remarked(candidacy)
    }

    public func perform(_ proceeding: Proceeding) throws {
        let candidacy = try CandidacyEditing(proceeding: proceeding).remarked(candidacy)
        guard let account = proceeding.principal.account else { throw Missing() }
        let closed = try CandidacyRemarkStore.resolve(
            question, of: candidacy.id, by: account, at: proceeding.now, proceeding.writer)
        proceeding.concerns(candidacy.id)
        proceeding.note("closed", String(closed))
    }
}
