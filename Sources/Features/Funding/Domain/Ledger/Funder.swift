/// An organisation that gives money: the State, a Region, a foundation…
public struct Funder: Sendable, Equatable {
    public typealias ID = Identifier<Funder>

    public enum Kind: String, Sendable, CaseIterable {
        case state = "etat"
        case region
        case departement
        case intercommunality = "intercommunalite"
        case commune
        case europe
        case bank = "banque"
        case foundation = "fondation"
        case other = "autre"

        public var label: String {
            switch self {
            case .state: "État"
            case .region: "Région"
            case .departement: "Département"
            case .intercommunality: "Intercommunalité"
            case .commune: "Commune"
            case .europe: "Union européenne"
            case .bank: "Banque publique"
            case .foundation: "Fondation"
            case .other: "Autre"
            }
        }
    }

    public let id: ID
    public let name: String
    public let kind: Kind
    /// Empty when it is not known; the open data need it.
    public let siret: String
    public let createdAt: Instant
    public let createdBy: Account.ID?
}
