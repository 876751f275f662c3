import Storage

/// Closes one of one's own sessions: this one (signing out) or another (ACC-12).
public struct CloseSession: Act {
    public static let right = "La personne elle-même, pour ses propres sessions."

    let session: Session.ID

    public init(_ session: Session.ID) {
        self.session = session
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard let account = proceeding.principal.account else { throw Denied() }
        guard try SessionStore.session(session, proceeding.writer)?.account == account else { throw Missing() }
    }

    public func perform(_ proceeding: Proceeding) throws {
        try SessionStore.close(session, proceeding.writer)
        if let account = proceeding.principal.account { proceeding.concerns(account) }
    }
}
