import Forms
import Storage

/// Everything that those who instruct read of one dossier, in one snapshot.
public struct InstructionDossier: Sendable {
    public let instruction: Instruction
    public let opened: OpenedCandidacy
    public let items: [ChecklistItem]
    public let lines: [String: CheckLine]
    public let requests: [PiecesRequest]
    public let notes: [InstructionNote]
    public let opinions: [Opinion]
    public let messages: [InstructionMessage]
    public let events: [InstructionEvent]
    /// The call's team, by name.
    public let team: [(account: Account.ID, name: String)]
    /// The names of everybody the dossier mentions.
    public let names: [Account.ID: String]

    public var candidacy: Candidacy { opened.candidacy }
    public var call: Call { opened.call }

    /// The dossier, for those who keep its call; throws `Missing` for all others, for a draft and before the limit (INST-3).
    public static func open(
        _ principal: Principal, _ id: Candidacy.ID, at now: Instant, shelf: CandidacyFormShelf, _ reader: Reader
    ) throws -> InstructionDossier {
        guard let instruction = try InstructionStore.any(id, reader) else { throw Missing() }
        let isTeam = try CallTeamStore.belongs(principal, to: instruction.call, reader)
        guard InstructionRights.maySee(principal, isTeam: isTeam),
            let call = try CallStore.any(instruction.call, reader)
        else { throw Missing() }
        let opened = try OpenedCandidacy.open(principal, id, in: call, at: now, shelf: shelf, reader)
        let members = try CallTeamStore.members(of: call.id, reader)
        let notes = try InstructionNoteStore.notes(of: id, reader)
        let opinions = try OpinionStore.opinions(of: id, reader)
        let messages = try InstructionMessageStore.messages(of: id, reader)
        let events = try InstructionEventStore.events(of: id, reader)
        let requests = try PiecesRequestStore.requests(of: id, reader)
        let lines = try ChecklistStore.lines(of: id, reader)
        var people = Set(members + events.flatMap { [$0.actor, $0.account].compactMap(\.self) })
        people.formUnion(notes.compactMap(\.author))
        people.formUnion(opinions.flatMap { [$0.account, $0.askedBy].compactMap(\.self) })
        people.formUnion(messages.compactMap(\.author))
        people.formUnion(requests.flatMap { [$0.askedBy, $0.answeredBy].compactMap(\.self) })
        people.formUnion(lines.values.compactMap(\.account))
        people.formUnion([instruction.instructor, instruction.decision?.by].compactMap(\.self))
        let names = try AccountStore.names(people.sorted(), reader)
        return InstructionDossier(
            instruction: instruction, opened: opened, items: try ChecklistStore.items(of: call, reader), lines: lines,
            requests: requests, notes: notes, opinions: opinions, messages: messages, events: events,
            team: members.map { ($0, names[$0] ?? "") }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }, names: names)
    }

    /// The answers as they stand: the deposit, with what was added since; nil for what came on paper.
    public var standing: FormState? {
        opened.dossier.map { dossier in
            FormState(
                dossier.state.compiled, answers: StandingAnswers.of(dossier.state.answers, requests),
                environment: dossier.state.environment)
        }
    }

    /// The request the candidate has yet to answer.
    public var openRequest: PiecesRequest? { requests.first { $0.state == .open } }

    /// The documents that came after the deposit, in answer to requests, for those who keep its call.
    public static func addedFiles(
        _ principal: Principal, _ id: Candidacy.ID, at now: Instant, shelf: CandidacyFormShelf, _ reader: Reader
    ) throws -> [CandidacyFile] {
        let dossier = try open(principal, id, at: now, shelf: shelf, reader)
        let frozen = Set(
            (try CandidacyFileStore.frozen(by: [dossier.instruction.deposit], reader).values.first ?? []).map(\.id))
        var sent: [CandidacyFile.ID] = []
        for request in dossier.requests where request.state == .answered {
            for key in request.keys {
                guard case .files(let files) = request.answers[key] else { continue }
                sent += files.compactMap { CandidacyFile.ID(text: $0.id) }
            }
        }
        return try CandidacyFileStore.those(sent, reader).filter { $0.candidacy == id && !frozen.contains($0.id) }
    }

    /// A document of the dossier as it stands, for those who keep its call.
    public static func file(
        _ principal: Principal, _ id: Candidacy.ID, _ file: CandidacyFile.ID, at now: Instant,
        shelf: CandidacyFormShelf, _ reader: Reader
    ) throws -> CandidacyFile {
        let dossier = try open(principal, id, at: now, shelf: shelf, reader)
        guard let found = try StandingFiles.file(file, of: id, dossier.instruction.deposit, reader) else {
            throw Missing()
        }
        return found
    }
}

/// What the people of a candidacy follow of its instruction: what they are asked, and what was said to them. Nothing of who has it,
/// of the notes, of the opinions, nor of an outcome they were not told (INST-16, INST-17).
public struct FollowedInstruction: Sendable {
    public let candidacy: Candidacy
    public let call: Call
    public let number: Int
    public let requests: [PiecesRequest]
    public let messages: [InstructionMessage]
    public let unread: Int
    /// The dossier was said inadmissible, with what its letter says; nil otherwise.
    public let refusal: Instruction.Outcome?
    public let isWithdrawn: Bool
    /// Whether the reader may write and answer: the lead and those who write.
    public let mayWrite: Bool
    public let leads: Bool
    /// Labels of the questions that requests reopen.
    public let labels: [String: String]
    let state: InstructionState

