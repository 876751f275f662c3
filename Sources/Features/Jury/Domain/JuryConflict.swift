/// Something that ties a juror to a dossier: declared by them, or found. Until it is set aside it keeps them from the dossier.
public struct JuryConflict: Sendable, Equatable {
    public typealias ID = Identifier<JuryConflict>

    public enum Nature: String, Sendable, CaseIterable {
        /// Takes part in the candidacy itself: then kept from every dossier of the call (JURY-9).
        case team = "equipe"
        case place = "lieu"
        case structure
        case consortium
        case domain = "domaine"
        case governance = "gouvernance"
        case employment = "emploi"
        case office = "mandat"
        case family = "famille"
        case other = "autre"

        public var label: String {
            switch self {
            case .team: "Participe à la candidature"
            case .place: "Tient le lieu qui candidate"
            case .structure: "Même structure"
            case .consortium: "Partenaire du consortium"
            case .domain: "Même organisation, d’après les adresses électroniques"
            case .governance: "Siège dans une instance de la structure"
            case .employment: "Y travaille ou y a travaillé"
            case .office: "Mandat d’élu qui s’y rattache"
            case .family: "Lien familial ou personnel"
            case .other: "Autre lien"
            }
        }

        /// What a juror may declare; the others are found.
        public static let declared: [Nature] = [.governance, .employment, .office, .family, .structure, .other]
    }

    public enum State: String, Sendable, CaseIterable {
        case waiting = "a_decider"
        case confirmed = "confirme"
        case dismissed = "ecarte"

        public var label: String {
            switch self {
            case .waiting: "À décider"
            case .confirmed: "Conflit"
            case .dismissed: "Pas un conflit"
            }
        }
    }

    public let id: ID
    public let jury: Jury.ID
    public let member: JuryMember.ID
    public let candidacy: Candidacy.ID
    public let nature: Nature
    /// What was declared, or what it was found from.
    public let words: String
    public let isFound: Bool
    public var state: State
    public let at: Instant
    public var decidedAt: Instant?
    public var decidedBy: Account.ID?
    /// Why it was set aside, or kept.
    public var reason: String

    /// Whether it keeps the juror away now: what waits does too (JURY-8).
    public var keepsAway: Bool { state != .dismissed }
}
