/// Whole databases on a PostgreSQL server, for tests and benchmarks. They cannot be made inside a transaction.
public enum PostgresDatabases {
    /// Creates a database sorted by bytes: empty, or the copy of another to which nobody is connected. The names are trusted: letters,
    /// digits and underscores.
    public static func create(_ name: String, copying model: String? = nil, at url: String) throws {
        let server = try PostgresConnection(url: url, statementTimeout: 0)
        try server.script(
            "CREATE DATABASE \(name) TEMPLATE \(model ?? "template0") ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'")
    }

    /// Drops it, with the connections that are still open.
    public static func drop(_ name: String, at url: String) throws {
        let server = try PostgresConnection(url: url, statementTimeout: 0)
        try server.script("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
    }

    /// The database that a URL names; nil when it names none.
    public static func name(in url: String) -> String? {
        let (address, _) = parts(of: url)
        guard let slash = address.dropFirst(authority(of: address)).firstIndex(of: "/") else { return nil }
        let name = address[address.index(after: slash)...]
        return name.isEmpty ? nil : String(name)
    }

    private static func parts(of url: String) -> (address: String, query: String?) {
        let parts = url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        return (parts.first.map(String.init) ?? url, parts.count > 1 ? String(parts[1]) : nil)
    }

    /// Where the server's name begins.
    private static func authority(of address: String) -> Int { address.hasPrefix("postgresql://") ? 13 : 11 }

    /// The same URL, naming another database.
    public static func url(_ url: String, naming name: String) -> String {
        var (address, query) = parts(of: url)
        let start = authority(of: address)
        if let slash = address.dropFirst(start).firstIndex(of: "/") { address = String(address[..<slash]) }
        return address + "/" + name + (query.map { "?" + $0 } ?? "")
    }
}
