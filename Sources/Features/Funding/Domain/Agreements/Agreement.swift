import Crypto
import Exchange

/// The agreement of a financing line: what each side owes the other, in versions that both sign.
public struct Agreement: Sendable, Equatable {
    public typealias ID = Identifier<Agreement>

    public let id: ID
    public let line: FundingLine.ID
    public let number: String
    public var state: AgreementState
    /// The last version written.
    public var version: Int
    /// The version in force; 0 before the first was signed by both.
    public var activeVersion: Int
    public var activatedOn: CivilDate?
    public var endedOn: CivilDate?
    public var endReason: String
    /// Counts the changes of the agreement itself, for edits made on an old page.
    public var edition: Int

    /// Whether a version is being written or signed after one that is in force.
    public var isBeingAmended: Bool { activeVersion > 0 && activeVersion < version }

    /// What of the money received answers to days that the agreement did not run.
    public struct Unused: Sendable, Equatable {
        public let usedDays: Int
        public let allDays: Int
        /// What was paid and did not come back, in cents.
        public let kept: Int
        public let amount: Int
    }

    /// The part of what was paid that was not used, day by day, of an agreement terminated before its term; nil when nothing is.
    ///
    /// - Parameter text: the version in force.
    public func unused(of fold: FundingFold, text: AgreementVersion) -> Unused? {
        guard state == .terminated, let endedOn, endedOn < text.endsOn else { return nil }
        let kept = fold.paid - fold.returned
        let allDays = text.endsOn.daysSince1970 - text.startsOn.daysSince1970 + 1
        let usedDays = max(endedOn.daysSince1970 - text.startsOn.daysSince1970 + 1, 0)
        guard kept > 0, let amount = Apportionment.unused(of: kept, usedDays: usedDays, allDays: allDays), amount > 0
        else { return nil }
        return Unused(usedDays: usedDays, allDays: allDays, kept: kept, amount: amount)
    }
}

/// What an agreement must say: the content that the law asks above 23,000 € a year (decree 2001-495; law 2000-321, articles 9-1 and
/// 10), and the republican commitment.
public enum AgreementArticle: String, Sendable, CaseIterable {
    case parties
    case object = "objet"
    case amount = "montant"
    case duration = "duree"
    case base = "assiette"
    case payment = "versement"
    case use = "utilisation"
    case indicators = "indicateurs"
    case control = "controle"
    case evaluation
    case restitution
    case commitment = "engagement"
    case publicity = "publicite"

    public var label: String {
        switch self {
        case .parties: "Les parties"
        case .object: "L’objet"
        case .amount: "Le montant"
        case .duration: "La durée"
        case .base: "Les dépenses prises en compte"
        case .payment: "Les modalités de versement"
        case .use: "Les conditions d’utilisation"
        case .indicators: "Les indicateurs"
        case .control: "Le contrôle"
        case .evaluation: "L’évaluation"
        case .restitution: "La restitution des sommes non employées"
        case .commitment: "Le contrat d’engagement républicain"
        case .publicity: "La mention du soutien"
        }
    }

    /// Above this, an agreement is compulsory and its content is that of the law: 23,000 €.
    public static let threshold = 2_300_000

    /// Whether an agreement of this amount cannot be sent to signature without the article.
    public func isRequired(amount: Int) -> Bool {
        switch self {
        case .parties, .object, .amount, .duration, .payment, .restitution: true
        case .use, .control, .evaluation, .commitment, .indicators: amount > Self.threshold
        case .base, .publicity: false
        }
    }
}

/// One version of an agreement: frozen when it is written.
public struct AgreementVersion: Sendable, Equatable {
    public let number: Int
    public let amount: Int
    public let startsOn: CivilDate
    public let months: Int
    public let articles: [AgreementArticle: String]
    /// Why it was written; empty for the first.
    public let reason: String
    public let fingerprint: String
    public let writtenAt: Instant

    /// The last day.
    public var endsOn: CivilDate { AgreementDays.end(startsOn, months: months) }

    /// The articles that lack before it can be signed.
    public var missing: [AgreementArticle] {
        AgreementArticle.allCases.filter { $0.isRequired(amount: amount) && (articles[$0] ?? "").isEmpty }
    }

    /// SHA-256 of all that is signed, each part preceded by its length so that no two contents read alike.
    static func fingerprint(
        agreement: String, number: Int, amount: Int, startsOn: CivilDate, months: Int,
        articles: [AgreementArticle: String], schedule: [InstalmentPlan]
    ) -> String {
        var bytes: [UInt8] = []
        func add(_ text: String) { bytes += Array("\(text.utf8.count):".utf8) + Array(text.utf8) }
        add(agreement)
        for count in [number, amount, months] { add(String(count)) }
        add(startsOn.description)
        for article in AgreementArticle.allCases {
            add(article.rawValue)
            add(articles[article] ?? "")
        }
        for instalment in schedule {
            add(instalment.label)
            add(String(instalment.amount))
            add(instalment.trigger.rawValue)
            add(instalment.dueOn?.description ?? "")
        }
        let digits = Array("0123456789abcdef".utf8)
        let hexadecimal = SHA256.hash(data: bytes).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: hexadecimal, as: UTF8.self)
    }
}

/// The two sides of an agreement.
public enum AgreementSide: String, Sendable, CaseIterable {
    case beneficiary = "beneficiaire"
    case funder = "financeur"

    public var label: String { self == .beneficiary ? "Le bénéficiaire" : "Le financeur" }
}

/// A signature: who, in what capacity, of which version.
public struct AgreementSignature: Sendable, Equatable {
    public let version: Int
    public let side: AgreementSide
    public let account: Account.ID?
    public let quality: String
    public let fingerprint: String
    public let signedAt: Instant
}

/// Days counted in months.
public enum AgreementDays {
    /// The last day of so many months from a day: a year from 15 March ends on 14 March.
    public static func end(_ start: CivilDate, months: Int) -> CivilDate {
        later(start, months: months).adding(days: -1)
    }

    /// The same day so many months later; the last of the month when it has no such day.
    public static func later(_ day: CivilDate, months: Int) -> CivilDate {
        let count = day.year * 12 + day.month - 1 + months
        let (year, month) = (count / 12, count % 12 + 1)
        let last = CivilDate.length(ofMonth: month, year: year)
        return CivilDate(year: year, month: month, day: min(day.day, last)) ?? day
    }
}
