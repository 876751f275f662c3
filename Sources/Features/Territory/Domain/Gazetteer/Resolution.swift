/// What a name, a postal code and a code mean together, and what had to be put right to know it.
public struct Resolution: Sendable, Equatable {
    public enum Outcome: Sendable, Equatable {
        case found(Commune)
        /// Several communes fit, and nothing says which.
        case ambiguous([Commune])
        case unknown
    }

    /// What was not as the register has it.
    public enum Repair: Sendable, Hashable {
        /// The code or the postal code had lost its leading zero.
        case lostZero(restored: String)
        /// A CEDEX delivers to firms: the commune is that of its city.
        case cedex
        /// The city was named, and its postal code says which of its districts.
        case district
        /// The code is of a commune that another took over.
        case formerCode(String)
        /// The name is one that the commune, or one it took over, bore before.
        case formerName(now: String)
        case misspelt(meant: String)
        /// The postal code serves other communes; the name decided.
        case postalCodeOfAnother
        /// The name is not the commune's; the code decided.
        case nameOfAnother(now: String)
        /// No name was given, and the postal code serves one commune only.
        case fromPostalCode
    }

    public let outcome: Outcome
    public let repairs: [Repair]
    /// The postal code, with its leading zero.
    public let postalCode: String

    public var commune: Commune? { if case .found(let commune) = outcome { commune } else { nil } }
}
