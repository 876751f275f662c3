import Storage

/// What must hold of money: the ledger, what was decided, what was signed and what was paid.
public enum FundingInvariants {
    public static let all: [Invariant] = [
        Invariant("funding.ledger", "A line amounts to what its events fold into.", look: ledger),
        Invariant("funding.events", "The events of a line are numbered from 1 without a hole, to its version.") {
            reader, tell in
            let count = try Invariant.holes("SELECT line_id, rank FROM funding_event ORDER BY line_id, rank", reader) {
                tell("\(Invariant.row("funding_line", $0)): event \($1) lacks")
            }
            try reader.each(
                """
                SELECT funding_line.id, funding_line.version, COALESCE(MAX(funding_event.rank), 0)
                FROM funding_line
                LEFT JOIN funding_event ON funding_event.line_id = funding_line.id
                GROUP BY funding_line.id, funding_line.version
                HAVING funding_line.version <> COALESCE(MAX(funding_event.rank), 0)
                ORDER BY funding_line.id
                """
            ) { row in
                tell(
                    "\(Invariant.row("funding_line", try row.int(0))): version \(try row.int(1)), its last event is "
                        + "\(try row.int(2))")
                return true
            }
            return count
        },
        Invariant(
            "funding.decisions", "What lines grant to a candidacy of a call is at most what was decided for it.",
            rows: """
                SELECT funding_line.candidacy_id, CAST(SUM(funding_event.amount_cents) AS BIGINT), decided.amount
                FROM funding_line
                JOIN funding_event ON funding_event.line_id = funding_line.id
                JOIN (
                    SELECT call_id, candidacy_id, MAX(COALESCE(amount, 0)) AS amount
                    FROM decision
                    WHERE notified_at IS NOT NULL
                    GROUP BY call_id, candidacy_id) AS decided ON decided.candidacy_id = funding_line.candidacy_id
                        AND decided.call_id = funding_line.call_id
                WHERE funding_event.kind = 'accord'
                    AND funding_line.state <> 'refuse'
                GROUP BY funding_line.candidacy_id, decided.amount
                HAVING SUM(funding_event.amount_cents) > decided.amount
                ORDER BY funding_line.candidacy_id
                """
        ) {
            "\(Invariant.row("candidacy", try $0.int(0))): \(try $0.int(1)) cents granted by lines, \(try $0.int(2)) decided"
        },
        Invariant(
            "funding.envelopes", "An envelope owes at most what it holds.",
            rows: """
                SELECT funding_envelope.id, funding_envelope.amount_cents, CAST(SUM(funding_line.committed_cents) AS BIGINT)
                FROM funding_envelope
                JOIN funding_line ON funding_line.envelope_id = funding_envelope.id
                GROUP BY funding_envelope.id, funding_envelope.amount_cents
                HAVING SUM(funding_line.committed_cents) > funding_envelope.amount_cents
                ORDER BY funding_envelope.id
                """
        ) {
            "\(Invariant.row("funding_envelope", try $0.int(0))): \(try $0.int(1)) cents, \(try $0.int(2)) committed"
        },
        Invariant(
            "funding.agreements",
            "The version of an agreement that is in force is for what its line grants, and signed by both.",
            rows: """
                SELECT agreement.id, agreement_version.amount_cents, funding_line.granted_cents,
                    COUNT(agreement_signature.side)
                FROM agreement
                JOIN funding_line ON funding_line.id = agreement.line_id
                LEFT JOIN agreement_version ON agreement_version.agreement_id = agreement.id
                    AND agreement_version.version = agreement.active_version
                LEFT JOIN agreement_signature ON agreement_signature.agreement_id = agreement.id
                    AND agreement_signature.version = agreement.active_version
                    AND agreement_signature.fingerprint = agreement_version.fingerprint
                WHERE agreement.state = 'active'
                GROUP BY agreement.id, agreement_version.amount_cents, funding_line.granted_cents
                HAVING agreement_version.amount_cents IS NULL
                    OR agreement_version.amount_cents <> funding_line.granted_cents
                    OR COUNT(agreement_signature.side) <> 2
                ORDER BY agreement.id
                """
        ) {
            "\(Invariant.row("agreement", try $0.int(0))): for \(try $0.optionalInt(1) ?? 0) cents, its line grants "
                + "\(try $0.int(2)), \(try $0.int(3)) signatures of it"
        },
        Invariant(
            "funding.instalments",
            "The instalments of an agreement in force and what was paid before them make its amount.",
            rows: """
                SELECT agreement.id, agreement_version.amount_cents, CAST(SUM(instalment.amount_cents) AS BIGINT),
                    funding_line.paid_cents,
                    CAST(SUM(CASE WHEN instalment.state = 'payee' THEN instalment.amount_cents ELSE 0 END) AS BIGINT)
                FROM agreement
                JOIN funding_line ON funding_line.id = agreement.line_id
                JOIN agreement_version ON agreement_version.agreement_id = agreement.id
                    AND agreement_version.version = agreement.active_version
                JOIN instalment ON instalment.agreement_id = agreement.id
                    AND instalment.version = agreement.active_version
                WHERE agreement.state = 'active'
                GROUP BY agreement.id, agreement_version.amount_cents, funding_line.paid_cents
                HAVING SUM(instalment.amount_cents) + funding_line.paid_cents
                    - SUM(CASE WHEN instalment.state = 'payee' THEN instalment.amount_cents ELSE 0 END)
                    <> agreement_version.amount_cents
                ORDER BY agreement.id
                """
        ) {
            "\(Invariant.row("agreement", try $0.int(0))): for \(try $0.int(1)) cents; instalments of \(try $0.int(2)), "
                + "\(try $0.int(3)) paid, \(try $0.int(4)) of them by these instalments"
        },
        Invariant(
            "funding.payments",
            "An instalment is paid once it is on the ledger: the line paid at least what its instalments did.",
            rows: """
                SELECT agreement.id, funding_line.paid_cents, CAST(SUM(instalment.amount_cents) AS BIGINT)
                FROM agreement
                JOIN funding_line ON funding_line.id = agreement.line_id
                JOIN instalment ON instalment.agreement_id = agreement.id
                WHERE instalment.state = 'payee'
                GROUP BY agreement.id, funding_line.paid_cents
                HAVING SUM(instalment.amount_cents) > funding_line.paid_cents
                ORDER BY agreement.id
                """
        ) {
            "\(Invariant.row("agreement", try $0.int(0))): its line paid \(try $0.int(1)) cents, its instalments \(try $0.int(2))"
        },
        Invariant(
            "funding.shares", "A member of a consortium is passed on at most their share.",
            rows: """
                SELECT agreement_share.id, agreement_share.amount_cents, CAST(SUM(agreement_passing.amount_cents) AS BIGINT)
                FROM agreement_share
                JOIN agreement_passing ON agreement_passing.share_id = agreement_share.id
                GROUP BY agreement_share.id, agreement_share.amount_cents
                HAVING SUM(agreement_passing.amount_cents) > agreement_share.amount_cents
                ORDER BY agreement_share.id
                """
        ) {
            "\(Invariant.row("agreement_share", try $0.int(0))): \(try $0.int(1)) cents, \(try $0.int(2)) passed on"
        },
    ]

