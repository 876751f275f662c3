/// Whether the network's wide roles demand a second factor (`MAILLAGE_SECOND_FACTOR`).
public enum SecondFactorPolicy: String, Sendable, CaseIterable {
    /// A session without one holds no role that demands it, and keeps no call.
    case required
    /// Who wants one has one.
    case offered
}
