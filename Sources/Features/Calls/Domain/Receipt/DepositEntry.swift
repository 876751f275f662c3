import Exchange

/// One deposit as the second volume keeps it: enough to give it back to a database that lost it.
public struct DepositEntry: Sendable, Hashable {
    /// The key of the deposit, unique for ever: how a replay knows what the database already holds.
    public let key: String
    /// The file of the signed receipt.
    public let receipt: [UInt8]
    /// The deposited answers and list of attachments, in canonical JSON.
    public let snapshot: [UInt8]

    /// Nil unless both are texts in UTF-8 without U+0000, and all is at most `longest` long.
    public init?(key: String, receipt: [UInt8], snapshot: [UInt8]) {
        self.key = key
        self.receipt = receipt
        self.snapshot = snapshot
        guard payload.count <= Self.longest, Self(payload: payload) == self else { return nil }
    }

    /// Bytes of the longest entry.
    public static let longest = 16 << 20

    var payload: [UInt8] {
        let value = JSONValue.object(
            JSONObject([
                .init("key", .string(key)), .init("receipt", .string(String(decoding: receipt, as: UTF8.self))),
                .init("snapshot", .string(String(decoding: snapshot, as: UTF8.self))),
            ]))
        return JSONWriter.bytes(of: value)
    }

    init?(payload: [UInt8]) {
        guard let value = CanonicalJSON.read(payload, limits: JSONLimits(depth: 2, stringBytes: Self.longest)),
            value.object?.members.count == 3, let key = value["key"]?.string,
            let receipt = value["receipt"]?.string, let snapshot = value["snapshot"]?.string
        else { return nil }
        self.key = key
        self.receipt = Array(receipt.utf8)
        self.snapshot = Array(snapshot.utf8)
    }
}