    private static func ledger(_ reader: Reader, _ tell: (String) -> Void) throws -> Int {
        var lines: [(id: FundingLine.ID, fold: FundingFold, committed: Int)] = []
        return try Invariant.each(by: 500, reader) { after in
            """
            SELECT id, state, asked_cents, granted_cents, paid_cents, returned_cents, committed_cents
            FROM funding_line
            WHERE id > \(after)
            ORDER BY id
            """
        } _: { row in
            guard let state = FundingState(rawValue: try row.text(1)) else { return }
            let fold = FundingFold(
                state: state, asked: Int(try row.int(2)), granted: Int(try row.int(3)), paid: Int(try row.int(4)),
                returned: Int(try row.int(5)))
            lines.append((FundingLine.ID(try row.int(0)), fold, Int(try row.int(6))))
        } settle: {
            for line in lines {
                let name = Invariant.row("funding_line", line.id.number)
                guard let fold = try? FundingEventStore.fold(try FundingEventStore.events(of: line.id, reader)) else {
                    tell("\(name): its events do not follow from each other")
                    continue
                }
                if fold != line.fold || line.committed != fold.committed {
                    tell(
                        "\(name): state \(line.fold.state.rawValue), granted \(line.fold.granted), paid \(line.fold.paid), "
                            + "committed \(line.committed); its events say \(fold.state.rawValue), \(fold.granted), \(fold.paid), "
                            + "\(fold.committed)")
                }
            }
            lines.removeAll()
        }
    }
}
