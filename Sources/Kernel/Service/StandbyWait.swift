import Storage

/// Whether PostgreSQL keeps a commit from being told until a second server has it, and whether somebody meant it to.
public struct StandbyWait: Sendable {
    private var wasAwaited = false

    public init() {}

    /// What one look says: forgotten when none is awaited although one was, or although the URL names several servers.
    public mutating func state(awaiting names: String, _ settings: Settings) -> Health.Standby {
        guard names.isEmpty else {
            wasAwaited = true
            return .awaited
        }
        return wasAwaited || Self.isMeant(settings) ? .forgotten : .none
    }

    /// For whom commits wait: `synchronous_standby_names` as it is now; empty for nobody, and on SQLite.
    public static func names(_ reader: Reader) throws -> String {
        guard reader.dialect == .postgres else { return "" }
        return try reader.one("SELECT current_setting('synchronous_standby_names')") { try $0.text(0) } ?? ""
    }

    /// Whether the URL names several servers, so that another may take over.
    public static func isMeant(_ settings: Settings) -> Bool {
        guard let url = settings.databaseURL, let client = try? PostgresClient(url) else { return false }
        return client.serverCount > 1
    }
}
