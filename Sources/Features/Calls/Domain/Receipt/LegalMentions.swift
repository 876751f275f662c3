import Exchange

/// What a public body must say when it acknowledges receipt: Code des relations entre le public et l'administration,
/// art. R112-11-1. A call has them when its organiser is subject to it.
public struct LegalMentions: Sendable, Hashable {
    /// The service in charge of the dossier.
    public var service: String
    public var postalAddress: String
    public var email: String
    public var phone: String
    /// What silence will mean, and from which day: `silenceWords`.
    public var silence: String
    /// Ways and delays of appeal, when they must be told.
    public var appeal: String?

    public init(
        service: String, postalAddress: String, email: String, phone: String, silence: String, appeal: String? = nil
    ) {
        self.service = service
        self.postalAddress = postalAddress
        self.email = email
        self.phone = phone
        self.silence = silence
        self.appeal = appeal
    }

    /// What the silence of the administration means after some months.
    public enum Silence: Sendable, Hashable {
        /// The rule for a request of money: art. L231-4, 3°.
        case rejects
        case accepts
    }

    /// `À défaut de réponse avant le 17 décembre 2020, votre demande sera considérée comme rejetée.`
    ///
    /// - Parameter months: counted from day to day from the arrival; the last day of a shorter month closes it.
    public static func silenceWords(
        _ meaning: Silence, months: Int, from arrival: Instant, zone: CivilZone = .paris
    ) -> String {
        let day = zone.local(arrival.microseconds).date
        let count = day.month - 1 + min(max(months, 1), 240)
        let (year, month) = (day.year + count / 12, count % 12 + 1)
        let last = CivilDate.length(ofMonth: month, year: year)
        let end = CivilDate(year: year, month: month, day: min(day.day, max(last, 1))) ?? day
        let result = meaning == .rejects ? "rejetée" : "acceptée"
        return "À défaut de réponse le \(DeadlineClock.date(end)) au plus tard, votre demande sera considérée comme "
            + result + "."
    }
}
