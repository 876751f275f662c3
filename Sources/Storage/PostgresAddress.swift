import CLibPQ

/// A connection URL, looked at without connecting: libpq's own complaint about a bad one could quote the password.
struct PostgresAddress {
    private var password: String?

    init(_ url: String) throws {
        guard let options = PQconninfoParse(url, nil) else {
            throw StorageError.unavailable("the PostgreSQL URL cannot be read")
        }
        defer { PQconninfoFree(options) }
        var option = options
        while let keyword = option.pointee.keyword {
            if String(cString: keyword) == "password", let value = option.pointee.val {
                password = String(cString: value)
            }
            option += 1
        }
    }

    /// libpq's message on one line, without the password should it ever quote it.
    func withoutPassword(_ message: String) -> String {
        let line = PostgresConnection.line(message)
        guard let password, !password.isEmpty, line.contains(password) else { return line }
        return "the PostgreSQL server refused the connection"
    }
}
