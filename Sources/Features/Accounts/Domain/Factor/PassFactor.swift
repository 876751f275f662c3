import Storage

/// The second step of signing in: the half-open session becomes a session, or stays what it is (ACC-26).
public struct PassFactor: Act {
    public static let right = "La personne qui vient de prouver le premier facteur, avec un code du second."

    public enum Answer: Sendable, Equatable {
        case opened(OpenedSession)
        case wrong
        case exhausted(Instant.Span)
        /// No second step is waited for in this browser any more.
        case gone
    }

    let typed: String
    let half: Secret?
    let seal: FactorSeal
    let head: LetterHead

    public init(typed: String, half: Secret?, seal: FactorSeal, head: LetterHead) {
        self.typed = typed
        self.half = half
        self.seal = seal
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {}

    public func perform(_ proceeding: Proceeding) throws -> Answer {
        let (now, writer) = (proceeding.now, proceeding.writer)
        guard let half, let waiting = try HalfSessionStore.live(half, at: now, writer) else {
            proceeding.didNothing()
            return .gone
        }
        proceeding.concerns(waiting.account)
        switch try FactorCheck.check(typed, of: waiting.account, seal, head, proceeding) {
        case .wrong: return .wrong
        case .exhausted(let wait):
            proceeding.didNothing()
            return .exhausted(wait)
        case .right: break
        }
        guard try HalfSessionStore.spend(half, writer) else { return .gone }
        return .opened(
            try SessionStore.open(
                for: waiting.account, device: waiting.device, destination: waiting.destination, factorAt: now,
                proceeding))
    }
}
