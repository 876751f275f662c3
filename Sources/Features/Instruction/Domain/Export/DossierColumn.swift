import Exchange

/// One column of an export: a key that never changes, a French label, and what stands in it.
public struct DossierColumn: Sendable {
    /// What stands on the line of keys and in addresses: `numero`, `reponse.budget`, `reponse.contact.courriel`.
    public let key: String
    public let label: String
    let cell: @Sendable (DossierLine) -> WorkbookCell

    public func cell(of line: DossierLine) -> WorkbookCell { cell(line) }

    /// Whether it holds an answer of the form.
    public var isAnswer: Bool { key.hasPrefix(DossierLayout.answer) }

    /// What the board knows of each dossier. The keys are public interface: add, never change one.
    static let board: [DossierColumn] = [
        DossierColumn(key: "numero", label: "Récépissé n°") { .integer($0.instruction.number) },
        DossierColumn(key: "dossier", label: "Identifiant") { .text($0.candidacy.id.text) },
        DossierColumn(key: "appel", label: "Appel") { .text($0.call.title) },
        DossierColumn(key: "vague", label: "Vague") { .text($0.call.wave($0.deposit.wave)?.label ?? "") },
        DossierColumn(key: "projet", label: "Projet") { .text($0.candidacy.title) },
        DossierColumn(key: "structure", label: "Structure") { .text($0.candidacy.structure) },
        DossierColumn(key: "siret", label: "SIRET") { .text($0.candidacy.siret) },
        DossierColumn(key: "departement", label: "Département") { .text($0.instruction.departement) },
        DossierColumn(key: "commune", label: "Commune (code INSEE)") { .text($0.instruction.commune) },
        DossierColumn(key: "deposant", label: "Déposé par") { .text($0.depositor) },
        DossierColumn(key: "voie", label: "Voie") { .text(voice(of: $0.candidacy.channel)) },
        DossierColumn(key: "arrivee", label: "Arrivée (heure de Paris)") { time($0.deposit.arrival) },
        DossierColumn(key: "delai", label: "Délai") { .text($0.deposit.verdict.label) },
        DossierColumn(key: "version", label: "Version déposée") { .integer($0.deposit.version) },
        DossierColumn(key: "empreinte", label: "Empreinte du dépôt (SHA-256)") { .text($0.deposit.digest) },
        DossierColumn(key: "etat", label: "État") { .text($0.instruction.state.label) },
        DossierColumn(key: "chez", label: "Chez qui") { .text($0.instruction.holder.label) },
        DossierColumn(key: "instructeur", label: "Instruit par") { .text($0.instructor) },
        DossierColumn(key: "echeance", label: "Échéance, ce jour compris") { line in
            line.instruction.dueAt.map { WorkbookCell.date(DossierDeadline.lastDay($0)) } ?? .empty
        },
        DossierColumn(key: "avis_attendus", label: "Avis attendus") { .integer($0.instruction.openOpinions) },
        DossierColumn(key: "messages_non_lus", label: "Messages non lus") { .integer($0.instruction.unread) },
        DossierColumn(key: "issue_le", label: "Issue donnée le (heure de Paris)") { line in
            line.instruction.decision.map { time($0.at) } ?? .empty
        },
        DossierColumn(key: "motifs", label: "Motifs d’irrecevabilité") { line in
            .text((line.instruction.decision?.reasons ?? []).map(\.label).joined(separator: "; "))
        },
        DossierColumn(key: "motivation", label: "Motivation") { .text($0.instruction.decision?.words ?? "") },
    ]

    private static func time(_ instant: Instant) -> WorkbookCell { .time(CivilZone.paris.local(instant.microseconds)) }

    private static func voice(of channel: Receipt.Channel) -> String {
        switch channel {
        case .online: "En ligne"
        case .post: "Par courrier"
        case .email: "Par courriel"
        }
    }
}

extension WorkbookCell {
    /// As CSV files write it: numbers with a point, days and hours in ISO 8601.
    public var csv: String {
        switch self {
        case .empty: ""
        case .text(let text): text
        case .number(let number): number.isFinite ? String(number) : ""
        case .integer(let number): String(number)
        case .flag(let flag): flag ? "oui" : "non"
        case .date(let date): date.description
        case .time(let time): time.description
        }
    }
}
