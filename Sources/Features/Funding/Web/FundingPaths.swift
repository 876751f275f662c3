import Maillage

extension Paths {
    public static let funding = "/financements"
    static func decidedGrants(_ slug: String) -> String { path("appels", slug, "aides") }
    static let newFunding = "/financements/nouveau"
    static let funders = "/financements/financeurs"
    static let envelopes = "/financements/enveloppes"
    static let fundingPublication = "/financements/publication"
    static let fundingReports = "/financements/bilans"
    static let paymentOrders = "/financements/mandats.csv"
    public static let flows = "/flux"

    public static func funding(_ line: FundingLine.ID) -> String { path("financements", line.text) }

    /// A page of a line: its description, its agreement, its reports…
    static func funding(_ line: FundingLine.ID, _ page: FundingPage) -> String {
        path("financements", line.text, page.rawValue)
    }

    static func fundingAct(_ line: FundingLine.ID, _ page: FundingPage, _ act: String) -> String {
        path("financements", line.text, page.rawValue, act)
    }

    static func funder(_ funder: Funder.ID, _ act: String) -> String {
        path("financements", "financeurs", funder.text, act)
    }

    static func envelope(_ envelope: FundingEnvelope.ID) -> String { path("financements", "enveloppes", envelope.text) }

    /// The list narrowed to some lines.
    static func funding(
        funder: Funder.ID? = nil, state: FundingState? = nil, year: Int? = nil, envelope: FundingEnvelope.ID? = nil
    ) -> String {
        path(
            "financements",
            query: [
                ("financeur", funder?.text), ("etat", state?.rawValue), ("annee", year.map(String.init)),
                ("enveloppe", envelope?.text),
            ])
    }

    static func flows(year: Int?) -> String { path("flux", query: [("annee", year.map(String.init))]) }
}

/// The pages below a line's own, by the next segment of their address.
enum FundingPage: String, Sendable {
    case edit = "modifier"
    case step = "etape"
    case agreement = "convention"
    case instalments = "echeances"
    case account = "compte"
    case shares = "parts"
    case reports = "bilans"
    case publication
}
