import Exchange
import Forms

/// A document of the structure that carries a place, kept once and attached to its candidacies in one press.
public struct SafeDocument: Sendable, Equatable {
    public typealias ID = Identifier<SafeDocument>

    /// What it is. The raw value is stored: never change one that exists.
    public enum Kind: String, Sendable, CaseIterable {
        case statutes = "statuts"
        case registration = "declaration"
        case bankDetails = "rib"
        case accounts = "comptes"
        case budget = "budget"
        case insurance = "assurance"
        case officers = "dirigeants"
        case minutes = "proces_verbal"
        case dues = "attestation_sociale"
        case commitment = "engagement_republicain"
        case lease = "bail"
        case other = "autre"

        public var label: String {
            switch self {
            case .statutes: "Statuts"
            case .registration: "Récépissé de déclaration, extrait du registre"
            case .bankDetails: "RIB"
            case .accounts: "Comptes annuels"
            case .budget: "Budget prévisionnel"
            case .insurance: "Attestation d’assurance"
            case .officers: "Liste des dirigeants"
            case .minutes: "Procès-verbal d’assemblée"
            case .dues: "Attestation fiscale ou sociale"
            case .commitment: "Contrat d’engagement républicain"
            case .lease: "Bail ou titre d’occupation"
            case .other: "Autre document"
            }
        }
    }

    public let id: ID
    public let place: Place.ID
    public var kind: Kind
    public let name: String
    public let family: FileFamily
    /// In bytes.
    public let size: Int
    public let digest: FileDigest
    /// The date it bears.
    public var datedOn: CivilDate?
    /// The last day it serves; nil when it serves until it is replaced.
    public var validUntil: CivilDate?
    public let addedAt: Instant
    public let addedBy: Account.ID?

    public func isExpired(on today: CivilDate) -> Bool { validUntil.map { $0 < today } ?? false }

    /// Within how many days an end is said to be near.
    static let warning = 30

    public func expiresSoon(on today: CivilDate) -> Bool {
        guard let validUntil, !isExpired(on: today) else { return false }
        return validUntil.daysSince1970 - today.daysSince1970 <= Self.warning
    }
}

/// Who may know of the safe of a place: those who answer for the place, and nobody else, whatever they are in the network
/// (ATT-14). Pure.
public enum SafeRights {
    public static func keeps(_ principal: Principal, _ place: Place.ID) -> Bool {
        principal.account != nil && principal.holds([.placeManager], on: Scope(.place, place.number))
    }

    /// The places whose safe the principal keeps.
    public static func places(_ principal: Principal) -> [Place.ID] {
        guard principal.account != nil else { return [] }
        return Set(principal.subjects(of: .place, holding: [.placeManager]).map { Place.ID($0) }).sorted()
    }
}

/// How much a safe holds.
public enum SafeLimits {
    public static let mostDocuments = 80
    public static let mostBytes = 300_000_000
    /// Bytes of one document.
    public static let longest = 20_000_000
}
