import Exchange

/// One deposit as the second volume keeps it: enough to give it back to a database that lost it.
///
/// Entries are written in version 2, with their context; those of version 1, which have none, are still read.
public struct DepositEntry: Sendable, Hashable {
    /// The key of the deposit, unique for ever: how a replay knows what the database already holds.
    public let key: String
    /// The file of the signed receipt.
    public let receipt: [UInt8]
    /// The deposited answers and list of attachments, in canonical JSON.
    public let snapshot: [UInt8]
    /// Nil in entries of version 1.
    public let context: DepositContext?

    /// Nil unless both are texts in UTF-8 without U+0000, and all is at most `longest` long.
    public init?(key: String, receipt: [UInt8], snapshot: [UInt8], context: DepositContext? = nil) {
        self.key = key
        self.receipt = receipt
        self.snapshot = snapshot
        self.context = context
        let payload = payload
        guard payload.count <= Self.longest, Self(payload: payload) == self else { return nil }
    }

    /// What a list says of it: number, call, candidacy and arrival, as its receipt says them.
    public var line: String {
        guard let receipt = try? SignedReceipt(fileBytes: receipt).receipt else { return "key \(key): no receipt" }
        return "deposit \(receipt.number) of \(receipt.call.slug), candidacy \(receipt.candidacy), arrived "
            + ReceiptInstant.text(receipt.arrival)
    }

    /// Bytes of the longest entry.
    public static let longest = 16 << 20

    var payload: [UInt8] {
        var members: [JSONObject.Member] = [
            .init("key", .string(key)), .init("receipt", .string(String(decoding: receipt, as: UTF8.self))),
            .init("snapshot", .string(String(decoding: snapshot, as: UTF8.self))),
        ]
        if let context {
            members = [.init("context", context.json)] + members + [.init("version", .number(JSONNumber(2)))]
        }
        return JSONWriter.bytes(of: .object(JSONObject(members)))
    }

    init?(payload: [UInt8]) {
        guard let value = CanonicalJSON.read(payload, limits: JSONLimits(depth: 3, stringBytes: Self.longest)),
            let count = value.object?.members.count, let key = value["key"]?.string,
            let receipt = value["receipt"]?.string, let snapshot = value["snapshot"]?.string
        else { return nil }
        self.key = key
        self.receipt = Array(receipt.utf8)
        self.snapshot = Array(snapshot.utf8)
        switch value["version"]?.int {
        case nil:
            guard count == 3 else { return nil }
            context = nil
        case 2:
            guard count == 5, let read = value["context"].flatMap(DepositContext.init(json:)) else { return nil }
            context = read
        default: return nil
        }
    }
}
