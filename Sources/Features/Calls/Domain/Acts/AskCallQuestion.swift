import Storage

/// Anybody asks something about a published call. The answer, when it is of use to all, is public.
public struct AskCallQuestion: Act {
    public static let right = "Toute personne qui voit l’appel."

    public let call: Call.ID
    public let question: String
    public let from: NetworkOrigin?

    public init(call: Call.ID, question: String, from: NetworkOrigin? = nil) {
        self.call = call
        self.question = question
        self.from = from
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try CallEditing(proceeding: proceeding).visible(call)
    }

    public func perform(_ proceeding: Proceeding) throws -> CallQuestion.ID {
        let call = try CallEditing(proceeding: proceeding).visible(call).call
        var problems = Problems()
        let text = CallText.long(question, "question", limit: 1_500, &problems)
        if text.isEmpty { problems.add("question", "Écrivez votre question.") }
        if call.state != .published || call.phase(at: proceeding.now) == .closed {
            problems.add("", "Cet appel n’est plus ouvert aux questions.")
        }
        let limits = call.settings.calendar.milestones.filter { $0.kind == .questions }.compactMap(\.startsAt)
        if let limit = limits.max(), proceeding.now >= limit {
            problems.add("", "Les questions étaient reçues jusqu’au \(CallWords.moment(limit)).")
        }
        try problems.throwIfAny()
        try Throttle.take(tolls(proceeding), at: proceeding.now, proceeding.writer)
        let asked = CallQuestion(
            id: proceeding.newIdentifier(), call: call.id, question: text, askedAt: proceeding.now, answer: "",
            answeredAt: nil, state: .asked)
        try CallQuestionStore.insert(asked, by: proceeding.principal.account, proceeding.writer)
        proceeding.about(call.id)
        proceeding.note("question", asked.id.text)
        return asked.id
    }

    private func tolls(_ proceeding: Proceeding) -> [Throttle.Toll] {
        let limit = Throttle.Limit(10, per: .hours(1))
        if let account = proceeding.principal.account {
            return [Throttle.Toll("call question by account", Array(account.text.utf8), limit)]
        }
        return from.map { [Throttle.Toll("call question by network", $0.network, limit)] } ?? []
    }
}
