import Exchange

/// One financing: a funder, a form, a beneficiary, an object, a year, and where the money stands.
public struct FundingLine: Sendable, Equatable {
    public typealias ID = Identifier<FundingLine>

    public let id: ID
    public var facts: FundingFacts
    public var fold: FundingFold
    /// The days of the stages, ISO; nil for those not reached.
    public var days = FundingDays()
    /// Counts the events.
    public var version: Int
    public let createdAt: Instant
    public let createdBy: Account.ID?
    public var updatedAt: Instant
    /// Since when everybody reads it (FUND-9).
    public var publishedAt: Instant?

    public var state: FundingState { fold.state }

    /// The share of the base that was granted, or asked when nothing was, in basis points; nil without a base.
    public var ratePoints: Int? {
        guard let base = facts.base, base > 0 else { return nil }
        let amount = fold.granted > 0 ? fold.granted : fold.asked
        return amount > 0 ? amount.multipliedReportingOverflow(by: 10_000).partialValue / base : nil
    }
}

/// The day of each stage.
public struct FundingDays: Sendable, Equatable {
    public var asked: CivilDate?
    public var granted: CivilDate?
    public var agreed: CivilDate?
    /// The last payment.
    public var paid: CivilDate?
    /// When the line ended: settled, refused or returned.
    public var settled: CivilDate?

    mutating func mark(_ step: FundingStep, on day: CivilDate) {
        switch step {
        case .ask: asked = day
        case .grant: granted = day
        case .agree: agreed = day
        case .pay: paid = day
        case .settle, .refuse, .repay: settled = day
        case .amend: break
        }
    }
}

/// What a line says of itself beside money.
public struct FundingFacts: Sendable, Equatable {
    public var funder: Funder.ID
    public var envelope: FundingEnvelope.ID?
    public var call: Call.ID?
    public var candidacy: Candidacy.ID?
    public var place: Place.ID?
    /// The structure that receives; a person's name when `isPerson`, which is never shown to the public.
    public var beneficiary: String
    public var siret = ""
    public var rna = ""
    public var isPerson = false
    /// « Fabrique de territoire », « DSIL »…
    public var scheme = ""
    public var form = Form.grant
    public var purpose = Purpose.unsaid
    public var object: String
    public var year: Int
    /// Falls under the European rule on small aids.
    public var isDeMinimis = false
    /// The expenses the aid is counted on, in cents.
    public var base: Int?
    /// The number of the decision.
    public var reference = ""

    public init(funder: Funder.ID, beneficiary: String, object: String, year: Int) {
        self.funder = funder
        self.beneficiary = beneficiary
        self.object = object
        self.year = year
    }

    public enum Form: String, Sendable, CaseIterable {
        case grant = "subvention"
        case inKind = "nature"
        case loan = "pret"
        case guarantee = "garantie"
        case equity = "apport"

        public var label: String {
            switch self {
            case .grant: "Subvention"
            case .inKind: "Aide en nature"
            case .loan: "Prêt"
            case .guarantee: "Garantie"
            case .equity: "Apport"
            }
        }

        /// Whether the law on subsidies speaks of it (open data, agreements above 23,000 €).
        public var isSubsidy: Bool { self == .grant || self == .inKind }
    }

    public enum Purpose: String, Sendable, CaseIterable {
        case unsaid = ""
        case running = "fonctionnement"
        case investment = "investissement"

        public var label: String {
            switch self {
            case .unsaid: "Non précisé"
            case .running: "Fonctionnement"
            case .investment: "Investissement"
            }
        }
    }

    /// Cleaned, with what is wrong of it said by field.
    func canonical(_ problems: inout Problems) -> FundingFacts {
        var clean = self
        clean.beneficiary = TextForm.oneLine(beneficiary)
        if clean.beneficiary.isEmpty { problems.add("beneficiaire", "Dites qui reçoit cette aide.") }
        if clean.beneficiary.count > 200 { problems.add("beneficiaire", "Ce nom passe 200 caractères.") }
        clean.object = TextForm.oneLine(object)
        if clean.object.isEmpty { problems.add("objet", "Dites à quoi sert cette aide.") }
        if clean.object.count > 256 {
            problems.add("objet", "L’objet compte \(clean.object.count) caractères\u{202F}; le maximum est de 256.")
        }
        clean.scheme = TextForm.oneLine(scheme)
        if clean.scheme.count > 200 { problems.add("dispositif", "Ce nom passe 200 caractères.") }
        clean.reference = TextForm.oneLine(reference)
        if clean.reference.count > 100 { problems.add("reference", "Cette référence passe 100 caractères.") }
        clean.siret = FundingText.digits(siret)
        if !clean.siret.isEmpty, !OfficialNumbers.isSIRET(clean.siret) {
            problems.add(
                "siret", "Ce numéro n’est pas un SIRET\u{202F}: quatorze chiffres, le dernier contrôle les autres.")
        }
        clean.rna = TextForm.oneLine(rna).uppercased()
        if !clean.rna.isEmpty, !OfficialNumbers.isRNA(clean.rna) {
            problems.add("rna", "Un numéro RNA est un W suivi de neuf chiffres.")
        }
        if !(1990...2100).contains(year) { problems.add("annee", "Cette année n’est pas possible.") }
        if let base, !(1...FundingFold.most).contains(base) {
            problems.add("assiette", "Ce montant n’est pas possible.")
        }
        return clean
    }
}

/// Small readings that the room shares.
enum FundingText {
    /// The text without the blanks people put between groups of digits.
    static func digits(_ text: String) -> String {
        String(text.unicodeScalars.filter { !$0.properties.isWhitespace }.map(Character.init))
    }

    /// A line of at most `limit` characters; says what is wrong under `field`.
    static func line(_ text: String, _ field: String, limit: Int = 300, _ problems: inout Problems) -> String {
        let clean = TextForm.oneLine(text)
        if clean.count > limit {
            problems.add(field, "Ce texte compte \(clean.count) caractères\u{202F}; le maximum est de \(limit).")
        }
        return clean
    }

    /// Paragraphs of at most `limit` characters.
    static func long(_ text: String, _ field: String, limit: Int = 20_000, _ problems: inout Problems) -> String {
        let clean = TextForm.paragraphs(text)
        if clean.count > limit {
            problems.add(field, "Ce texte compte \(clean.count) caractères\u{202F}; le maximum est de \(limit).")
        }
        return clean
    }

    /// `1 234,56 €`, for the sentences of refusals.
    static func euros(_ cents: Int) -> String {
        let (whole, rest) = (cents.magnitude / 100, cents.magnitude % 100)
        let digits = Array(String(whole).utf8)
        var text = cents < 0 ? "\u{2212}" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "\u{202F}" }
            text.unicodeScalars.append(Unicode.Scalar(digit))
        }
        if rest > 0 { text += rest < 10 ? ",0\(rest)" : ",\(rest)" }
        return text + "\u{A0}€"
    }

    /// The day it is in Paris.
    static func today(_ now: Instant) -> CivilDate { CivilZone.paris.local(now.microseconds).date }
}
