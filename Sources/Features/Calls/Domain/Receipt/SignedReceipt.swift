import Exchange

/// A receipt with its signature: the file that people keep, `recepisse-….json`.
///
/// `{"format":"maillage-signed-receipt-1","receipt":{…},"signature":"…"}` in canonical JSON: the bytes of `receipt` are
/// those that were signed, the signature is Ed25519 (RFC 8032) in base 64. The file has one writing, so that changing any
/// bit of it shows.
public struct SignedReceipt: Sendable, Hashable {
    public let receipt: Receipt
    /// The canonical bytes of the receipt: what `openssl` verifies.
    public let signedBytes: [UInt8]
    /// 64 bytes.
    public let signature: [UInt8]

    public static let format = "maillage-signed-receipt-1"

    init(receipt: Receipt, signedBytes: [UInt8], signature: [UInt8]) {
        self.receipt = receipt
        self.signedBytes = signedBytes
        self.signature = signature
    }

    /// The whole file, without a line end.
    public var fileBytes: [UInt8] {
        Array("{\"format\":\"\(Self.format)\",\"receipt\":".utf8) + signedBytes
            + Array(",\"signature\":\"\(Base64Text.encode(signature))\"}".utf8)
    }

    /// Why a file is no receipt.
    public enum Problem: Error, Sendable, Equatable {
        case tooLong
        /// JSON of another kind, or no JSON.
        case notAReceipt
        /// The right members, written in another way: spaces, another order, other escapes.
        case rewritten
        /// A member of the receipt is missing, unknown or impossible.
        case malformed
    }

    /// Reads a file; a line end after it is forgiven, nothing else. The signature is not verified here.
    public init(fileBytes bytes: [UInt8]) throws(Problem) {
        guard bytes.count <= Receipt.longest + 1_024 else { throw .tooLong }
        var file = bytes
        while let last = file.last, last == 0x0A || last == 0x0D { file.removeLast() }
        let limits = JSONLimits(depth: 8, stringBytes: 64 * 1_024, values: 20_000)
        guard let value = try? JSONValue.parse(file, limits: limits), value["format"]?.string == Self.format,
            let content = value["receipt"], let text = value["signature"]?.string
        else { throw .notAReceipt }
        guard CanonicalJSON.read(file, limits: limits) != nil else { throw .rewritten }
        guard value.object?.members.count == 3, let signature = Base64Text.decode(text), signature.count == 64,
            let receipt = Receipt(json: content), let signedBytes = try? CanonicalJSON.bytes(of: content)
        else { throw .malformed }
        self.init(receipt: receipt, signedBytes: signedBytes, signature: signature)
    }

    /// The SHA-256 of the signed bytes: names the receipt in the tree of heads, and in the code of the printed page.
    public var fingerprint: Fingerprint { Fingerprint(of: signedBytes) }

    /// `recepisse-tiers-lieux-2020-12`: the name of the file, without its suffix.
    public var fileName: String {
        let slug = receipt.call.slug.utf8.filter { $0 == 0x2D || 0x30...0x39 ~= $0 || 0x61...0x7A ~= $0 }
        return "recepisse-\(String(decoding: slug.prefix(80), as: UTF8.self))-\(receipt.number)"
    }
}
