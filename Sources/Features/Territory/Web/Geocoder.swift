import Maillage
import Markup

/// The network's geocoder (`GEOCODER_URL`), asked by the server alone: no page sends a visitor to it, and it learns an address,
/// never who seeks it.
///
/// The interface is the one of the Base Adresse Nationale and of the Géoplateforme: `GET /search/?q=…&limit=…&postcode=…`.
/// What it answers is kept for a while; when it fails three times in a row it is left alone for half a minute.
public actor Geocoder {
    public enum Outcome: Sendable, Equatable {
        case found(FoundAddress)
        /// It answered, and knows nothing near enough.
        case unknown
        /// None is set, or it is slow, broken or busy.
        case unavailable
    }

    private struct Question: Hashable {
        let text: String
        let postalCode: String
    }

    private let base: String?
    private let agent: String
    private let seconds: Double
    private let now: @Sendable () -> Instant
    private var kept: [Question: (outcome: Outcome, until: Instant)] = [:]
    private var underWay = 0
    private var failures = 0
    private var closedUntil: Instant?
    private var window: (second: Int64, asked: Int) = (0, 0)

    /// Bytes of an answer: a handful of addresses.
    static let largest = 65_536
    /// Below this, what is found is something else than what was sought.
    static let leastScore = 0.5
    static let mostKept = 2_000
    static let life: Instant.Span = .hours(24)
    static let atOnce = 8
    static let perSecond = 20
    static let failuresBeforePause = 3
    static let pause: Instant.Span = .seconds(30)

    /// `seconds`: how long a page may wait for it.
    init(settings: Settings, seconds: Double = 1.5, now: @escaping @Sendable () -> Instant) {
        var base = settings.geocoderURL
        while base?.hasSuffix("/") == true { base?.removeLast() }
        // People paste the address of the search itself.
        if base?.hasSuffix("/search") == true { base?.removeLast("/search".count) }
        self.base = base
        agent = "Maillage (\(settings.baseURL))"
        self.seconds = seconds
        self.now = now
    }

    /// Whether a geocoder is set at all.
    public nonisolated var isSet: Bool { base != nil }

    /// The address that a text means, narrowed by a postal code when one is known.
    public func find(_ text: String, postalCode: String = "") async -> Outcome {
        guard let base else { return .unavailable }
        let question = Question(
            text: Self.plain(text), postalCode: PlainCode.isPostal(postalCode) ? postalCode : "")
        // The national base refuses shorter questions, and those that begin otherwise than a word.
        guard question.text.unicodeScalars.count >= 3, question.text.first.map({ $0.isLetter || $0.isNumber }) == true
        else { return .unknown }
        let moment = now()
        if let known = kept[question], moment < known.until { return known.outcome }
        guard admits(at: moment) else { return .unavailable }
        underWay += 1
        let outcome = await ask(base, question)
        underWay -= 1
        if outcome == .unavailable {
            failures += 1
            if failures >= Self.failuresBeforePause { closedUntil = now() + Self.pause }
            return outcome
        }
        failures = 0
        closedUntil = nil
        if kept.count >= Self.mostKept { kept.removeAll(keepingCapacity: true) }
        kept[question] = (outcome, moment + Self.life)
        return outcome
    }

    private func admits(at moment: Instant) -> Bool {
        if let closedUntil, moment < closedUntil { return false }
        guard underWay < Self.atOnce else { return false }
        if window.second != moment.seconds { window = (moment.seconds, 0) }
        guard window.asked < Self.perSecond else { return false }
        window.asked += 1
        return true
    }

    private nonisolated func ask(_ base: String, _ question: Question) async -> Outcome {
        let query: [(String, String?)] = [
            ("q", question.text), ("limit", "3"), ("postcode", question.postalCode.isEmpty ? nil : question.postalCode),
        ]
        let address = base + "/search" + Link(path: "").adding(query: query).address
        do {
            let bytes = try await OutwardCall.get(
                address, accepting: "application/json", as: agent, atMost: Self.largest, within: seconds)
            guard let found = FoundAddress.read(bytes) else { return .unavailable }
            return found.first.flatMap { $0.score >= Self.leastScore ? .found($0) : nil } ?? .unknown
        } catch .status(let status) where (400..<500).contains(status) && ![401, 403, 404, 408, 429].contains(status) {
            // The question was refused, not the service down.
            return .unknown
        } catch {
            return .unavailable
        }
    }

    /// One line, single spaces, at most the 200 characters that the interface takes.
    private static func plain(_ text: String) -> String {
        let words = text.unicodeScalars.prefix(FoundAddress.longestText).split {
            $0.properties.isWhitespace || $0.properties.generalCategory == .control
        }
        return words.map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
    }
}
