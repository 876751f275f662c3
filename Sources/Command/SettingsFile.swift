import Foundation
import TOMLKit

/// `maillage.toml`: a flat list of `name = value`.
enum SettingsFile {
    /// The values by name; none when there is no such file. Throws `CommandFailure` when it cannot be read.
    static func read(_ path: String) throws -> [String: String] {
        guard let bytes = FileManager.default.contents(atPath: path) else { return [:] }
        guard let text = String(data: bytes, encoding: .utf8) else { throw CommandFailure("\(path): not UTF-8 text") }
        let table: TOMLTable
        do {
            table = try TOMLTable(string: text)
        } catch {
            let reason = String(describing: error).split(whereSeparator: \.isNewline).joined(separator: " ")
            throw CommandFailure("\(path): not TOML: \(reason)")
        }
        var values: [String: String] = [:]
        for key in table.keys {
            guard let value = table[key] else { continue }
            if let text = value.string {
                values[key] = text
            } else if let number = value.int {
                values[key] = String(number)
            } else {
                throw CommandFailure("\(path): \(key) must be a text in quotes or a whole number")
            }
        }
        return values
    }
}
