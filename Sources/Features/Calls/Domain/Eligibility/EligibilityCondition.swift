/// One condition a candidate must meet, said as data so that it can be checked, explained and frozen with the dossier.
public struct EligibilityCondition: Sendable, Equatable {
    public var predicate: Predicate
    /// A condition that is not met prevents the deposit; others are only pointed at.
    public var isBlocking: Bool
    /// What the organiser adds in its own words.
    public var words: String

    public init(_ predicate: Predicate, isBlocking: Bool = true, words: String = "") {
        self.predicate = predicate
        self.isBlocking = isBlocking
        self.words = words
    }

    /// What is checked. Codes are those of the territorial register and of `ReferenceList`.
    public enum Predicate: Sendable, Equatable {
        /// The project stands in one of the areas, read in an edition of the register, on a day (ISO, empty for the day of
        /// the check).
        case territory([CallTerritory.Area], edition: String, readOn: String)
        /// The commune belongs to a zoning, in any edition in force when `edition` is empty.
        case zoning(kind: String, edition: String)
        /// The structure has one of these legal forms (`ReferenceList.legalForms`).
        case legalForm([String])
        /// The structure was created at least so many months ago.
        case age(months: Int)
        /// The project is at one of these stages (`ReferenceList.maturities`).
        case maturity([String])
        /// The place has its sheet in the register of the network.
        case registered
        /// The amount asked for, in cents; nil on a side without a limit.
        case amount(floor: Int?, ceiling: Int?)
        /// A SIRET whose check digits hold.
        case siret
        /// All public aids together are at most this share of the plan, in basis points.
        case publicAid(atMost: Int)

        public var kind: Kind {
            switch self {
            case .territory: .territory
            case .zoning: .zoning
            case .legalForm: .legalForm
            case .age: .age
            case .maturity: .maturity
            case .registered: .registered
            case .amount: .amount
            case .siret: .siret
            case .publicAid: .publicAid
            }
        }
    }

    public enum Kind: String, Sendable, CaseIterable {
        case territory = "territoire"
        case zoning = "zonage"
        case legalForm = "forme"
        case age = "anciennete"
        case maturity = "maturite"
        case registered = "registre"
        case amount = "montant"
        case siret
        case publicAid = "aides"

        public var label: String {
            switch self {
            case .territory: "Territoire du projet"
            case .zoning: "Commune dans un zonage"
            case .legalForm: "Forme juridique"
            case .age: "Ancienneté de la structure"
            case .maturity: "Maturité du projet"
            case .registered: "Lieu inscrit au réseau"
            case .amount: "Montant demandé"
            case .siret: "Numéro SIRET"
            case .publicAid: "Part des aides publiques"
            }
        }
    }
}
