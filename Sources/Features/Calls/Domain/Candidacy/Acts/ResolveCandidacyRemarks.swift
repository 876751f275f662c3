import Storage

/// Closes what was said beside a question. It can still be read; a new remark opens the thread again.
public struct ResolveCandidacyRemarks: Act {
    public static let right = AddCandidacyRemark.right

    public let candidacy: Candidacy.ID
    /// The partner whose part asks the question; nil for a question of the lead's.
    public let part: CandidacyPartner.ID?
    public let question: String

    public init(candidacy: Candidacy.ID, part: CandidacyPartner.ID? = nil, question: String) {
        self.candidacy = candidacy
        self.part = part
        self.question = question
    }

    public func authorize(_ proceeding: Proceeding) throws {
        try SideEditing(proceeding, candidacy, part: part).requireSpeaker()
    }

    public func perform(_ proceeding: Proceeding) throws {
        let side = try SideEditing(proceeding, candidacy, part: part)
        guard let account = proceeding.principal.account else { throw Missing() }
        try side.requirePresent()
        let closed = try CandidacyRemarkStore.resolve(
            question, of: candidacy, part: part, by: account, at: proceeding.now, proceeding.writer)
        side.note()
        proceeding.note("closed", String(closed))
    }
}
