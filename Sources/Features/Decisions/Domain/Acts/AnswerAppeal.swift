import Storage

/// Answers an appeal: the decision stays, with the reason, or another takes its place, both kept. Told at once.
public struct AnswerAppeal: Act {
    public static let right =
        "Une personne de l’équipe de l’appel, ou de la coordination, qui n’a pas enregistré la décision contestée."

    public let appeal: Appeal.ID
    public let answer: String
    /// What is decided instead; nil when the decision stays.
    public let words: RecordDecision.Words?
    public let head: LetterHead
    public let shelf: CandidacyFormShelf

    public init(
        appeal: Appeal.ID, answer: String, words: RecordDecision.Words?, head: LetterHead,
        shelf: CandidacyFormShelf
    ) {
        self.appeal = appeal
        self.answer = answer
        self.words = words
        self.head = head
        self.shelf = shelf
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard let appeal = try AppealStore.any(appeal, proceeding.writer) else { throw Missing() }
        _ = try CandidacyEditing(proceeding: proceeding).decided(appeal.candidacy)
        let isTeam = try CallTeamStore.belongs(proceeding.principal, to: appeal.call, proceeding.writer)
        guard let contested = try DecisionStore.any(appeal.decision, proceeding.writer),
            DecisionRights.mayAnswer(proceeding.principal, isTeam: isTeam, contested: contested)
        else {
            throw Denied("Vous avez enregistré la décision contestée\u{202F}: une autre personne répond au recours.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws -> Appeal {
        let editing = DecisionEditing(proceeding: proceeding)
        guard var appeal = try AppealStore.any(appeal, proceeding.writer),
            let contested = try DecisionStore.any(appeal.decision, proceeding.writer)
        else { throw Missing() }
        let (candidacy, call, _) = try editing.examined(appeal.candidacy)
        guard appeal.state == .lodged else { throw Problems("", "Ce recours a déjà sa réponse.") }
        var problems = Problems()
        appeal.answer = CallText.long(answer, "reponse", limit: 10_000, &problems)
        if appeal.answer.isEmpty { problems.add("reponse", "Écrivez la réponse\u{202F}: elle part dans le courrier.") }
        appeal.answeredAt = proceeding.now
        appeal.answeredBy = proceeding.principal.account
        appeal.state = words == nil ? .rejected : .granted
        let clean = words?.canonical(&problems, today: DecisionBoard.today(proceeding.now))
        if clean?.outcome == .waiting {
            problems.add(
                "decision", "Un recours accueilli ne mène pas à la liste d’attente\u{202F}: retenez le dossier, ou non."
            )
        }
        try problems.throwIfAny()
        if let clean {
            guard candidacy.state.isExamined else { throw Problems("", "Ce dossier a été retiré depuis.") }
            guard contested.supersededAt == nil else {
                throw Problems("", "La décision contestée a déjà été remplacée.")
            }
            let next = contested.followed(
                by: proceeding.newIdentifier(), .appeal, clean, at: proceeding.now, by: proceeding.principal.account)
            appeal.newDecision = try editing.supersede(contested, by: next, candidacy, call, head: head, shelf: shelf)
                .id
        } else if let address = try CandidacyEditing(proceeding: proceeding).holderAddress(of: candidacy) {
            proceeding.send(head.appealRejected(address, appeal.answer, candidacy, call))
        }
        guard try AppealStore.answer(appeal, proceeding.writer) else { throw Conflict(current: contested.version) }
        proceeding.about(candidacy.id)
        proceeding.note("appeal", appeal.id.text)
        proceeding.note("state", appeal.state.rawValue)
        return appeal
    }
}
