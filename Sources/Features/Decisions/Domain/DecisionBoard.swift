import Exchange
import Forms
import Storage

/// What those who keep a call see of the selection of one wave: dossiers, scores, runs, decisions, appeals.
public struct DecisionBoard: Sendable {
    public struct Line: Sendable {
        public let candidacy: Candidacy
        public let deposit: CandidacyDeposit
        public let depositor: String
        /// INSEE's code of the commune of the project; empty when the dossier names none.
        public let commune: String
        public let entry: SelectionEntry?
        public let decision: Decision?
    }

    public let call: Call
    public let wave: CallWave
    /// Its limit has passed, and it was opened when it is sealed.
    public let isOpen: Bool
    public let mayDecide: Bool
    public let lines: [Line]
    public let plan: SelectionPlan?
    /// The latest first.
    public let runs: [SelectionRun]
    /// Whether the last run answers what would be asked now.
    public let isFresh: Bool
    public let texts: DecisionTexts?
    public let appeals: [Appeal]
    public let publishedAt: Instant?
    /// In cents, against the envelope.
    public let granted: Int

    /// The dossiers of a wave that are examined, by the number of the deposit that counts; not those found inadmissible.
    static func dossiers(
        of call: Call, _ wave: CallWave.ID, _ reader: Reader
    ) throws -> [(candidacy: Candidacy, deposit: CandidacyDeposit, commune: String)] {
        guard try CallOpeningStore.isOpen(call, wave, reader) else { return [] }
        let counting = try CandidacyDepositStore.counting(of: call.id, reader)
        let examined = try CandidacyStore.deposited(of: call.id, limit: 20_000, reader).filter(\.state.isExamined)
        let instructions = Dictionary(
            try InstructionStore.those(examined.map(\.id), reader).map { ($0.candidacy, $0) }
        ) { first, _ in first }
        return examined.compactMap { candidacy in
            let instruction = instructions[candidacy.id]
            guard instruction?.state != .inadmissible, let deposit = counting[candidacy.id], deposit.wave == wave
            else { return nil }
            return (candidacy, deposit, instruction?.commune ?? "")
        }.sorted { $0.deposit.number < $1.deposit.number }
    }

    /// What would be asked of the solver now.
    static func runner(of call: Call, _ wave: CallWave.ID, _ reader: Reader) throws -> SelectionRunner {
        let entries = try SelectionStore.entries(of: wave, reader)
        let rules = try SelectionStore.plan(of: wave, reader)?.rules ?? SelectionRules()
        return SelectionRunner(
            lines: try dossiers(of: call, wave, reader).compactMap { dossier in
                entries[dossier.candidacy.id].map { SelectionRunner.Line(number: dossier.deposit.number, entry: $0) }
            }, rules: rules)
    }

    /// The same for one who keeps the call.
    public static func runner(
        _ principal: Principal, of call: Call, _ wave: CallWave.ID, _ reader: Reader
    ) throws -> SelectionRunner {
        let isTeam = try CallTeamStore.belongs(principal, to: call.id, reader)
        guard DecisionRights.mayPrepare(principal, isTeam: isTeam) else { throw Missing() }
        return try runner(of: call, wave, reader)
    }

    /// The questions that a reason may be about, by key.
    static func questions(
        of candidacy: Candidacy, shelf: CandidacyFormShelf, _ reader: Reader
    ) throws -> [String: String] {
        guard let form = try CallFormStore.form(candidacy.form, reader) else { return [:] }
        let questions = try shelf.compiled(form).form.questions
        return Dictionary(questions.map { ($0.key, $0.label) }) { first, _ in first }
    }

    static func today(_ now: Instant) -> CivilDate { CivilZone.paris.local(now.microseconds).date }

