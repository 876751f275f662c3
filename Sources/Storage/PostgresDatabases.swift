/// Whole databases on a PostgreSQL server, for tests and benchmarks. They cannot be made inside a transaction.
public enum PostgresDatabases {
    /// Creates a database sorted by bytes. The name is trusted: letters, digits and underscores.
    public static func create(_ name: String, at url: String) throws {
        let server = try PostgresConnection(url: url, statementTimeout: 0)
        try server.script(
            "CREATE DATABASE \(name) TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'")
    }

    /// Drops it, with the connections that are still open.
    public static func drop(_ name: String, at url: String) throws {
        let server = try PostgresConnection(url: url, statementTimeout: 0)
        try server.script("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
    }

    /// The same URL, naming another database.
    public static func url(_ url: String, naming name: String) -> String {
        let parts = url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var address = parts.first.map(String.init) ?? url
        let start = address.hasPrefix("postgresql://") ? 13 : 11
        if let slash = address.dropFirst(start).firstIndex(of: "/") { address = String(address[..<slash]) }
        return address + "/" + name + (parts.count > 1 ? "?" + parts[1] : "")
    }
}
