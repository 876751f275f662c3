/// The one who asks may know the thing exists, and may not do this. Carries a French sentence for them.
public struct Denied: Error, Sendable, Equatable {
    public let reason: String

    public init(_ reason: String = "Vous n’avez pas le droit de faire cela.") {
        self.reason = reason
    }
}

/// There is no such thing, as far as the one who asks may know. Says nothing more, on purpose.
public struct Missing: Error, Sendable, Equatable {
    public init() {}
}

/// What is wrong with what was entered, field by field, in French. Nothing was written.
public struct Problems: Error, Sendable, Equatable {
    public struct Problem: Sendable, Equatable {
        /// The field's name in forms and in the API; empty for the whole.
        public let field: String
        public let message: String
    }

    public private(set) var list: [Problem] = []

    public init() {}

    public init(_ field: String, _ message: String) {
        add(field, message)
    }

    public var isEmpty: Bool { list.isEmpty }

    public mutating func add(_ field: String, _ message: String) {
        list.append(Problem(field: field, message: message))
    }

    public func messages(for field: String) -> [String] {
        list.filter { $0.field == field }.map(\.message)
    }

    /// Throws itself when there is anything to say.
    public func throwIfAny() throws {
        if !isEmpty { throw self }
    }
}

/// Somebody else changed the thing meanwhile. The newer version is `current`; nothing was written, nothing is merged silently.
public struct Conflict: Error, Sendable, Equatable {
    public let current: Int

    public init(current: Int) {
        self.current = current
    }
}

/// Too many attempts; `retryAfter` says when to come back.
public struct Throttled: Error, Sendable, Equatable {
    public let retryAfter: Instant.Span

    public init(retryAfter: Instant.Span) {
        self.retryAfter = retryAfter
    }
}