    /// Throws `Denied` when the principal does not keep the call, `Missing` when it has no such wave.
    public static func of(
        _ call: Call, wave id: CallWave.ID?, _ principal: Principal, at now: Instant, _ reader: Reader
    ) throws -> DecisionBoard {
        let isTeam = try CallTeamStore.belongs(principal, to: call.id, reader)
        guard DecisionRights.mayPrepare(principal, isTeam: isTeam) else {
            throw Denied("La sélection se lit par l’équipe de l’appel.")
        }
        guard let wave = try id.map({ try found($0, call) }) ?? call.wave(at: now) else { throw Missing() }
        let isOpen = try now >= wave.closesAt && CallOpeningStore.isOpen(call, wave.id, reader)
        let dossiers = isOpen ? try dossiers(of: call, wave.id, reader) : []
        let entries = try SelectionStore.entries(of: wave.id, reader)
        let decisions = try DecisionStore.current(of: call.id, wave: wave.id, reader)
        let byCandidacy = Dictionary(decisions.map { ($0.candidacy, $0) }) { first, _ in first }
        let names = try AccountStore.names(dossiers.compactMap(\.candidacy.holder), reader)
        let runs = try SelectionStore.runs(of: wave.id, limit: 20, reader)
        let lines = dossiers.map { dossier in
            Line(
                candidacy: dossier.candidacy, deposit: dossier.deposit,
                depositor: dossier.candidacy.holder.flatMap { names[$0] } ?? dossier.candidacy.depositor,
                commune: dossier.commune,
                entry: entries[dossier.candidacy.id], decision: byCandidacy[dossier.candidacy.id])
        }
        let plan = try SelectionStore.plan(of: wave.id, reader)
        let asked = SelectionRunner(
            lines: lines.compactMap { line in
                line.entry.map { SelectionRunner.Line(number: line.deposit.number, entry: $0) }
            }, rules: plan?.rules ?? SelectionRules())
        return DecisionBoard(
            call: call, wave: wave, isOpen: isOpen,
            mayDecide: DecisionRights.mayDecide(principal, isTeam: isTeam), lines: lines, plan: plan, runs: runs,
            isFresh: runs.first.map { $0.fingerprint == asked.fingerprint } ?? false,
            texts: try DecisionLetterStore.texts(of: call.id, reader),
            appeals: try AppealStore.appeals(of: call.id, reader).filter { appeal in
                byCandidacy[appeal.candidacy] != nil
            },
            publishedAt: try DecisionLetterStore.publications(of: call.id, reader)[wave.id],
            granted: try DecisionStore.granted(call: call.id, wave: wave.id, reader))
    }

    private static func found(_ id: CallWave.ID, _ call: Call) throws -> CallWave {
        guard let wave = call.wave(id) else { throw Missing() }
        return wave
    }
}

/// One dossier of a board, read by itself: however many its wave has.
public struct DecidedDossier: Sendable {
    public let call: Call
    public let wave: CallWave
    public let line: DecisionBoard.Line
    /// The last run of its wave; nil before any.
    public let run: SelectionRun?
    /// The latest first.
    public let appeals: [Appeal]

    /// Throws `Denied` when the principal does not keep the call; `Missing` alike for a draft, for a dossier of another call, for one that
    /// is not open and for what never was.
    public static func of(
        _ call: Call, _ id: Candidacy.ID, _ principal: Principal, at now: Instant, _ reader: Reader
    ) throws -> DecidedDossier {
        let isTeam = try CallTeamStore.belongs(principal, to: call.id, reader)
        guard DecisionRights.mayPrepare(principal, isTeam: isTeam) else {
            throw Denied("La sélection se lit par l’équipe de l’appel.")
        }
        guard let candidacy = try CandidacyStore.any(id, reader), candidacy.call == call.id,
            candidacy.state.isExamined, let deposit = try CandidacyDepositStore.counting(for: id, reader),
            let wave = call.wave(deposit.wave), now >= wave.closesAt,
            try CallOpeningStore.isOpen(call, wave.id, reader)
        else { throw Missing() }
        let instruction = try InstructionStore.any(id, reader)
        guard instruction?.state != .inadmissible else { throw Missing() }
        let decision = try DecisionStore.current(of: id, reader).flatMap { $0.wave == wave.id ? $0 : nil }
        let names = try AccountStore.names([candidacy.holder].compactMap { $0 }, reader)
        return DecidedDossier(
            call: call, wave: wave,
            line: DecisionBoard.Line(
                candidacy: candidacy, deposit: deposit,
                depositor: candidacy.holder.flatMap { names[$0] } ?? candidacy.depositor,
                commune: instruction?.commune ?? "", entry: try SelectionStore.entry(of: id, in: wave.id, reader),
                decision: decision), run: try SelectionStore.runs(of: wave.id, limit: 1, reader).first,
            appeals: decision == nil ? [] : try AppealStore.of([id], reader).reversed())
    }
}

extension DecisionBoard {
    /// The questions that a reason may be about, in the order of the form. The one who asks keeps the call.
    public static func formQuestions(
        of candidacy: Candidacy, shelf: CandidacyFormShelf, _ reader: Reader
    ) throws -> [(key: String, label: String)] {
        guard let form = try CallFormStore.form(candidacy.form, reader) else { return [] }
        return try shelf.compiled(form).form.questions.map { ($0.key, $0.label) }
    }
}
