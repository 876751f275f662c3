import Crypto

/// The six digits that an authenticator shows for half a minute: RFC 6238 over RFC 4226, with HMAC-SHA-1, which is what every such
/// application makes (SHA-1 is not asked to resist collisions here).
enum TimeCode {
    /// How long one code is shown.
    static let span = Instant.Span.seconds(30)
    /// Codes before and after the present one that are taken too: clocks differ, and typing takes time.
    static let leeway: Int64 = 1

    static func step(at now: Instant) -> Int64 { now.seconds / span.seconds }

    /// - Parameter digits: six for everybody; the vectors of the RFC have eight.
    static func text(_ secret: FactorSecret, step: Int64, digits: Int = 6) -> String {
        let counter = withUnsafeBytes(of: UInt64(bitPattern: step).bigEndian) { Array($0) }
        let code = Array(
            HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret.bytes)))
        let offset = Int(code[code.count - 1] & 15)
        let number = code[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let limit = (0..<digits).reduce(UInt32(1)) { limit, _ in limit &* 10 }
        let text = String(number % limit)
        return String(repeating: "0", count: digits - text.utf8.count) + text
    }

    /// The step whose code was typed, among those that count now. All are compared, so that the time says nothing.
    static func step(of typed: SignInCode, _ secret: FactorSecret, at now: Instant) -> Int64? {
        let present = step(at: now)
        var found: Int64?
        for step in (present - leeway)...(present + leeway)
        where Bytes.areEqual(Array(text(secret, step: step).utf8), Array(typed.text.utf8)) {
            found = step
        }
        return found
    }
}

/// The 160 bits that an authenticator and the network share. Printing one shows nothing.
public struct FactorSecret: Sendable, Hashable {
    let bytes: [UInt8]

    static let size = 20

    init(_ surroundings: Surroundings) {
        bytes = surroundings.secret(Self.size)
    }

    init?(bytes: [UInt8]) {
        guard bytes.count == Self.size else { return nil }
        self.bytes = bytes
    }

    /// For samples of views: the secret that no machine draws.
    public static let sample = FactorSecret(zeros: ())

    private init(zeros: Void) {
        bytes = [UInt8](repeating: 0, count: Self.size)
    }

    /// What an authenticator takes typed by hand.
    public var letters: String { Base32.text(bytes) }

    /// The same in groups of four.
    public var grouped: String { Base32.grouped(letters, by: " ") }
}

extension FactorSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "FactorSecret(hidden)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
