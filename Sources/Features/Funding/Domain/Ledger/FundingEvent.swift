import Exchange
import Storage

/// One thing that happened to a line. Never changed, never removed (FUND-3).
public struct FundingEvent: Sendable, Equatable {
    public let rank: Int
    /// A `FundingStep`, or a word of `others`.
    public let kind: String
    public let amount: Int?
    public let on: CivilDate
    /// The reference, the reason or the proof that was given.
    public let words: String
    public let at: Instant
    public let account: Account.ID?

    public var step: FundingStep? { FundingStep(rawValue: kind) }

    public var label: String { step?.label ?? Self.others[kind] ?? kind }

    /// What happens beside money.
    static let others = [
        "creation": "Ligne ouverte", "description": "Description corrigée", "enveloppe": "Enveloppe",
        "publication": "Publiée en données ouvertes", "retrait": "Retirée des données ouvertes",
        "redaction": "Convention rédigée", "relecture": "Convention envoyée à la signature",
        "signature": "Convention signée par une partie", "projet_avenant": "Avenant rédigé",
        "rib": "Compte bancaire proposé", "rib_verifie": "Compte bancaire vérifié", "controle": "Échéance contrôlée",
        "mandat": "Mandat de paiement", "suspension": "Échéance suspendue", "reprise": "Suspension levée",
        "parts": "Parts du consortium", "repartition": "Part reversée à un membre", "bilan": "Bilan remis",
        "bilan_accepte": "Bilan accepté", "bilan_retourne": "Bilan retourné", "bilan_prevu": "Bilan attendu",
        "cloture": "Convention close", "resiliation": "Convention résiliée",
    ]
}

/// The SQL of `funding_event`: rows are added and read, nothing else.
public enum FundingEventStore {
    /// The history of a line, oldest first. The one who asks reads the line in full.
    public static func events(of line: FundingLine.ID, _ reader: Reader) throws -> [FundingEvent] {
        try reader.all(
            """
            SELECT rank, kind, amount_cents, happened_on, words, at, account_id
            FROM funding_event
            WHERE line_id = \(line)
            ORDER BY rank
            """
        ) { row in
            FundingEvent(
                rank: Int(try row.int(0)), kind: try row.text(1), amount: try row.optionalInt(2).map { Int($0) },
                on: CivilDate(iso: try row.text(3)) ?? CivilDate(daysSince1970: 0), words: try row.text(4),
                at: Instant(microseconds: try row.int(5)), account: try row.optionalInt(6).map { Account.ID($0) })
        }
    }

    static func append(
        _ kind: String, amount: Int? = nil, on day: CivilDate, words: String = "", to line: FundingLine,
        by proceeding: Proceeding
    ) throws {
        try proceeding.writer.run(
            """
            INSERT INTO funding_event (line_id, rank, kind, amount_cents, happened_on, words, at, account_id)
            VALUES (\(line.id), \(line.version), \(kind), \(amount), \(day.description), \(words), \(proceeding.now),
                \(proceeding.principal.account))
            """)
    }

    /// What the events of a line fold into: the second way to know what it amounts to.
    static func fold(_ events: [FundingEvent]) throws -> FundingFold {
        var fold = FundingFold()
        for event in events {
            if let step = event.step { try fold.take(step, amount: event.amount) }
        }
        return fold
    }
}
