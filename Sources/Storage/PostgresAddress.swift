/// A connection URL, looked at without connecting: libpq's own complaint about a bad one could quote the password.
struct PostgresAddress {
    private let password: String?
    /// Seconds after which one server that says nothing is given up. Where there is another, a machine that vanished must not take what
    /// is left of the half minute within which somebody deposits again; libpq knows no less than two.
    let patience: Int

    init(_ url: String) throws {
        let client = try PostgresClient(url)
        password = client.environment["PGPASSWORD"]
        patience = client.serverCount > 1 ? 2 : 5
    }

    /// libpq's message on one line, without the password should it ever quote it.
    func withoutPassword(_ message: String) -> String {
        let line = PostgresConnection.line(message)
        guard let password, !password.isEmpty, line.contains(password) else { return line }
        return "the PostgreSQL server refused the connection"
    }
}
