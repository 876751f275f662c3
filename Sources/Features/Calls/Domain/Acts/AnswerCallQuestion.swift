/// Answers a question for everybody, or sets it aside. The question may be reworded so that it serves all; an answer may be put
/// right later, its date then being that of the correction.
public struct AnswerCallQuestion: Act {
    public static let right = "L’équipe de l’appel et la coordination."

    public let question: CallQuestion.ID
    /// The question as it will be shown; empty to keep the words of the one who asked.
    public let wording: String
    /// Empty to set the question aside.
    public let answer: String
    public let head: LetterHead

    public init(question: CallQuestion.ID, wording: String = "", answer: String, head: LetterHead) {
        self.question = question
        self.wording = wording
        self.answer = answer
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard let asked = try CallQuestionStore.any(question, proceeding.writer) else { throw Missing() }
        let (_, isTeam) = try CallEditing(proceeding: proceeding).visible(asked.call)
        guard CallRights.mayEdit(proceeding.principal, isTeam: isTeam) else {
            // A question that is not public is not known either.
            if asked.state != .published { throw Missing() }
            throw Denied("Répondre revient à l’équipe de l’appel ou à la coordination.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws -> Call.ID {
        guard let asked = try CallQuestionStore.any(question, proceeding.writer),
            let call = try CallStore.any(asked.call, proceeding.writer)
        else { throw Missing() }
        var problems = Problems()
        let words = CallText.long(wording, "question", limit: 1_500, &problems)
        let text = CallText.long(answer, "reponse", limit: 10_000, &problems)
        try problems.throwIfAny()
        let settled = CallQuestion(
            id: asked.id, call: asked.call, question: words.isEmpty ? asked.question : words, askedAt: asked.askedAt,
            answer: text, answeredAt: proceeding.now, state: text.isEmpty ? .dismissed : .published)
        try CallQuestionStore.settle(settled, by: proceeding.principal.account, proceeding.writer)
        proceeding.about(call.id)
        proceeding.note("question", asked.id.text)
        proceeding.note("state", settled.state.rawValue)
        if asked.state == .asked, settled.state == .published,
            let asker = try CallQuestionStore.asker(asked.id, proceeding.writer),
            let email = try AccountStore.account(asker, proceeding.writer)?.email
        {
            proceeding.send(head.callQuestionAnswered(email.text, call, settled))
        }
        return call.id
    }
}
