import Foundation
import Maillage

/// `maillage.toml` of a folder.
enum SettingsFile {
    /// The values by name; none when there is no such file. Throws `CommandFailure` when it cannot be read.
    static func read(_ path: String) throws -> [String: String] {
        guard FileManager.default.fileExists(atPath: path) else { return [:] }
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw CommandFailure("\(path) cannot be read")
        }
        do throws(SettingsText.Refusal) {
            return try SettingsText.values(Array(bytes))
        } catch {
            throw CommandFailure("\(path): \(error.reason)")
        }
    }
}
