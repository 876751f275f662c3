import Storage

/// Erases what no longer serves: links, throttles, sessions and invitations past their time, letters long sent
/// (ACC-24).
public struct SweepAccountTraces: Act {
    public static let right = "Le programme lui-même, chaque heure."

    public init() {}

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.isHouse else { throw Missing() }
    }

    public func perform(_ proceeding: Proceeding) throws {
        let (now, writer) = (proceeding.now, proceeding.writer)
        try SignInLinkStore.sweep(at: now, writer)
        try EmailChangeStore.sweep(at: now, writer)
        try InvitationStore.sweep(at: now, writer)
        try SessionStore.sweep(at: now, writer)
        try HalfSessionStore.sweep(at: now, writer)
        try FactorStore.sweep(at: now, writer)
        try IdentityStore.sweep(at: now, writer)
        try Throttle.sweep(at: now, writer)
        try Outbox.sweep(at: now, writer)
        try NetworkChanges.sweep(at: now, writer)
    }
}
