import Exchange

/// A change made to a call after its publication: dated, reasoned, public (CALL-9).
public struct CallAmendment: Sendable, Equatable {
    public typealias ID = Identifier<CallAmendment>

    public let id: ID
    /// The version of the règlement that it made.
    public let rulesVersion: Int
    public let at: Instant
    public let reason: String
    public let changes: [CallChange]
}

/// One thing that changed, in words. Empty `from`: it is new; empty `to`: it is gone.
public struct CallChange: Sendable, Equatable {
    public let what: String
    public let from: String
    public let to: String

    public init(_ what: String, from: String, to: String) {
        self.what = what
        self.from = from
        self.to = to
    }

    static func json(_ changes: [CallChange]) -> String {
        var json = JSONWriter()
        json.beginArray()
        for change in changes {
            json.beginObject()
            json.member("what", change.what)
            json.member("from", change.from)
            json.member("to", change.to)
            json.endObject()
        }
        json.endArray()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    static func read(json text: String) throws -> [CallChange] {
        (try JSONValue.parse(Array(text.utf8)).array ?? []).map { item in
            CallChange(
                item["what"]?.string ?? "", from: item["from"]?.string ?? "", to: item["to"]?.string ?? "")
        }
    }
}
