import Storage

/// Takes back an opinion that was asked: the dossier closes to whom it was asked (INST-18).
public struct WithdrawOpinion: Act {
    public static let right = AssignDossier.right

    public let opinion: Opinion.ID
    public let reason: String
    public let head: LetterHead

    public init(opinion: Opinion.ID, reason: String = "", head: LetterHead) {
        self.opinion = opinion
        self.reason = reason
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard let opinion = try OpinionStore.opinion(opinion, proceeding.writer) else { throw Missing() }
        _ = try InstructionEditing(proceeding: proceeding).found(opinion.candidacy)
    }

    public func perform(_ proceeding: Proceeding) throws {
        guard var withdrawn = try OpinionStore.opinion(opinion, proceeding.writer) else { throw Missing() }
        guard withdrawn.state == .asked else { throw Problems("", "Cet avis n’est plus attendu.") }
        var problems = Problems()
        withdrawn.reason = CallText.line(reason, "raison", limit: 1_000, &problems)
        try problems.throwIfAny()
        withdrawn.state = .withdrawn
        withdrawn.closedAt = proceeding.now
        let dossier = try OpinionClosing.close(withdrawn, .opinionWithdrawn, proceeding)
        if !withdrawn.email.isEmpty { proceeding.send(head.opinionWithdrawn(withdrawn.email, dossier)) }
    }
}
