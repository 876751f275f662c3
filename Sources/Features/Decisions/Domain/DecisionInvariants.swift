import Storage

/// What must hold of decisions.
public enum DecisionInvariants {
    public static let all: [Invariant] = [
        Invariant("decisions.sequence", "The decisions on a candidacy are numbered from 1 without a hole.") {
            reader, tell in
            try Invariant.holes("SELECT candidacy_id, sequence FROM decision ORDER BY candidacy_id, sequence", reader) {
                tell("\(Invariant.row("candidacy", $0)): decision \($1) lacks")
            }
        },
        Invariant(
            "decisions.force",
            "Of the decisions on a candidacy the last is in force, and the others were told and replaced.",
            rows: """
                SELECT decision.id, decision.sequence, latest.sequence
                FROM decision
                JOIN (
                    SELECT candidacy_id, MAX(sequence) AS sequence
                    FROM decision
                    GROUP BY candidacy_id) AS latest ON latest.candidacy_id = decision.candidacy_id
                WHERE (decision.sequence = latest.sequence) <> (decision.superseded_at IS NULL)
                ORDER BY decision.id
                """
        ) {
            "\(Invariant.row("decision", try $0.int(0))): sequence \(try $0.int(1)) of \(try $0.int(2)), against superseded_at"
        },
        Invariant(
            "decisions.calls", "A decision is of the call of its candidacy, and its limit is of that call.",
            rows: """
                SELECT decision.id
                FROM decision
                JOIN candidacy ON candidacy.id = decision.candidacy_id
                JOIN call_wave ON call_wave.id = decision.wave_id
                WHERE candidacy.call_id <> decision.call_id
                    OR call_wave.call_id <> decision.call_id
                ORDER BY decision.id
                """
        ) { "\(Invariant.row("decision", try $0.int(0))): of another call than its candidacy or its limit" },
        Invariant(
            "decisions.runs", "A selection that was run is of the call of its limit.",
            rows: """
                SELECT selection_run.id
                FROM selection_run
                JOIN call_wave ON call_wave.id = selection_run.wave_id
                WHERE call_wave.call_id <> selection_run.call_id
                ORDER BY selection_run.id
                """
        ) { "\(Invariant.row("selection_run", try $0.int(0))): its limit is of another call" },
    ]
}
