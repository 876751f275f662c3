import CLibPQ

/// How PostgreSQL's own programs reach the database of a URL: the password goes by the environment, since anybody on the
/// machine may read the arguments of a program.
public struct PostgresClient: Sendable, Equatable {
    /// What follows `--dbname=`, without the password.
    public let address: String
    public let environment: [String: String]
    /// How many servers the URL names: more than one where another may take over.
    public let serverCount: Int

    /// Throws `StorageError.unavailable` when the URL cannot be read.
    public init(_ url: String) throws {
        guard let options = PQconninfoParse(url, nil) else {
            throw StorageError.unavailable("the PostgreSQL URL cannot be read")
        }
        defer { PQconninfoFree(options) }
        var words: [String] = []
        var environment: [String: String] = [:]
        var serverCount = 1
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val.map({ String(cString: $0) }), !value.isEmpty {
                let name = String(cString: keyword)
                if name == "host" || name == "hostaddr" {
                    serverCount = value.split(separator: ",", omittingEmptySubsequences: false).count
                }
                if name == "password" {
                    environment["PGPASSWORD"] = value
                } else {
                    words.append("\(name)='\(Self.escaped(value))'")
                }
            }
            option += 1
        }
        address = words.joined(separator: " ")
        self.environment = environment
        self.serverCount = serverCount
    }

    /// As the values of connection strings are quoted: https://www.postgresql.org/docs/15/libpq-connect.html, 34.1.1.1.
    private static func escaped(_ value: String) -> String {
        var text = ""
        for character in value {
            if character == "'" || character == "\\" { text.append("\\") }
            text.append(character)
        }
        return text
    }
}
