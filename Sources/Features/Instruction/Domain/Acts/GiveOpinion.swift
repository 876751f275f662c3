import Storage

/// Answers an opinion one was asked for; it no longer opens the dossier (INST-18).
public struct GiveOpinion: Act {
    public static let right = "La personne à qui l’avis est demandé, jusqu’à la date donnée."

    public let opinion: Opinion.ID
    public let position: Opinion.Position?
    public let answer: String
    public let head: LetterHead

    public init(opinion: Opinion.ID, position: Opinion.Position?, answer: String, head: LetterHead) {
        self.opinion = opinion
        self.position = position
        self.answer = answer
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try OpinionDossier.asked(proceeding.principal, opinion, at: proceeding.now, proceeding.writer)
    }

    public func perform(_ proceeding: Proceeding) throws -> Opinion {
        var given = try OpinionDossier.asked(proceeding.principal, opinion, at: proceeding.now, proceeding.writer)
        var problems = Problems()
        let words = CallText.long(answer, "avis", limit: 20_000, &problems)
        if position == nil { problems.add("position", "Choisissez votre position.") }
        if words.isEmpty, position != Opinion.Position.none { problems.add("avis", "Écrivez votre avis.") }
        try problems.throwIfAny()
        given.state = .given
        given.account = proceeding.principal.account
        given.position = position
        given.answer = words
        given.answeredAt = proceeding.now
        given.closedAt = proceeding.now
        let dossier = try OpinionClosing.close(given, .opinionGiven, proceeding)
        if let address = try OpinionClosing.asker(given, dossier, proceeding) {
            proceeding.send(head.opinionGiven(address, dossier))
        }
        return given
    }
}