    /// Throws `Missing` for who takes no part in the candidacy, and before its instruction began.
    public static func own(
        _ principal: Principal, _ id: Candidacy.ID, shelf: CandidacyFormShelf, _ reader: Reader
    ) throws -> FollowedInstruction {
        guard let candidacy = try CandidacyStore.own(principal, id, reader),
            let instruction = try InstructionStore.any(id, reader),
            let call = try CallStore.any(instruction.call, reader)
        else { throw Missing() }
        let member = try CandidacyMemberStore.own(principal, of: id, reader)
        let mayWrite = CandidacyRights.mayRemark(principal, candidacy, member: member)
        let requests = try PiecesRequestStore.requests(of: id, reader)
        var labels: [String: String] = [:]
        if !requests.isEmpty, let deposit = try CandidacyDepositStore.any(instruction.deposit, reader),
            let form = try CallFormStore.form(deposit.form, reader)
        {
            for question in try shelf.compiled(form).form.questions { labels[question.key] = question.label }
        }
        return FollowedInstruction(
            candidacy: candidacy, call: call, number: instruction.number, requests: requests,
            messages: mayWrite ? try InstructionMessageStore.messages(of: id, reader) : [],
            unread: mayWrite ? instruction.unreadByCandidate : 0,
            refusal: instruction.state == .inadmissible ? instruction.decision : nil,
            isWithdrawn: instruction.state == .withdrawn, mayWrite: mayWrite,
            leads: CandidacyRights.leads(principal, candidacy), labels: labels, state: instruction.state)
    }

    public func isWritable(_ request: PiecesRequest, at now: Instant) -> Bool {
        mayWrite && request.isWritable(state, at: now)
    }
}

/// A request as the people of its candidacy answer it.
public struct PiecesReading: Sendable {
    public let request: PiecesRequest
    public let candidacy: Candidacy
    public let call: Call
    /// The dossier as it stands, with the answer that is being written.
    public let state: FormState
    /// The questions reopened.
    public let form: Form
    public let shortfalls: [AnswerProblem]
    public let isWritable: Bool
    public let leads: Bool

    /// Throws `Missing` for who does not write the candidacy, and for a request of another one (INST-14).
    public static func own(
        _ principal: Principal, _ id: PiecesRequest.ID, of candidacy: Candidacy.ID, at now: Instant,
        shelf: CandidacyFormShelf, _ reader: Reader
    ) throws -> PiecesReading {
        guard let own = try CandidacyStore.own(principal, candidacy, reader),
            let request = try PiecesRequestStore.request(id, reader), request.candidacy == candidacy
        else { throw Missing() }
        let member = try CandidacyMemberStore.own(principal, of: candidacy, reader)
        guard CandidacyRights.mayRemark(principal, own, member: member),
            let editing = try PiecesEditing.read(request, shelf, reader)
        else { throw Missing() }
        return PiecesReading(
            request: request, candidacy: own, call: editing.call, state: editing.state, form: editing.form,
            shortfalls: editing.shortfalls, isWritable: request.isWritable(editing.instruction.state, at: now),
            leads: CandidacyRights.leads(principal, own))
    }
}

/// The instruction of one call, for those who keep it: how many dossiers stand where, and who has them.
public struct CallInstruction: Sendable {
    public let counts: [InstructionState: Int]
    public let unassigned: Int
    public let shares: [(account: Account.ID, name: String, dossiers: Int)]
    public let items: [ChecklistItem]
    /// Whether the team wrote the list itself.
    public let hasOwnList: Bool

    /// The one who asks keeps the call.
    public static func of(_ call: Call, _ reader: Reader) throws -> CallInstruction {
        var counts: [InstructionState: Int] = [:]
        try reader.each(
            """
            SELECT state, COUNT(*)
            FROM instruction
            WHERE call_id = \(call.id)
            GROUP BY state
            ORDER BY state
            """
        ) { row in
            if let state = InstructionState(rawValue: try row.text(0)) { counts[state] = Int(try row.int(1)) }
            return true
        }
        let unassigned = try reader.count(
            """
            SELECT COUNT(*)
            FROM instruction
            WHERE call_id = \(call.id)
                AND instructor_id IS NULL
                AND state IN ('a_instruire', 'a_completer')
            """)
        let members = try CallTeamStore.members(of: call.id, reader)
        let loads = try InstructionStore.loads(of: call.id, reader)
        let names = try AccountStore.names(members, reader)
        return CallInstruction(
            counts: counts, unassigned: unassigned,
            shares: members.map { ($0, names[$0] ?? "", loads[$0] ?? 0) },
            items: try ChecklistStore.items(of: call, reader),
            hasOwnList: try !ChecklistStore.written(of: call.id, reader).isEmpty)
    }
}
