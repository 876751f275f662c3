/// A connection URL, looked at without connecting: libpq's own complaint about a bad one could quote the password.
struct PostgresAddress {
    private let password: String?

    init(_ url: String) throws {
        password = try PostgresClient(url).environment["PGPASSWORD"]
    }

    /// libpq's message on one line, without the password should it ever quote it.
    func withoutPassword(_ message: String) -> String {
        let line = PostgresConnection.line(message)
        guard let password, !password.isEmpty, line.contains(password) else { return line }
        return "the PostgreSQL server refused the connection"
    }
}
