import Exchange

/// What an organiser states to somebody who deposited: what arrived, when, against which limit. Signed by the server
/// (`ReceiptKeys.sign`), it can be verified years later without it.
///
/// Contents: the mentions of article R112-11-1 of the Code des relations entre le public et l'administration when the call
/// is subject to it, and the five of the arrêté of 22 March 2019 on electronic procurement (who, for whom, what, when, which
/// documents). A receipt proves integrity and the server's statement; it proves nobody's identity.
public struct Receipt: Sendable, Hashable {
    /// How the deposit came.
    public enum Channel: String, Sendable, CaseIterable {
        case online
        /// By post, recorded by an agent.
        case post
        /// By e-mail, recorded by an agent.
        case email
    }

    public enum Verdict: String, Sendable, CaseIterable {
        case onTime = "on_time"
        /// Kept, and decided upon in writing.
        case late
        /// The clock was in doubt when it arrived: a person decides.
        case toConfirm = "to_confirm"
        /// The call has no limit.
        case unlimited
    }

    /// The call and the rules that were shown.
    public struct Call: Sendable, Hashable {
        public var slug: String
        public var title: String
        /// Version of the rules, from 1.
        public var rulesVersion: Int
        public var rulesFingerprint: Fingerprint
        public var wave: String?

        public init(slug: String, title: String, rulesVersion: Int, rulesFingerprint: Fingerprint, wave: String? = nil)
        {
            self.slug = slug
            self.title = title
            self.rulesVersion = rulesVersion
            self.rulesFingerprint = rulesFingerprint
            self.wave = wave
        }
    }

    /// One deposited file.
    public struct File: Sendable, Hashable {
        /// As its owner named it.
        public var name: String
        /// Bytes.
        public var size: Int
        public var fingerprint: Fingerprint

        public init(name: String, size: Int, fingerprint: Fingerprint) {
            self.name = name
            self.size = size
            self.fingerprint = fingerprint
        }
    }

    /// The limit as it stood, in the words of the call.
    public struct Limit: Sendable, Hashable {
        public var instant: Instant
        public var zone: String
        public var words: String

        public init(_ deadline: Deadline) {
            instant = deadline.limit
            zone = deadline.zone.identifier
            words = deadline.words
        }

        init(instant: Instant, zone: String, words: String) {
            self.instant = instant
            self.zone = zone
            self.words = words
        }
    }

    /// The identifier of the receipt, in its written form.
    public var id: String
    /// The deposit's number within the call, without gaps, from 1.
    public var number: Int
    /// Name and address of the network that signs.
    public var network: String
    public var address: String
    public var call: Call
    /// The identifier of the candidacy, in its written form.
    public var candidacy: String
    /// Version of the deposited candidacy, from 1.
    public var version: Int
    public var depositor: String
    public var structure: String?
    public var channel = Channel.online
    /// When the last byte of the deposit had been read.
    public var arrival: Instant
    /// The arrival as people read it, by the clocks of the call.
    public var arrivalWords: String
    public var limit: Limit?
    public var verdict: Verdict
    public var files: [File]
    /// Of the answers in canonical form.
    public var answersFingerprint: Fingerprint
    /// Of the document made of them, when one was.
    public var documentFingerprint: Fingerprint?
    public var legal: LegalMentions?
    /// Of the last published head of receipts: it ties this one to what came before.
    public var previousHead: Fingerprint?
    public var issuedAt: Instant
    /// The identifier of the key that signs; `ReceiptKeys.sign` writes it.
    public internal(set) var key = ""

    /// A receipt whose verdict follows from the instants: before the limit or not. Texts are put in Unicode form C.
    public init(
        id: String, number: Int, network: String, address: String, call: Call, candidacy: String, version: Int,
        depositor: String, structure: String?, arrival: Instant, deadline: Deadline?, zone: CivilZone = .paris,
        files: [File], answersFingerprint: Fingerprint, issuedAt: Instant
    ) {
        self.id = id
        self.number = number
        self.network = network
        self.address = address
        self.call = call
        self.candidacy = candidacy
        self.version = version
        self.depositor = depositor
        self.structure = structure
        self.arrival = arrival
        arrivalWords = Self.words(of: arrival, deadline?.zone ?? zone)
        limit = deadline.map(Limit.init)
        verdict = deadline.map { $0.accepts(arrival: arrival) ? .onTime : .late } ?? .unlimited
        self.files = files
        self.answersFingerprint = answersFingerprint
        self.issuedAt = issuedAt
    }

    /// `vendredi 16 octobre 2020 à 23 h 41 min 07 s (heure de Paris)`: to the second, rounded down.
    public static func words(of instant: Instant, _ zone: CivilZone) -> String {
        let second = Instant(seconds: instant.seconds)
        let local = zone.local(second.microseconds)
        return "\(DeadlineClock.day(local.date)) à \(DeadlineClock.time(local, hasSeconds: true))"
            + DeadlineClock.season(second, zone) + " (\(DeadlineZones.name(zone)))"
    }

    /// `déposé dans les délais`, `déposé hors délai`…: the verdict as people read it.
    public var verdictWords: String {
        switch verdict {
        case .onTime: "déposé dans les délais"
        case .late: "déposé hors délai"
        case .toConfirm: "délai à confirmer"
        case .unlimited: "appel sans date limite"
        }
    }

    /// Whether the verdict is the one that the instants give. A doubt of the clock contradicts nothing.
    var isVerdictCoherent: Bool {
        switch verdict {
        case .onTime: limit.map { arrival < $0.instant } ?? false
        case .late: limit.map { arrival >= $0.instant } ?? false
        case .toConfirm: limit != nil
        case .unlimited: limit == nil
        }
    }
}
