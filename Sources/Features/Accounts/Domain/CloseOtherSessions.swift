import Storage

/// Closes all of one's sessions but the one that asks. Answers how many were closed (ACC-12).
public struct CloseOtherSessions: Act {
    public static let right = "La personne elle-même, pour ses propres sessions."

    let kept: Session.ID

    public init(keeping kept: Session.ID) {
        self.kept = kept
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard let account = proceeding.principal.account else { throw Denied() }
        guard try SessionStore.session(kept, proceeding.writer)?.account == account else { throw Missing() }
    }

    public func perform(_ proceeding: Proceeding) throws -> Int {
        guard let account = proceeding.principal.account else { throw Denied() }
        proceeding.concerns(account)
        return try SessionStore.closeAll(of: account, but: kept, proceeding.writer)
    }
}
