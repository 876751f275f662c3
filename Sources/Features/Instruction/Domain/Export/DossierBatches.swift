import Forms
import Storage

/// The dossiers that a question to the board finds, in its order, some hundreds at a time: however many there are, a page of them
/// is in memory. What the reader may not see is left out as on the board (INST-3).
public struct DossierBatches: Sendable {
    public static let size = 200

    private let database: Database
    private let query: InstructionQuery
    private let principal: Principal
    private let now: Instant
    private let shelf: CandidacyFormShelf
    private let readsAnswers: Bool
    private var calls: [Call]?
    private var last = 0
    private var known = Known()

    /// What is read once for many dossiers.
    private struct Known: Sendable {
        var forms: [CallForm.ID: (form: CallForm, questions: [String: Question])] = [:]
        /// The waves of the call in course that may be read.
        var open: (call: Call.ID, waves: Set<CallWave.ID>)?
    }

    /// - Parameter readsAnswers: without them a page costs less.
    public init(
        _ database: Database, _ query: InstructionQuery, _ principal: Principal, at now: Instant,
        shelf: CandidacyFormShelf, readsAnswers: Bool
    ) {
        self.database = database
        self.query = query
        self.principal = principal
        self.now = now
        self.shelf = shelf
        self.readsAnswers = readsAnswers
    }

    /// The next dossiers, at least one; nil at the end.
    public mutating func next() async throws -> [DossierLine]? {
        let (query, principal, now) = (query, principal, now)
        var rest: [Call]
        if let calls {
            rest = calls
        } else {
            rest = try await database.scan { try InstructionBoard.calls(of: query, principal, at: now, $0) }
        }
        while let call = rest.first {
            let (after, shelf, readsAnswers, held) = (last, shelf, readsAnswers, known)
            let (lines, learnt) = try await database.scan { reader in
                var known = held
                let page = try InstructionBoard.page(
                    of: query, in: call.id, after: after, principal, at: now, limit: Self.size, reader)
                let lines = try Self.lines(
                    page, of: call, principal, at: now, shelf: shelf, readsAnswers: readsAnswers, &known, reader)
                return (lines, known)
            }
            known = learnt
            if let number = lines.last?.instruction.number {
                last = number
                calls = rest
                return lines
            }
            rest.removeFirst()
            last = 0
        }
        calls = []
        return nil
    }

    private static func lines(
        _ page: [Instruction], of call: Call, _ principal: Principal, at now: Instant, shelf: CandidacyFormShelf,
        readsAnswers: Bool, _ known: inout Known, _ reader: Reader
    ) throws -> [DossierLine] {
        guard !page.isEmpty else { return [] }
        let ids = page.map(\.candidacy)
        let candidacies = Dictionary(try CandidacyStore.those(ids, reader).map { ($0.id, $0) }) { first, _ in first }
        let deposits = Dictionary(
            try CandidacyDepositStore.those(page.map(\.deposit), reader).map { ($0.id, $0) }
        ) { first, _ in first }
        let people = Set(candidacies.values.compactMap(\.holder) + page.compactMap(\.instructor))
        let names = try AccountStore.names(people.sorted(), reader)
        var requests: [Candidacy.ID: [PiecesRequest]] = [:]
        if readsAnswers {
            for request in try PiecesRequestStore.requests(of: ids, reader) {
                requests[request.candidacy, default: []].append(request)
            }
        }
        if known.open?.call != call.id { known.open = (call.id, try OpenWaves.of(call, at: now, reader)) }
        let open = known.open?.waves ?? []
        return try page.compactMap { instruction -> DossierLine? in
            guard let candidacy = candidacies[instruction.candidacy], let deposit = deposits[instruction.deposit] else {
                return nil
            }
            var state: FormState?
            var questions: [String: Question] = [:]
            var read: DepositedDossier?
            let isOpen = open.contains(deposit.wave)
            if readsAnswers, candidacy.channel == .online, isOpen,
                let (form, keyed) = try form(deposit.form, shelf, &known, reader)
            {
                let dossier = try DepositedDossier.read(deposit, of: candidacy, form: form, shelf: shelf)
                let answered = requests[candidacy.id] ?? []
                state =
                    answered.isEmpty
                    ? dossier.state
                    : FormState(
                        dossier.state.compiled, answers: StandingAnswers.of(dossier.state.answers, answered),
                        environment: dossier.state.environment)
                questions = keyed
                read = dossier
            }
            return DossierLine(
                instruction: instruction, candidacy: candidacy, deposit: deposit, call: call,
                depositor: candidacy.holder.flatMap { names[$0] } ?? candidacy.depositor,
                instructor: instruction.instructor.flatMap { names[$0] } ?? "", state: state, isOpen: isOpen,
                dossier: read,
                additions: isOpen
                    ? (requests[candidacy.id] ?? []).filter { $0.state == .answered }.compactMap(\.answeredAt).sorted()
                    : [],
                questions: questions)
        }
    }

