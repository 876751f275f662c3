import Exchange
import Storage

/// Writes the decisions of a whole wave from the solver's last proposal: those that are retained, those that wait, and the others with
/// one reason for all. What was recorded by hand stays.
public struct PrepareDecisions: Act {
    public static let right = "Une personne de l’équipe de l’appel, ou de la coordination, tant que rien n’est notifié."

    public let call: Call.ID
    public let wave: CallWave.ID
    public let run: SelectionRun.ID
    public let body: String
    public let decidedOn: CivilDate
    public let deliberation: String
    /// Said to those that are neither retained nor on the list.
    public let reason: String

    public init(
        call: Call.ID, wave: CallWave.ID, run: SelectionRun.ID, body: String, decidedOn: CivilDate,
        deliberation: String,
        reason: String
    ) {
        self.call = call
        self.wave = wave
        self.run = run
        self.body = body
        self.decidedOn = decidedOn
        self.deliberation = deliberation
        self.reason = reason
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try DecisionEditing(proceeding: proceeding).call(call)
    }

    /// Answers how many were written.
    public func perform(_ proceeding: Proceeding) throws -> Int {
        let editing = DecisionEditing(proceeding: proceeding)
        let call = try editing.call(call)
        _ = try editing.closed(wave, of: call)
        guard let last = try SelectionStore.runs(of: wave, limit: 1, proceeding.writer).first, last.id == run,
            last.result.outcome == .chosen,
            try DecisionBoard.runner(of: call, wave, proceeding.writer).fingerprint == last.fingerprint
        else { throw Problems("", "Cette proposition n’est plus la dernière\u{202F}: relancez la sélection.") }
        var words = RecordDecision.Words(.waiting, body: body, on: decidedOn)
        words.deliberation = deliberation
        words.rank = 1
        var problems = Problems()
        words = words.canonical(&problems, today: DecisionBoard.today(proceeding.now))
        let reason = CallText.long(reason, "motif", limit: 2_000, &problems)
        let known = try DecisionStore.current(of: call.id, wave: wave, proceeding.writer)
        let decided = Set(known.map(\.candidacy))
        let left = try DecisionBoard.dossiers(of: call, wave, proceeding.writer).filter {
            !decided.contains($0.candidacy.id)
        }
        let grants = Dictionary(last.result.grants.map { ($0.number, $0.amount) }) { first, _ in first }
        let waiting = last.result.reserve
        if reason.isEmpty,
            left.contains(where: { grants[$0.deposit.number] == nil && !waiting.contains($0.deposit.number) })
        {
            problems.add("motif", "Un refus se motive\u{202F}: écrivez ce qui vaut pour les dossiers non retenus.")
        }
        try problems.throwIfAny()
        var taken = Set(known.compactMap(\.rank))
        for dossier in left {
            let number = dossier.deposit.number
            var one = words
            one.rank = nil
            if let amount = grants[number] {
                one.outcome = .retained
                one.amount = amount
            } else if let place = waiting.firstIndex(of: number) {
                one.outcome = .waiting
                var rank = place + 1
                while !taken.insert(rank).inserted { rank += 1 }
                one.rank = rank
            } else {
                one.outcome = .refused
                one.reasons = [Decision.Reason(reason)]
            }
            try DecisionStore.insert(
                Decision(
                    id: proceeding.newIdentifier(), candidacy: dossier.candidacy.id, call: call.id, wave: wave,
                    sequence: 1,
                    version: 1, origin: .body, outcome: one.outcome, rank: one.rank, amount: one.amount, conditions: "",
                    body: one.body, decidedOn: one.decidedOn, deliberation: one.deliberation, reasons: one.reasons,
                    run: last.id, departure: "", recordedAt: proceeding.now, recordedBy: proceeding.principal.account,
                    notifiedAt: nil, letter: "", supersededAt: nil), proceeding.writer)
        }
        try editing.requireRoom(call, wave)
        proceeding.concerns(call.id)
        proceeding.note("wave", wave.text)
        proceeding.note("run", last.id.text)
        proceeding.note("decisions", String(left.count))
        return left.count
    }
}
