/// Erases the alerts that nobody confirmed within a week.
public struct SweepCallTraces: Act {
    public static let right = "Le programme lui-même, chaque heure."

    public init() {}

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.isHouse else { throw Missing() }
    }

    public func perform(_ proceeding: Proceeding) throws {
        try CallAlertStore.sweep(at: proceeding.now, proceeding.writer)
    }
}
