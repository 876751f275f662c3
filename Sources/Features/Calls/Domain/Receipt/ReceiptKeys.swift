import Crypto
import Exchange

/// The key that signs receipts, and every public key there has been. Loaded at start, passed and never global.
public struct ReceiptKeys: Sendable {
    private let signer: Curve25519.Signing.PrivateKey
    /// The key in use.
    public let current: ReceiptPublicKey
    /// Every key, the oldest first, the one in use last.
    public let all: [ReceiptPublicKey]

    /// Loads the keys of `<data>/keys`; makes the folder and a first key when there is none. Throws `ReceiptKeyProblem`.
    ///
    /// - Parameter secret: bytes that nobody can guess: `Surroundings.secret`.
    public static func load(
        dataDirectory: String, now: Instant, secret: (_ count: Int) -> [UInt8]
    ) throws -> ReceiptKeys {
        let folder = try ReceiptKeyFolder(dataDirectory + "/keys")
        let publics = try folder.publicKeys()
        for key in publics.reversed() {
            guard let seed = try folder.seed(of: key.id) else { continue }
            return try ReceiptKeys(seed: seed, publics: publics, current: key.id)
        }
        return try make(in: folder, now: now, secret: secret)
    }

    /// The public keys of a data directory, without making any nor reading a private one.
    public static func published(dataDirectory: String) throws -> [ReceiptPublicKey] {
        let path = dataDirectory + "/keys"
        return ReceiptKeyFolder.exists(path) ? try ReceiptKeyFolder(path).publicKeys() : []
    }

    /// Makes a new key that signs from now on, and forgets the private part of the one before. Every public key stays.
    ///
    /// The running server signs with the key it loaded: rotate while it is stopped, or load again.
    public static func rotate(
        dataDirectory: String, now: Instant, secret: (_ count: Int) -> [UInt8]
    ) throws -> ReceiptKeys {
        let folder = try ReceiptKeyFolder(dataDirectory + "/keys")
        let former = try folder.publicKeys().map(\.id)
        let keys = try make(in: folder, now: now, secret: secret)
        for id in former { try folder.forgetSeed(of: id) }
        return keys
    }

    private static func make(
        in folder: ReceiptKeyFolder, now: Instant, secret: (_ count: Int) -> [UInt8]
    ) throws -> ReceiptKeys {
        let seed = secret(32)
        guard let signer = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed),
            let key = ReceiptPublicKey(bytes: Array(signer.publicKey.rawRepresentation), from: now)
        else { throw ReceiptKeyProblem("no key can be made of what chance gave") }
        // The public part first: a key never signs before anybody could know it.
        try folder.keep(key)
        try folder.keep(seed: seed, of: key.id)
        return try ReceiptKeys(seed: seed, publics: try folder.publicKeys(), current: key.id)
    }

    private init(seed: [UInt8], publics: [ReceiptPublicKey], current: String) throws {
        guard let signer = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed),
            let key = publics.first(where: { $0.id == current }),
            Array(signer.publicKey.rawRepresentation) == key.bytes
        else { throw ReceiptKeyProblem("the private key \(current) is not that of its public key") }
        self.signer = signer
        self.current = key
        all = publics
    }

    /// Signs a receipt. Throws when a number in it is beyond what JSON keeps, or it is longer than `Receipt.longest`.
    public func sign(_ receipt: Receipt) throws -> SignedReceipt {
        var receipt = receipt
        receipt.key = current.id
        let value = receipt.json
        let bytes = try CanonicalJSON.bytes(of: value)
        guard bytes.count <= Receipt.longest, receipt.files.count <= Receipt.mostFiles else {
            throw SignedReceipt.Problem.tooLong
        }
        // What others will read: texts in form C.
        guard let read = Receipt(json: value, writtenAs: bytes) else { throw SignedReceipt.Problem.malformed }
        return SignedReceipt(receipt: read, signedBytes: bytes, signature: try signature(of: bytes))
    }

    func signature(of bytes: [UInt8]) throws -> [UInt8] {
        Array(try signer.signature(for: bytes))
    }
}

/// Why the keys cannot be used: the start stops.
public struct ReceiptKeyProblem: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
