import Storage

/// Contests a decision that was notified: the candidate online, or a person of the call for what came by post or e-mail.
public struct LodgeAppeal: Act {
    public static let right =
        "La personne qui porte la candidature, dans les deux mois ; une personne de l’équipe de l’appel, pour ce qui arrive autrement."

    public let candidacy: Candidacy.ID
    public let channel: Receipt.Channel
    public let grounds: String
    /// When it was received; now when it is online.
    public let receivedAt: Instant?
    public let head: LetterHead

    public init(
        candidacy: Candidacy.ID, channel: Receipt.Channel = .online, grounds: String, receivedAt: Instant? = nil,
        head: LetterHead
    ) {
        self.candidacy = candidacy
        self.channel = channel
        self.grounds = grounds
        self.receivedAt = receivedAt
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws { _ = try found(proceeding) }

    private func found(_ proceeding: Proceeding) throws -> Candidacy {
        let editing = CandidacyEditing(proceeding: proceeding)
        return channel == .online ? try editing.led(candidacy) : try editing.decided(candidacy).candidacy
    }

    public func perform(_ proceeding: Proceeding) throws -> Appeal {
        let candidacy = try found(proceeding)
        guard let decision = try DecisionStore.current(of: candidacy.id, proceeding.writer), decision.isNotified,
            let limit = decision.appealableUntil
        else {
            // To a candidate, what is not notified does not exist.
            throw Problems("", "Aucune décision notifiée n’est à contester.")
        }
        var problems = Problems()
        let words = CallText.long(grounds, "motifs", limit: 20_000, &problems)
        if words.isEmpty { problems.add("motifs", "Écrivez pourquoi vous contestez la décision.") }
        let at = channel == .online ? proceeding.now : receivedAt ?? proceeding.now
        if at > proceeding.now { problems.add("recu", "Un recours ne peut pas être reçu demain.") }
        if let told = decision.notifiedAt, at < told {
            problems.add("recu", "Un recours ne peut pas précéder la notification.")
        }
        try problems.throwIfAny()
        guard at < limit else {
            throw Problems("", "Le délai de deux mois est passé\u{202F}: la décision ne se conteste plus ici.")
        }
        let appeal = Appeal(
            id: proceeding.newIdentifier(), decision: decision.id, candidacy: candidacy.id, call: candidacy.call,
            channel: channel, lodgedAt: at, lodgedBy: proceeding.principal.account, grounds: words, state: .lodged,
            answer: "",
            answeredAt: nil, answeredBy: nil, newDecision: nil)
        guard try AppealStore.insert(appeal, proceeding.writer) else {
            throw Problems("", "Un recours porte déjà sur cette décision.")
        }
        proceeding.concerns(candidacy.id)
        proceeding.note("appeal", appeal.id.text)
        let editing = CandidacyEditing(proceeding: proceeding)
        if let address = try editing.holderAddress(of: candidacy) {
            proceeding.send(head.appealLodged(address, candidacy, try editing.call(of: candidacy)))
        }
        return appeal
    }
}
