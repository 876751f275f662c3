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
    /// When the last byte of a form had been read; the same as `now` for a request without one. What a deposit is judged by.
    public internal(set) var arrival: Instant
    /// Names this request in the log and on error pages.
    public let requestID: String
    public let address: ClientAddress

    /// What follows the question mark.
    public internal(set) var query = Fields()
    /// The fields of a form; empty unless the route reads one.
    public internal(set) var form = Fields()
    /// The names of the fields that made the form too large, which `form` does not hold; nil for a form that is not.
    var dropped: [String]?
    public internal(set) var principal = Principal.visitor
    /// The sentence left by the page before; the layout shows it.
    var flash: FlashMessage?
    /// The session the visitor holds, for the pages that list and close sessions.
    public internal(set) var session: Session.ID?
    /// When that session last showed its account's second factor; nil where it has none.
    var factorAt: Instant?
    /// Until when that session lasts.
    var term: SessionTerm?
    /// The body of an upload, to be read once.
    public internal(set) var upload: Upload?

    /// The session's new secret, when rights rose: the cookie follows.
    var renewed: Secret?
    var route: Route?
    var parameters: [String: String] = [:]

    /// The path asked for, without the query.
    public var path: String { String(rawPath) ?? "" }

    var rawPath: Substring.UTF8View {
        let bytes = target.utf8
        return bytes[..<(bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.endIndex)]
    }

    /// Whether the answer is for a machine.
    var isForMachines: Bool { path.hasPrefix("/api/") || path == Paths.openAPI || wantsData }

    /// Whether a script of the site waits for data: refusals are then data too, never a page.
    var wantsData: Bool { wantsPart && headers[.accept] == "application/json" }
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

    /// Performs several acts as the one who asks: all of them, or none.
    @discardableResult
    public func perform<A: Act>(all acts: [A]) async throws -> [A.Outcome] {
        try await reception.desk.perform(all: acts, as: principal)
    }

    /// Short indexed reads, on one consistent view.
    public nonisolated(nonsending) func read<T>(_ body: @escaping (Reader) throws -> T) async throws -> T {
        try await reception.database.read(body)
    }

    /// Long reads, away from the threads that answer.
    public func scan<T: Sendable>(_ body: @escaping @Sendable (Reader) throws -> T) async throws -> T {
        try await reception.database.scan(body)
    }

    /// The token of a form that posts to `action`: `html.postForm(to: link, token: visit.token(for: link)) { … }`.
    func token(for action: Link) -> FormToken {
        token(for: action.address)
    }

    func token(for action: String) -> FormToken {
        FormToken(
            reception.keys.formToken(
                for: Self.pathOnly(action), account: principal.account, now: now,
                mask: reception.surroundings.secret(Keys.maskLength)))
    }

    /// Whether one of these tokens was made for this person and this address.
    func isVerified(by tokens: [String]) -> Bool {
        let path = path
        return tokens.prefix(8).contains {
            reception.keys.isValid(formToken: $0, for: path, account: principal.account, now: now)
        }
    }

    static func pathOnly(_ action: String) -> String {
        String(action.prefix { $0 != "?" && $0 != "#" })
    }

    /// Whether the visitor's script asked for a part of a page: the handler may answer the part alone.
    public var wantsPart: Bool { headers[HeaderName.requestedPart] != nil }
}
