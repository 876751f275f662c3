import Storage

/// A browser where somebody is signed in. Closing one erases its row: what is closed cannot open again.
public struct Session: Sendable, Equatable {
    public typealias ID = Identifier<Session>

    public let id: ID
    public let account: Account.ID
    /// As people recognise it: « Firefox sur Windows ».
    public let device: String
    public let openedAt: Instant
    /// To about five minutes.
    public let lastSeenAt: Instant

    public init(id: ID, account: Account.ID, device: String, openedAt: Instant, lastSeenAt: Instant) {
        self.id = id
        self.account = account
        self.device = device
        self.openedAt = openedAt
        self.lastSeenAt = lastSeenAt
    }
}

/// A session just opened: the only moment when its secret is known.
public struct OpenedSession: Sendable, Equatable {
    public let session: Session.ID
    public let account: Account.ID
    /// For the cookie.
    public let secret: Secret
    /// Where the person wanted to go, a path of this site.
    public let destination: String
    public let isNewAccount: Bool
    /// Half-open: the secret opens nothing but the second step (`PassFactor`).
    public let awaitsFactor: Bool

    init(
        session: Session.ID, account: Account.ID, secret: Secret, destination: String, isNewAccount: Bool,
        awaitsFactor: Bool = false
    ) {
        self.session = session
        self.account = account
        self.secret = secret
        self.destination = destination
        self.isNewAccount = isNewAccount
        self.awaitsFactor = awaitsFactor
    }
}

/// How long a session lives, shorter as the rights are wider (ACC-11).
public struct SessionLimits: Sendable, Equatable {
    /// Without a request.
    public let idle: Instant.Span
    /// Since signing in.
    public let absolute: Instant.Span

    public static let plain = SessionLimits(idle: .hours(24), absolute: .days(14))
    public static let coordinator = SessionLimits(idle: .hours(4), absolute: .hours(24))
    public static let `operator` = SessionLimits(idle: .hours(1), absolute: .hours(8))

    public static func of(_ grants: [Grant]) -> SessionLimits {
        if grants.contains(where: { $0.role == .operator }) { return .operator }
        if grants.contains(where: { $0.role == .coordinator }) { return .coordinator }
        return .plain
    }
}

/// Until when a session lasts, as far as its use was noted: the true end is never earlier.
public struct SessionTerm: Sendable, Equatable {
    public let limits: SessionLimits
    let openedAt: Instant
    let lastSeenAt: Instant

    init(limits: SessionLimits, openedAt: Instant, lastSeenAt: Instant) {
        self.limits = limits
        self.openedAt = openedAt
        self.lastSeenAt = lastSeenAt
    }

    private var unused: Instant { lastSeenAt + limits.idle }
    private var latest: Instant { openedAt + limits.absolute }

    /// When it ends, if nothing is asked from now on.
    public var end: Instant { min(unused, latest) }

    /// Whether asking something more puts its end off.
    public var isExtendable: Bool { unused < latest }

    /// Whether its end is announced on the page (ACC-35): a limit of more than twenty hours needs no word (RGAA 13.1).
    public var isAnnounced: Bool { limits.idle < .hours(20) }

    /// The same session, once a use of this instant was noted.
    public func used(at now: Instant) -> SessionTerm {
        SessionTerm(limits: limits, openedAt: openedAt, lastSeenAt: now)
    }
}
