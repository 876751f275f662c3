import Crypto
import Exchange

/// A key that anybody may verify receipts with, and the time in which the server signed with it.
public struct ReceiptPublicKey: Sendable, Hashable {
    /// The first 16 hexadecimal digits of the SHA-256 of the key's bytes.
    public let id: String
    /// 32 bytes (RFC 8032).
    public let bytes: [UInt8]
    /// The server signs with it from then on.
    public let from: Instant
    /// Its successor signs from then on; nil while it is in use.
    public internal(set) var until: Instant?

    /// Nil unless the bytes are a key.
    public init?(bytes: [UInt8], from: Instant, until: Instant? = nil) {
        guard bytes.count == 32, (try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)) != nil else {
            return nil
        }
        id = Self.name(of: bytes)
        self.bytes = bytes
        self.from = from
        self.until = until
    }

    static func name(of bytes: [UInt8]) -> String {
        String(Fingerprint(of: bytes).text.prefix(16))
    }

    /// Whether the signature is this key's over these bytes.
    public func verifies(_ signature: [UInt8], of content: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else { return false }
        return key.isValidSignature(signature, for: content)
    }

    /// Whether the server signed with this key at that time; five minutes are forgiven, since nodes change keys one after
    /// the other.
    func served(at instant: Instant) -> Bool {
        let slack = Instant.Span.minutes(5)
        return instant >= from - slack && until.map { instant <= $0 + slack } ?? true
    }

    // MARK: PEM

    /// The bytes of a SubjectPublicKeyInfo (RFC 8410) that come before those of the key.
    private static let prefix: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]
    private static let head = "-----BEGIN PUBLIC KEY-----"
    private static let foot = "-----END PUBLIC KEY-----"

    /// The key as `openssl pkeyutl -pubin` reads it.
    public var pem: String {
        "\(Self.head)\n\(Base64Text.encode(Self.prefix + bytes))\n\(Self.foot)\n"
    }

    /// The bytes of a key written as PEM; nil when it is not one Ed25519 key.
    static func bytes(pem: String) -> [UInt8]? {
        let lines = pem.split(whereSeparator: \.isWhitespace).joined()
        let (head, foot) = ("-----BEGINPUBLICKEY-----", "-----ENDPUBLICKEY-----")
        guard lines.hasPrefix(head), lines.hasSuffix(foot), lines.count > head.count + foot.count,
            let der = Base64Text.decode(String(lines.dropFirst(head.count).dropLast(foot.count))),
            der.count == 44, Array(der.prefix(12)) == prefix
        else { return nil }
        return Array(der.suffix(32))
    }

    // MARK: JSON

    var json: JSONValue {
        .object(
            JSONObject([
                .init("algorithm", .string("Ed25519")), .init("from", .string(ReceiptInstant.text(from))),
                .init("id", .string(id)), .init("public_key", .string(Base64Text.encode(bytes))),
                .init("until", until.map { .string(ReceiptInstant.text($0)) } ?? .null),
            ]))
    }

    init?(json value: JSONValue) {
        guard value["algorithm"]?.string == "Ed25519",
            let bytes = value["public_key"]?.string.flatMap(Base64Text.decode),
            let from = value["from"]?.string.flatMap(ReceiptInstant.read)
        else { return nil }
        self.init(bytes: bytes, from: from, until: value["until"]?.string.flatMap(ReceiptInstant.read))
        guard value["id"]?.string == id, value["until"]?.isNull != false || until != nil else { return nil }
    }

    /// Every key as `/recepisses/cles.json` publishes them.
    public static func listBytes(_ keys: [ReceiptPublicKey]) -> [UInt8] {
        JSONWriter.bytes(of: .object(JSONObject([.init("keys", .array(keys.map(\.json)))]))) + [0x0A]
    }

    /// Reads a list published as JSON, or one key as PEM; nil when it is neither. A PEM says nothing of the time: the key
    /// counts as always in use.
    public static func list(reading bytes: [UInt8]) -> [ReceiptPublicKey]? {
        guard bytes.count <= 1 << 20 else { return nil }
        if let value = try? JSONValue.parse(bytes), let items = value["keys"]?.array {
            let keys = items.compactMap(ReceiptPublicKey.init(json:))
            return keys.count == items.count ? keys : nil
        }
        guard let text = String(validating: bytes, as: UTF8.self), let key = Self.bytes(pem: text) else { return nil }
        return ReceiptPublicKey(bytes: key, from: Instant(microseconds: 0)).map { [$0] }
    }
}
