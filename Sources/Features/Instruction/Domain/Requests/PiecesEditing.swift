import Forms
import Storage

/// What the acts on a request share: the request, its candidacy, the dossier it reopens, and what the one who acts may do with it.
struct PiecesEditing {
    let request: PiecesRequest
    let instruction: Instruction
    let candidacy: Candidacy
    let call: Call
    /// The dossier as it stands, with what the request holds in place of its questions.
    let state: FormState

    /// For the candidate's side: the request of a candidacy that the one who acts leads or writes; `Missing` otherwise (INST-14).
    init(_ proceeding: Proceeding, _ id: PiecesRequest.ID, _ shelf: CandidacyFormShelf) throws {
        guard let request = try PiecesRequestStore.request(id, proceeding.writer) else { throw Missing() }
        _ = try CandidacyEditing(proceeding: proceeding).remarked(request.candidacy)
        guard let read = try PiecesEditing.read(request, shelf, proceeding.writer) else { throw Missing() }
        self = read
    }

    private init(
        request: PiecesRequest, instruction: Instruction, candidacy: Candidacy, call: Call, state: FormState
    ) {
        self.request = request
        self.instruction = instruction
        self.candidacy = candidacy
        self.call = call
        self.state = state
    }

    /// Nil for what came on paper. The one who asks may read the request.
    static func read(
        _ request: PiecesRequest, _ shelf: CandidacyFormShelf, _ reader: Reader
    ) throws -> PiecesEditing? {
        guard let instruction = try InstructionStore.any(request.candidacy, reader),
            let candidacy = try CandidacyStore.any(request.candidacy, reader),
            let call = try CallStore.any(instruction.call, reader),
            let deposit = try CandidacyDepositStore.any(instruction.deposit, reader),
            let dossier = try DepositedDossier.read(deposit, of: candidacy, shelf: shelf, reader)
        else { return nil }
        var answers = StandingAnswers.of(
            dossier.state.answers, try PiecesRequestStore.requests(of: request.candidacy, reader))
        for key in request.keys { answers[key] = request.answers[key] }
        return PiecesEditing(
            request: request, instruction: instruction, candidacy: candidacy, call: call,
            state: FormState(dossier.state.compiled, answers: answers, environment: dossier.state.environment))
    }

    /// The questions reopened, as a form of their own.
    var form: Form { request.form(in: state.compiled.form) }

    /// What prevents the answer from being sent: problems of the reopened questions alone.
    var shortfalls: [AnswerProblem] {
        request.keys.flatMap { state.problems(of: $0) }.filter { $0.severity == .blocking }
    }

    func requireWritable(at now: Instant) throws {
        guard request.isWritable(instruction.state, at: now) else {
            throw Problems(
                "",
                request.state == .answered
                    ? "Votre réponse est envoyée\u{202F}: elle ne change plus."
                    : request.state == .cancelled
                        ? "Cette demande a été retirée\u{202F}: il n’y a plus rien à compléter."
                        : "La date limite de cette demande est passée.")
        }
    }
}
