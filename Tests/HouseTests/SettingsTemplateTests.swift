import Foundation
import Maillage
import Testing

@testable import MaillageCommand

/// The file of settings that the package brings says every setting, and none wrongly.
@Suite struct SettingsTemplateTests {
    private func read(_ text: String) throws -> [String: String] {
        let path = FileManager.default.temporaryDirectory.path + "/maillage-template-\(UUID().uuidString).toml"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try SettingsFile.read(path)
    }

    @Test func itSetsNothing() throws {
        #expect(try read(Settings.template()).isEmpty)
    }

    @Test func itNamesEachSettingOnceWithItsMeaning() {
        let text = Settings.template()
        for definition in Settings.definitions {
            let mark = "\n#\(definition.name.lowercased()) = "
            #expect(text.components(separatedBy: mark).count == 2, "\(definition.name)")
            let words = definition.meaning.split(separator: " ").prefix(4).joined(separator: " ")
            #expect(text.contains("# " + words), "\(definition.name)")
        }
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 120 })
    }

    @Test func withEveryMarkTakenAwayItIsAsWithout() throws {
        let lines = Settings.template().split(separator: "\n").map { line in
            line.hasPrefix("#") && !line.hasPrefix("# ") ? String(line.dropFirst()) : String(line)
        }
        let values = try read(lines.joined(separator: "\n"))
        #expect(Set(values.keys) == Set(Settings.definitions.map { $0.name.lowercased() }))
        #expect(try Settings(environment: [:], file: values) == Settings())
    }
}
