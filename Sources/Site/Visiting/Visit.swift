import HTTPTypes
import HummingbirdCore
import Maillage
import Markup
import Storage

/// One request, read and checked by the doors: who asks, for what, with which words.
public struct Visit: Sendable {
    public let reception: Reception
    public let method: HTTPRequest.Method
    /// What was asked for, as it came: path and query.
    public let target: String
    public let headers: HTTPFields
    /// The host and port the visitor typed.
    public let authority: String
    public let now: Instant
    /// Names this request in the log and on error pages.
    public let requestID: String
    public let address: ClientAddress

    /// What follows the question mark.
    public internal(set) var query = Fields()
    /// The fields of a form; empty unless the route reads one.
    public internal(set) var form = Fields()
    public internal(set) var principal = Principal.visitor
    /// The sentence left by the page before; the layout shows it.
    public internal(set) var flash: Flash?
    /// The session's secret as the visitor holds it; for signing out, never to be shown.
    public internal(set) var sessionSecret: String?
    /// The body of an upload, to be read once.
    public internal(set) var upload: Upload?

    var route: Route?
    var parameters: [String: String] = [:]

    /// The path asked for, without the query.
    public var path: String { String(rawPath) ?? "" }

    var rawPath: Substring.UTF8View {
        let bytes = target.utf8
        return bytes[..<(bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.endIndex)]
    }

    /// Whether the answer is for a machine.
    var isForMachines: Bool { path.hasPrefix("/api/") || path == Paths.openAPI }
}

extension Visit {
    /// A part of the path by the name it has in the route's pattern. Throws `Missing` when there is none.
    public func parameter(_ name: String) throws -> String {
        guard let value = parameters[name] else { throw Missing() }
        return value
    }

    /// An identifier in the path; `Missing` when it cannot be one.
    public func identifier<Subject>(_ name: String, of kind: Identifier<Subject>.Type) throws -> Identifier<Subject> {
        guard let identifier = Identifier<Subject>(text: try parameter(name)) else { throw Missing() }
        return identifier
    }

    /// Performs an act as the one who asks.
    public func perform<A: Act>(_ act: A) async throws -> A.Outcome {
        try await reception.desk.perform(act, as: principal)
    }

    /// Short indexed reads, on one consistent view.
    public nonisolated(nonsending) func read<T>(_ body: @escaping (Reader) throws -> T) async throws -> T {
        try await reception.database.read(body)
    }

    /// Long reads, away from the threads that answer.
    public func scan<T: Sendable>(_ body: @escaping @Sendable (Reader) throws -> T) async throws -> T {
        try await reception.database.scan(body)
    }

    /// The token of a form that posts to `action`, for its hidden field `Visit.tokenField`.
    public func token(for action: String) -> String {
        reception.keys.formToken(
            for: Self.pathOnly(action), account: principal.account, now: now,
            mask: reception.surroundings.secret(Keys.maskLength))
    }

    /// The address of an upload form: the token travels in it, since the body is read after the doors.
    public func uploadAction(_ action: String) -> String {
        action + (action.contains("?") ? "&" : "?") + Self.tokenField + "=" + token(for: action)
    }

    /// The name of the hidden field that carries a form's token.
    public static let tokenField = "_jeton"

    static func pathOnly(_ action: String) -> String {
        String(action.prefix { $0 != "?" && $0 != "#" })
    }

    /// Whether the visitor's script asked for a part of a page: the handler may answer the part alone.
    public var wantsPart: Bool { headers[HeaderName.requestedPart] != nil }
}

/// The body of an upload while it arrives. Iterate once; the reader sets the pace.
public struct Upload: Sendable {
    public let contentType: String
    /// Bytes announced by the client, when it does.
    public let length: Int?
    let limit: Int
    let body: RequestBody

    /// Hands each piece to `body`, in order. Throws a `DoorRefusal` of 413 past the limit, or the connection's error when it
    /// ends early: what was received is then incomplete.
    public func each(_ take: (ArraySlice<UInt8>) async throws -> Void) async throws {
        var count = 0
        for try await buffer in body {
            count += buffer.readableBytes
            guard count <= limit else { throw DoorRefusal.tooLarge(limit: limit) }
            try await take(Array(buffer.readableBytesView)[...])
        }
        if let length, length != count { throw DoorRefusal.cutShort }
    }
}
