import Storage

/// What must hold of candidacies beside what they deposited.
public enum CandidacyInvariants {
    public static let all: [Invariant] = [
        Invariant(
            "candidacies.state", "Where a candidacy stands is what its deposits made of it.",
            rows: """
                SELECT candidacy.id, candidacy.state, COUNT(candidacy_deposit.id),
                    COUNT(CASE WHEN candidacy_deposit.verdict = 'on_time' THEN 1 END)
                FROM candidacy
                LEFT JOIN candidacy_deposit ON candidacy_deposit.candidacy_id = candidacy.id
                GROUP BY candidacy.id, candidacy.state
                HAVING (candidacy.state = 'brouillon') <> (COUNT(candidacy_deposit.id) = 0)
                    OR (candidacy.state = 'deposee'
                        AND COUNT(CASE WHEN candidacy_deposit.verdict = 'on_time' THEN 1 END) = 0)
                    OR (candidacy.state IN ('hors_delai', 'admise', 'ecartee')
                        AND COUNT(candidacy_deposit.id) = COUNT(CASE WHEN candidacy_deposit.verdict = 'on_time' THEN 1 END))
                ORDER BY candidacy.id
                """
        ) {
            "\(Invariant.row("candidacy", try $0.int(0))): state \(try $0.text(1)) with \(try $0.int(2)) deposits, "
                + "\(try $0.int(3)) of them in time"
        },
        Invariant(
            "candidacies.versions", "The version that a candidacy says it deposited is that of its latest deposit.",
            rows: """
                SELECT candidacy.id, candidacy.deposited_version, COALESCE(MAX(candidacy_deposit.version), 0)
                FROM candidacy
                LEFT JOIN candidacy_deposit ON candidacy_deposit.candidacy_id = candidacy.id
                GROUP BY candidacy.id, candidacy.deposited_version
                HAVING candidacy.deposited_version <> COALESCE(MAX(candidacy_deposit.version), 0)
                ORDER BY candidacy.id
                """
        ) {
            "\(Invariant.row("candidacy", try $0.int(0))): deposited_version is \(try $0.int(1)), its deposits say "
                + "\(try $0.int(2))"
        },
        Invariant("candidacies.saves", "Each save of a draft follows from the one before it.") { reader, tell in
            let found = try SaveSeals.check(reader)
            if let fault = found.fault { tell(fault) }
            return found.count
        },
        Invariant(
            "candidacies.calls", "A candidacy, its limit and its form are of one call.",
            rows: """
                SELECT candidacy.id, candidacy.call_id, call_wave.call_id, call_form.call_id
                FROM candidacy
                JOIN call_wave ON call_wave.id = candidacy.wave_id
                JOIN call_form ON call_form.id = candidacy.form_id
                WHERE call_wave.call_id <> candidacy.call_id
                    OR call_form.call_id <> candidacy.call_id
                ORDER BY candidacy.id
                """
        ) {
            "\(Invariant.row("candidacy", try $0.int(0))): of call \(try $0.int(1)), its limit of \(try $0.int(2)), its form "
                + "of \(try $0.int(3))"
        },
    ]
}
