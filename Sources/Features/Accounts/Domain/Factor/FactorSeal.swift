import Crypto

/// What the database keeps of a second factor is sealed (ChaCha20-Poly1305), for its account only, under a key of the data directory:
/// a copy of the database alone makes no code.
public struct FactorSeal: Sendable {
    private let key: SymmetricKey

    /// - Parameter key: 32 bytes, the same on every node of a network.
    public init(key: [UInt8]) {
        self.key = SymmetricKey(data: key)
    }

    func seal(_ secret: FactorSecret, for account: Account.ID, _ surroundings: Surroundings) throws -> [UInt8] {
        let nonce = try ChaChaPoly.Nonce(data: surroundings.secret(12))
        let box = try ChaChaPoly.seal(secret.bytes, using: key, nonce: nonce, authenticating: Self.name(account))
        return Array(box.combined)
    }

    /// Nil when it was sealed under another key or for another account: no code is then right, and recovery codes still serve.
    func open(_ sealed: [UInt8], for account: Account.ID) -> FactorSecret? {
        do {
            let box = try ChaChaPoly.SealedBox(combined: sealed)
            return FactorSecret(
                bytes: Array(try ChaChaPoly.open(box, using: key, authenticating: Self.name(account))))
        } catch {
            return nil
        }
    }

    private static func name(_ account: Account.ID) -> [UInt8] { Array("second factor \(account.number)".utf8) }
}
