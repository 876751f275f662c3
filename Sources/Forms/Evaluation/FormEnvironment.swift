import Exchange

/// What a form reads besides its answers.
public struct FormEnvironment: Sendable, Equatable {
    /// Key of the maturity of the candidacy. While it is nil, nothing is hidden for being meant for others.
    public var maturity: String?
    /// Key of the legal form of who carries the candidacy.
    public var legalForm: String?
    /// INSEE code of the commune of the place that applies, when one does.
    public var placeCommune: String?
    public var today: CivilDate?
    /// Communes (INSEE codes) of each zoning that conditions may name. A zoning that is not here is unknown.
    public var zonings: [String: Set<String>]

    public init(
        maturity: String? = nil, legalForm: String? = nil, today: CivilDate? = nil,
        zonings: [String: Set<String>] = [:],
        placeCommune: String? = nil
    ) {
        self.maturity = maturity
        self.legalForm = legalForm
        self.today = today
        self.zonings = zonings
        self.placeCommune = placeCommune
    }
}
