import Crypto

/// One of the ten codes printed for the day when the authenticator is lost: 80 bits in sixteen letters, good once.
public struct RecoveryCode: Sendable, Hashable {
    /// Sixteen letters and digits of base 32.
    private let letters: String

    static let count = 10
    private static let size = 10
    private static let length = 16

    init(_ surroundings: Surroundings) {
        letters = Base32.text(surroundings.secret(Self.size))
    }

    /// For samples of views.
    public static let samples = (0..<count).map { RecoveryCode(sample: UInt8($0)) }

    private init(sample number: UInt8) {
        letters = Base32.text([UInt8](repeating: 0, count: Self.size - 1) + [number])
    }

    /// Reads what was typed: any case, spaces and hyphens allowed. Nil when it cannot be one.
    init?(typed: String) {
        guard let normal = Base32.normal(typed, limit: 40), normal.utf8.count == Self.length else { return nil }
        letters = normal
    }

    /// As it is printed.
    public var text: String { Base32.grouped(letters, by: "-") }

    /// SHA-256, as stored: so many bits need no slow hash.
    func hash(for account: Account.ID) -> [UInt8] {
        Array(SHA256.hash(data: Array("recovery \(account.number) \(letters)".utf8)))
    }
}

extension RecoveryCode: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "RecoveryCode(hidden)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