    private static func form(
        _ id: CallForm.ID, _ shelf: CandidacyFormShelf, _ known: inout Known, _ reader: Reader
    ) throws -> (CallForm, [String: Question])? {
        if let found = known.forms[id] { return (found.form, found.questions) }
        guard let form = try CallFormStore.form(id, reader) else { return nil }
        let questions = Dictionary(try shelf.compiled(form).form.questions.map { ($0.key, $0) }) { first, _ in first }
        known.forms[id] = (form, questions)
        return (form, questions)
    }
}

/// The waves of a call whose dossiers may be read at an instant: their limit as it stands has passed, and they were opened when they
/// were sealed (CAND-12, CAND-36).
enum OpenWaves {
    static func of(_ call: Call, at now: Instant, _ reader: Reader) throws -> Set<CallWave.ID> {
        let passed = call.settings.waves.filter { now >= $0.closesAt }.map(\.id)
        guard call.settings.deposit.isSealed else { return Set(passed) }
        return Set(passed).intersection(try CallOpeningStore.openings(of: call.id, reader).map(\.wave))
    }
}

extension InstructionBoard {
    /// How many dossiers a question finds, whatever the page.
    public static func count(
        _ query: InstructionQuery, _ principal: Principal, at now: Instant, _ reader: Reader
    ) throws -> Int {
        try reader.count("SELECT COUNT(*) FROM instruction WHERE \(found(query, principal, now))")
    }

    /// The calls of the dossiers that a question finds, in the order of the board.
    static func calls(of query: InstructionQuery, _ principal: Principal, at now: Instant, _ reader: Reader) throws
        -> [Call]
    {
        let ids = try reader.all(
            """
            SELECT DISTINCT instruction.call_id
            FROM instruction
            WHERE \(found(query, principal, now))
            ORDER BY instruction.call_id DESC
            """
        ) { try $0.int(0) }
        return try CallStore.calls("call.id IN \(list: ids)", order: "call.id DESC", limit: max(ids.count, 1), reader)
    }

    /// The next dossiers of one call that a question finds, by number, after one of them.
    static func page(
        of query: InstructionQuery, in call: Call.ID, after number: Int, _ principal: Principal, at now: Instant,
        limit: Int, _ reader: Reader
    ) throws -> [Instruction] {
        try reader.all(
            """
            SELECT \(InstructionStore.columns)
            FROM instruction
            WHERE instruction.call_id = \(call)
                AND instruction.number > \(number)
                AND \(found(query, principal, now))
            ORDER BY instruction.number
            LIMIT \(limit)
            """, InstructionStore.read)
    }

    private static func found(_ query: InstructionQuery, _ principal: Principal, _ now: Instant) -> SQL {
        SQL.join(
            [InstructionRights.visible(to: principal)] + filters(query) + [condition(query.tab, principal, now)],
            " AND ")
    }
}
