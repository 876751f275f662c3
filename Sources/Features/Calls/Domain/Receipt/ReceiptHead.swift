import Exchange

/// The signed head of one night: the root of the tree of the receipts issued since the head before, which it names.
///
/// Published, it keeps the network from writing a receipt afterwards and dating it before.
public struct ReceiptHead: Sendable, Hashable {
    /// The day it closes.
    public var date: CivilDate
    /// Receipts in the tree, and in all trees so far.
    public var count: Int
    public var total: Int
    public var root: Fingerprint
    /// The SHA-256 of the signed bytes of the head before; nil for the first.
    public var previous: Fingerprint?
    public var issuedAt: Instant
    public internal(set) var key = ""

    public static let format = "maillage-receipt-head-1"

    /// The head over these receipts, in the order of their issue, after another.
    public init(
        date: CivilDate, receipts: [SignedReceipt], after previous: SignedHead?, issuedAt: Instant
    ) {
        self.date = date
        count = receipts.count
        total = receipts.count + (previous?.head.total ?? 0)
        root = MerkleTree(contents: receipts.map(\.signedBytes)).root
        self.previous = previous?.fingerprint
        self.issuedAt = issuedAt
    }

    var json: JSONValue {
        .object(
            JSONObject([
                .init("format", .string(Self.format)), .init("date", .string(date.description)),
                .init("count", .number(JSONNumber(count))), .init("total", .number(JSONNumber(total))),
                .init("root", .string(root.text)),
                .init("previous", previous.map { .string($0.text) } ?? .null),
                .init("issued_at", .string(ReceiptInstant.text(issuedAt))), .init("key", .string(key)),
            ]))
    }

    init?(json value: JSONValue) {
        guard value["format"]?.string == Self.format,
            let date = value["date"]?.string.flatMap({ CivilDate(iso: $0) }),
            let count = value["count"]?.int, let total = value["total"]?.int, count >= 0, total >= count,
            let root = value["root"]?.string.flatMap(Fingerprint.init(text:)),
            let issuedAt = value["issued_at"]?.string.flatMap(ReceiptInstant.read), let key = value["key"]?.string
        else { return nil }
        self.date = date
        self.count = count
        self.total = total
        self.root = root
        previous = value["previous"]?.string.flatMap(Fingerprint.init(text:))
        self.issuedAt = issuedAt
        self.key = key
        guard let again = try? CanonicalJSON.bytes(of: json), let given = try? CanonicalJSON.bytes(of: value),
            again == given
        else { return nil }
    }
}

/// A head with its signature, in the same shape as a receipt's file.
public struct SignedHead: Sendable, Hashable {
    public let head: ReceiptHead
    public let signedBytes: [UInt8]
    public let signature: [UInt8]

    public static let format = "maillage-signed-head-1"

    public var fileBytes: [UInt8] {
        Array("{\"format\":\"\(Self.format)\",\"head\":".utf8) + signedBytes
            + Array(",\"signature\":\"\(Base64Text.encode(signature))\"}".utf8)
    }

    /// The SHA-256 of the signed bytes: the name by which the next head and the receipts after it refer to this one.
    public var fingerprint: Fingerprint { Fingerprint(of: signedBytes) }

    /// Reads a file as written; nil when it is not one. The signature is not verified here.
    public init?(fileBytes bytes: [UInt8]) {
        var file = bytes
        while let last = file.last, last == 0x0A || last == 0x0D { file.removeLast() }
        guard file.count < 8_192, let value = CanonicalJSON.read(file), value["format"]?.string == Self.format,
            value.object?.members.count == 3, let content = value["head"], let head = ReceiptHead(json: content),
            let signature = value["signature"]?.string.flatMap(Base64Text.decode), signature.count == 64,
            let signedBytes = try? CanonicalJSON.bytes(of: content)
        else { return nil }
        self.init(head: head, signedBytes: signedBytes, signature: signature)
    }

