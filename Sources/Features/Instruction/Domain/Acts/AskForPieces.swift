import Exchange
import Forms
import Storage

/// Reopens some questions of a deposited dossier to its candidate, each with its reason, until a day (INST-13).
public struct AskForPieces: Act {
    public static let right = AssignDossier.right

    public static let mostItems = 40
    /// The longest a candidate may be given.
    static let longest = Instant.Span.days(366)

    public let candidacy: Candidacy.ID
    public let version: Int
    public let items: [PiecesRequest.Item]
    public let words: String
    /// The last day, by the clocks of Paris.
    public let day: CivilDate?
    public let takesLate: Bool
    public let head: LetterHead
    public let shelf: CandidacyFormShelf

    public init(
        candidacy: Candidacy.ID, version: Int, items: [PiecesRequest.Item], words: String = "", day: CivilDate?,
        takesLate: Bool = false, head: LetterHead, shelf: CandidacyFormShelf
    ) {
        self.candidacy = candidacy
        self.version = version
        self.items = items
        self.words = words
        self.day = day
        self.takesLate = takesLate
        self.head = head
        self.shelf = shelf
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try InstructionEditing(proceeding: proceeding).found(candidacy)
    }

    public func perform(_ proceeding: Proceeding) throws -> PiecesRequest {
        let editing = InstructionEditing(proceeding: proceeding)
        let found = try editing.found(candidacy)
        let moved = try editing.moved(found.instruction, by: .ask, shown: version)
        let writer = proceeding.writer
        guard let deposit = try CandidacyDepositStore.any(found.instruction.deposit, writer),
            let dossier = try DepositedDossier.read(deposit, of: found.candidacy, shelf: shelf, writer),
            let address = try editing.holderAddress(of: found.candidacy)
        else {
            throw Problems(
                "",
                "Ce dossier n’a pas été déposé en ligne, ou sa porteuse n’a plus de compte\u{202F}: demandez ce qui manque par "
                    + "courrier, et notez-le en annotation.")
        }
        var problems = Problems()
        let words = CallText.long(words, "mot", limit: 4_000, &problems)
        let form = dossier.state.compiled.form
        var asked: [PiecesRequest.Item] = []
        for item in items where !asked.contains(where: { $0.question == item.question }) {
            guard
                let section = form.sections.first(where: { $0.questions.contains { $0.key == item.question } }),
                let question = form.question(item.question), PiecesRequest.mayReopen(question, in: section)
            else { throw Missing() }
            let reason = CallText.line(item.reason, "raison." + item.question, limit: 1_000, &problems)
            if reason.isEmpty {
                problems.add(
                    "raison." + item.question,
                    "Dites ce qui est attendu pour «\u{A0}\(question.label)\u{A0}»\u{202F}: le candidat le lira.")
            }
            asked.append(PiecesRequest.Item(item.question, reason: reason))
        }
        if asked.isEmpty { problems.add("questions", "Choisissez au moins une question à rouvrir.") }
        if asked.count > Self.mostItems {
            problems.add("questions", "Une demande rouvre au plus \(Self.mostItems) questions.")
        }
        let end = day.map { DossierDeadline.end(of: $0) }
        if let end, end > proceeding.now {
            if end - proceeding.now > Self.longest {
                problems.add("limite", "Donnez une date dans l’année qui vient.")
            }
        } else {
            problems.add(
                "limite", "Donnez une date limite à venir\u{202F}: le candidat doit avoir le temps de répondre.")
        }
        try problems.throwIfAny()
        guard let end else { throw Missing() }
        let standing = StandingAnswers.of(
            dossier.state.answers, try PiecesRequestStore.requests(of: candidacy, writer))
        var former = Answers()
        for item in asked { former[item.question] = standing[item.question] }
        let request = PiecesRequest(
            id: proceeding.newIdentifier(), candidacy: candidacy, state: .open, words: words, takesLate: takesLate,
            askedAt: proceeding.now, askedBy: proceeding.principal.account, closesAt: end, version: 1, former: former,
            answers: former, items: asked)
        try editing.write(moved, replacing: found.instruction, .asked, words: DossierDeadline.words(end))
        try PiecesRequestStore.insert(request, writer)
        proceeding.note("request", request.id.text)
        proceeding.note("questions", asked.map(\.question).joined(separator: " "))
        proceeding.send(
            head.piecesAsked(
                address, found.candidacy, found.call, request,
                labels: asked.map { form.question($0.question)?.label ?? $0.question }))
        return request
    }
}
