import Crypto

/// What one trip to another service takes along, all drawn from one secret that stays in the browser: the database keeps nothing of it
/// before it comes back (ACC-33).
public struct IdentityJourney: Sendable {
    public let secret: Secret
    /// When it left, in seconds. The state holds it too, so that the browser cannot say another.
    public let leftAt: Int64

    /// How long somebody may stay at the other service.
    public static let lifetime = Instant.Span.minutes(10)

    public init(_ secret: Secret, leftAt: Int64) {
        self.secret = secret
        self.leftAt = leftAt
    }

    /// Ties the answer to this browser.
    public var state: Secret { derived("state") }
    /// Ties the token to this trip.
    public var nonce: String { derived("nonce").text }
    /// What the code is exchanged with (RFC 7636); its SHA-256 left before.
    public var verifier: String { derived("verifier").text }

    /// Whether an answer still counts.
    public func isLive(at now: Instant) -> Bool {
        leftAt <= now.seconds && now.seconds - leftAt < Self.lifetime.seconds
    }

    private func derived(_ use: String) -> Secret {
        let words = Array("\(use) \(leftAt)".utf8)
        return Secret(
            bytes: Array(HMAC<SHA256>.authenticationCode(for: words, using: SymmetricKey(data: secret.bytes))))
    }

    /// The challenge of a verifier, method S256.
    public static func challenge(of verifier: String) -> Secret {
        Secret(bytes: Array(SHA256.hash(data: Array(verifier.utf8))))
    }
}