    init(head: ReceiptHead, signedBytes: [UInt8], signature: [UInt8]) {
        self.head = head
        self.signedBytes = signedBytes
        self.signature = signature
    }
}

extension ReceiptKeys {
    /// Signs a head.
    public func sign(_ head: ReceiptHead) throws -> SignedHead {
        var head = head
        head.key = current.id
        let bytes = try CanonicalJSON.bytes(of: head.json)
        return SignedHead(head: head, signedBytes: bytes, signature: try signature(of: bytes))
    }
}

/// The place of a receipt under a head.
public struct ReceiptProof: Sendable, Hashable {
    public let head: SignedHead
    /// Its place in the tree, from 0.
    public let index: Int
    public let path: [Fingerprint]

    /// Nil when the receipts are not those of the head, or there is none at that place.
    public init?(of index: Int, in receipts: [SignedReceipt], head: SignedHead) {
        let tree = MerkleTree(contents: receipts.map(\.signedBytes))
        guard tree.count == head.head.count, tree.root == head.head.root, let path = tree.proof(of: index) else {
            return nil
        }
        self.head = head
        self.index = index
        self.path = path
    }

    /// The same of the hashes of the leaves.
    init?(of index: Int, leaves: [Fingerprint], head: SignedHead) {
        let tree = MerkleTree(leaves: leaves)
        guard tree.count == head.head.count, tree.root == head.head.root, let path = tree.proof(of: index) else {
            return nil
        }
        self.head = head
        self.index = index
        self.path = path
    }

    public static let format = "maillage-receipt-proof-1"

    /// `{"format":…,"head":{…the signed head…},"index":…,"path":[…]}`
    public var fileBytes: [UInt8] {
        Array("{\"format\":\"\(Self.format)\",\"head\":".utf8) + head.fileBytes
            + Array(",\"index\":\(index),\"path\":[".utf8)
            + Array(path.map { "\"\($0.text)\"" }.joined(separator: ",").utf8) + Array("]}".utf8)
    }

    /// Reads a file as written; nil when it is not one.
    public init?(fileBytes bytes: [UInt8]) {
        var file = bytes
        while let last = file.last, last == 0x0A || last == 0x0D { file.removeLast() }
        guard file.count < 32_768, let value = CanonicalJSON.read(file), value["format"]?.string == Self.format,
            value.object?.members.count == 4, let content = value["head"],
            let headBytes = try? CanonicalJSON.bytes(of: content), let head = SignedHead(fileBytes: headBytes),
            let index = value["index"]?.int, let steps = value["path"]?.array, steps.count <= 64
        else { return nil }
        let path = steps.compactMap { $0.string.flatMap(Fingerprint.init(text:)) }
        guard path.count == steps.count else { return nil }
        self.head = head
        self.index = index
        self.path = path
    }
}

extension ReceiptVerifier {
    /// Whether a head is signed by one of the keys, while it was in use.
    public func holds(_ signed: SignedHead) -> Bool {
        guard let key = keys.first(where: { $0.id == signed.head.key }) else { return false }
        return key.verifies(signed.signature, of: signed.signedBytes) && key.served(at: signed.head.issuedAt)
    }

    /// Whether heads, the oldest first, are signed and each names the one before.
    public func holds(chain heads: [SignedHead]) -> Bool {
        heads.allSatisfy(holds)
            && zip(heads, heads.dropFirst()).allSatisfy { before, after in
                after.head.previous == before.fingerprint && after.head.date > before.head.date
                    && after.head.total == before.head.total + after.head.count
            }
    }

    /// Whether a receipt is under the head of a proof: issued before it, and unchanged since.
    public func holds(_ proof: ReceiptProof, of receipt: SignedReceipt) -> Bool {
        holds(proof.head)
            && MerkleTree.verify(
                leaf: MerkleTree.leaf(receipt.signedBytes), index: proof.index, count: proof.head.head.count,
                proof: proof.path, root: proof.head.head.root)
    }
}
