import Storage

/// One thing that happened to a dossier during its instruction, as those who instruct read it. The journal seals the same acts.
public struct InstructionEvent: Sendable, Equatable {
    public typealias ID = Identifier<InstructionEvent>

    public enum Kind: String, Sendable, CaseIterable {
        case opened = "ouverte"
        case assigned = "confiee"
        case released = "rendue"
        case dueSet = "echeance"
        case checked = "controlee"
        case admissible = "recevable"
        case inadmissible = "irrecevable"
        case reopened = "rouverte"
        case asked = "complements"
        case answered = "complements_recus"
        case expired = "complements_expires"
        case cancelled = "complements_annules"
        case opinionAsked = "avis_demande"
        case opinionGiven = "avis_rendu"
        case opinionWithdrawn = "avis_retire"
        case opinionExpired = "avis_expire"
        case withdrawn = "retiree"
        case restored = "redeposee"

        public var label: String {
            switch self {
            case .opened: "Instruction ouverte"
            case .assigned: "Dossier confié"
            case .released: "Dossier sans instructeur"
            case .dueSet: "Échéance fixée"
            case .checked: "Contrôle de recevabilité enregistré"
            case .admissible: "Dossier recevable"
            case .inadmissible: "Dossier irrecevable"
            case .reopened: "Instruction rouverte"
            case .asked: "Compléments demandés"
            case .answered: "Compléments reçus"
            case .expired: "Compléments non reçus à temps"
            case .cancelled: "Demande de compléments retirée"
            case .opinionAsked: "Avis demandé"
            case .opinionGiven: "Avis rendu"
            case .opinionWithdrawn: "Demande d’avis retirée"
            case .opinionExpired: "Avis non rendu à temps"
            case .withdrawn: "Candidature retirée"
            case .restored: "Candidature déposée à nouveau"
            }
        }
    }

    public let id: ID
    public let candidacy: Candidacy.ID
    public let kind: Kind
    public let at: Instant
    /// Who did it; nil for the program.
    public let actor: Account.ID?
    /// Whom it concerned: the new instructor.
    public let account: Account.ID?
    public let words: String
}

/// The SQL of `instruction_event`. Rows are added and read.
public enum InstructionEventStore {
    /// Of a dossier, the newest first. The one who asks instructs it.
    static func events(of candidacy: Candidacy.ID, _ reader: Reader) throws -> [InstructionEvent] {
        try reader.all(
            """
            SELECT id, candidacy_id, kind, at, actor_id, account_id, words
            FROM instruction_event
            WHERE candidacy_id = \(candidacy)
            ORDER BY at DESC, id DESC
            LIMIT 500
            """
        ) { row in
            InstructionEvent(
                id: InstructionEvent.ID(try row.int(0)), candidacy: Candidacy.ID(try row.int(1)),
                kind: InstructionEvent.Kind(rawValue: try row.text(2)) ?? .checked,
                at: Instant(microseconds: try row.int(3)), actor: try row.optionalInt(4).map { Account.ID($0) },
                account: try row.optionalInt(5).map { Account.ID($0) }, words: try row.text(6))
        }
    }

    static func add(
        _ kind: InstructionEvent.Kind, to candidacy: Candidacy.ID, account: Account.ID? = nil, words: String = "",
        _ proceeding: Proceeding
    ) throws {
        let id: InstructionEvent.ID = proceeding.newIdentifier()
        try proceeding.writer.run(
            """
            INSERT INTO instruction_event (id, candidacy_id, kind, at, actor_id, account_id, words)
            VALUES (\(id), \(candidacy), \(kind.rawValue), \(proceeding.now), \(proceeding.principal.account),
                \(account), \(words))
            """)
    }
}
