import Storage

/// Keeps one answer of the solver with what it was asked. Refused when the scores or the rules changed while it was searching.
public struct RecordSelectionRun: Act {
    public static let right = "Une personne de l’équipe de l’appel, ou de la coordination, après la limite de dépôt."

    public let call: Call.ID
    public let wave: CallWave.ID
    public let version: Int
    public let runner: SelectionRunner
    public let result: SelectionResult

    public init(call: Call.ID, wave: CallWave.ID, version: Int, runner: SelectionRunner, result: SelectionResult) {
        self.call = call
        self.wave = wave
        self.version = version
        self.runner = runner
        self.result = result
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try DecisionEditing(proceeding: proceeding).call(call)
    }

    public func perform(_ proceeding: Proceeding) throws -> SelectionRun {
        let editing = DecisionEditing(proceeding: proceeding)
        let call = try editing.call(call)
        _ = try editing.closed(wave, of: call)
        let plan = try SelectionStore.plan(of: wave, proceeding.writer)
        try editing.require(version, of: plan)
        let now = try DecisionBoard.runner(of: call, wave, proceeding.writer)
        guard now.fingerprint == runner.fingerprint else { throw Conflict(current: plan?.version ?? 0) }
        let run = SelectionRun(
            id: proceeding.newIdentifier(), call: call.id, wave: wave, planVersion: version,
            fingerprint: runner.fingerprint, inputs: runner.inputs, result: result, at: proceeding.now,
            by: proceeding.principal.account)
        try SelectionStore.insert(run, proceeding.writer)
        proceeding.concerns(call.id)
        proceeding.note("run", run.id.text)
        proceeding.note("fingerprint", run.fingerprint)
        return run
    }
}
