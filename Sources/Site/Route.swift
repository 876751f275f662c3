import Exchange
import HTTPTypes

/// One URL of the site: how it is asked for, who may come in, what answers.
public struct Route: Sendable {
    public typealias Handler = @Sendable (Visit) async throws -> Answer

    /// The least one must be to come in. Finer rights are the acts' and the reads'.
    public enum Floor: String, Sendable, CaseIterable {
        case everyone
        case signedIn = "signed in"
        case coordinator
        case `operator`
    }

    /// What the request may carry.
    public enum Body: Sendable, Equatable {
        case none
        /// Fields of a form, read before the handler runs: `visit.form`.
        case form
        /// A file of at most so many bytes, read by the handler from `visit.upload`. The form's address carries its token.
        case upload(limit: Int)
        /// Bytes as they are, at most so many, read by the handler from `visit.upload`. A header carries the form's token.
        case piece(limit: Int)
    }

    public let method: HTTPRequest.Method
    /// Literal segments and `{names}`; a name may be followed by a suffix (`{slug}.atom`).
    public let pattern: String
    public let floor: Floor
    public let body: Body
    /// Kept for visitors who are not signed in, at most so long, and made anew when anything in the network changes.
    public private(set) var sharedSeconds: Int?
    /// Reads the register in memory, and so waits for it when the site has just started. So do all, unless they say they do not.
    public private(set) var needsRegister = true
    /// Other sites may show this page in a frame.
    public private(set) var isEmbeddable = false
    /// Whoever has a second factor must have shown it lately (ACC-28).
    public private(set) var isDangerous = false
    /// A visit is a use of the session, which then ends later (ACC-11).
    public private(set) var isUse = true
    /// How the machine interface documents it; nil for pages.
    public private(set) var operation: Operation?
    public let handler: Handler

    private init(
        _ method: HTTPRequest.Method, _ pattern: String, _ floor: Floor, _ body: Body, _ handler: @escaping Handler
    ) {
        self.method = method
        self.pattern = pattern
        self.floor = floor
        self.body = body
        self.handler = handler
    }

    public static func get(_ pattern: String, _ floor: Floor, _ handler: @escaping Handler) -> Route {
        Route(.get, pattern, floor, .none, handler)
    }

    public static func post(
        _ pattern: String, _ floor: Floor, body: Body = .form, _ handler: @escaping Handler
    ) -> Route {
        Route(.post, pattern, floor, body, handler)
    }

    /// Adds bytes to something that arrives in several requests.
    public static func patch(_ pattern: String, _ floor: Floor, limit: Int, _ handler: @escaping Handler) -> Route {
        Route(.patch, pattern, floor, .piece(limit: limit), handler)
    }

    /// The same answer serves every visitor who is not signed in, for `seconds` at most. Only for pages that depend on nothing
    /// but their address.
    public func shared(seconds: Int = 60) -> Route {
        var route = self
        route.sharedSeconds = seconds
        return route
    }

    /// Answers from the database alone, from the first moment of a start.
    public func withoutRegister() -> Route {
        var route = self
        route.needsRegister = false
        return route
    }

    public func embeddable() -> Route {
        var route = self
        route.isEmbeddable = true
        return route
    }

    /// Roles, factors, everything that is known of somebody or of a call: whoever has a second factor shows it again when it was last
    /// shown long ago (`RecentFactor`). Who has none goes on.
    public func dangerous() -> Route {
        var route = self
        route.isDangerous = true
        return route
    }

    /// Looks at the session and is no use of it: the session ends when it would have ended otherwise.
    public func withoutUse() -> Route {
        var route = self
        route.isUse = false
        return route
    }

    public func documented(_ operation: Operation) -> Route {
        var route = self
        route.operation = operation
        return route
    }

    /// Whether this is a door for machines: errors are `application/problem+json`.
    public var isAPI: Bool { pattern.hasPrefix("/api/") }

    /// The names between braces, in order.
    public var parameterNames: [String] {
        pattern.split(separator: "/").compactMap { segment in
            guard segment.hasPrefix("{"), let end = segment.firstIndex(of: "}") else { return nil }
            return String(segment[segment.index(after: segment.startIndex)..<end])
        }
    }
}

extension Route {
    /// A documented operation of the machine interface, as OpenAPI tells it.
    public struct Operation: Sendable {
        public struct Parameter: Sendable {
            public let name: String
            public let type: String
            public let meaning: String

            /// `type` is a JSON Schema type: `string`, `integer`, `number`, `boolean`.
            public init(_ name: String, _ type: String, _ meaning: String) {
                self.name = name
                self.type = type
                self.meaning = meaning
            }
        }

        public let summary: String
        public let query: [Parameter]
        /// The media type of the answer.
        public let answers: String
        /// A JSON Schema of the answer; nil leaves it open.
        public let schema: JSONValue?

        public init(
            _ summary: String, query: [Parameter] = [], answers: String = "application/json", schema: JSONValue? = nil
        ) {
            self.summary = summary
            self.query = query
            self.answers = answers
            self.schema = schema
        }
    }
}
