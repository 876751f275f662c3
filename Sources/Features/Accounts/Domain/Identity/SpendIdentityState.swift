import Storage

/// Spends the state that this browser took to another service, so that its answer serves once (ACC-33). Counted by network first: what
/// follows asks the other service.
public struct SpendIdentityState: Act {
    public static let right =
        "Le navigateur qui revient de l’autre service, une fois, dans la limite de cinquante en cinq minutes par réseau."

    let journey: IdentityJourney
    let origin: NetworkOrigin?

    public init(_ journey: IdentityJourney, origin: NetworkOrigin?) {
        self.journey = journey
        self.origin = origin
    }

    public func authorize(_ proceeding: Proceeding) throws {}

    public func perform(_ proceeding: Proceeding) throws {
        try Throttle.take(Throttle.identityArrivals(origin), at: proceeding.now, proceeding.writer)
        guard journey.isLive(at: proceeding.now) else { throw Missing() }
        do {
            try IdentityStore.spend(state: journey.state.hash, at: proceeding.now, proceeding.writer)
        } catch StorageError.unique {
            throw Missing()
        }
    }
}
