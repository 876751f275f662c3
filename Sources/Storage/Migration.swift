import Crypto

/// One step of the schema: a script in SQLite's words (see `Dialect.schema`), applied once and never changed afterwards.
public struct Migration: Sendable {
    public let number: Int
    public let name: String
    public let text: String
    /// What only one engine understands (triggers, full-text tables), in its own words, run after `text` and untranslated.
    public let sqlite: String
    public let postgres: String

    public init(number: Int, name: String, text: String, sqlite: String = "", postgres: String = "") {
        self.number = number
        self.name = name
        self.text = text
        self.sqlite = sqlite
        self.postgres = postgres
    }

    /// What this engine runs.
    func script(for dialect: Dialect) -> String {
        let common = dialect.schema(text)
        let own = dialect == .sqlite ? sqlite : postgres
        return own.isEmpty ? common : common + "\n;\n" + own
    }

    /// SHA-256 of all that is written here, in lower-case hexadecimal: the same on both engines.
    public var checksum: String {
        let digits = Array("0123456789abcdef".utf8)
        var hexadecimal: [UInt8] = []
        // The parts are separated by a byte no text holds, so that moving words between them shows.
        let parts = sqlite.isEmpty && postgres.isEmpty ? text : text + "\u{0}" + sqlite + "\u{0}" + postgres
        for byte in SHA256.hash(data: Array(parts.utf8)) {
            hexadecimal.append(digits[Int(byte >> 4)])
            hexadecimal.append(digits[Int(byte & 15)])
        }
        return String(decoding: hexadecimal, as: UTF8.self)
    }
}
