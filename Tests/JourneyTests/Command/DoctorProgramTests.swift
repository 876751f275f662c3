import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// The doctor as people call it: on a real folder, beside a site that serves.
@Suite(.serialized) struct DoctorProgramTests {
    private func visit(_ folder: String, _ environment: [String: String] = [:]) async throws -> (
        status: Int32?, lines: [Substring]
    ) {
        let ended = try await Program.run(["doctor", "--data", folder + "/data"], environment, within: 120)
        #expect(ended.err.isEmpty, "\(ended.err)")
        return (ended.status, ended.out.split(separator: "\n"))
    }

    private func line(_ grade: String, _ subject: String, in lines: [Substring]) -> Substring? {
        lines.first { $0.hasPrefix(grade + " ") && $0.dropFirst(8).hasPrefix(subject + " ") }
    }

    @Test func besideASiteThatServes() async throws {
        try await withFolder { folder in
            let site = try Program(["serve", "--data", folder + "/data", "--port", "0"])
            let port = try await site.port()
            chmod(folder + "/data", 0o700)
            let seen = try await visit(folder, ["MAILLAGE_PORT": String(port)])
            #expect(line("ok", "database", in: seen.lines)?.contains("the site has it open") == true, "\(seen.lines)")
            #expect(line("ok", "keys", in: seen.lines) != nil)
            #expect(line("ok", "data directory", in: seen.lines) != nil)
            #expect(line("ok", "site", in: seen.lines)?.contains(String(port)) == true)
            #expect(line("ok", "SQLite", in: seen.lines)?.contains("3.") == true)
            #expect(line("ok", "pages", in: seen.lines) == nil && line("fault", "pages", in: seen.lines) == nil)
            #expect(line("warning", "backups", in: seen.lines)?.contains("-> backup_folder") == true)
            let grades = seen.lines.dropLast().allSatisfy { line in
                ["ok", "warning", "fault"].contains { line.hasPrefix($0 + " ") }
            }
            #expect(grades, "\(seen.lines)")
            // Status 1 with a fault, and only then.
            #expect((seen.status == 1) == seen.lines.contains { $0.hasPrefix("fault ") })
            let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/data")
            #expect(!names.contains { $0.hasPrefix(".doctor") })
            // The site was not disturbed, and stops well.
            #expect(site.isRunning)
            site.signal(SIGTERM)
            #expect(await site.end(within: 120) == 0)
            let after = try await visit(folder, ["MAILLAGE_PORT": String(port)])
            #expect(line("ok", "database", in: after.lines)?.contains("up to date") == true, "\(after.lines)")
            #expect(line("warning", "site", in: after.lines) != nil)
        }
    }

    @Test func whatIsAmissIsAFaultAndStatusOne() async throws {
        try await withFolder { folder in
            _ = try await Program.run(["migrate", "--data", folder + "/data"])
            chmod(folder + "/data", 0o755)
            chmod(folder + "/data/forms.key", 0o644)
            try "prot = 80\n".write(toFile: folder + "/data/maillage.toml", atomically: true, encoding: .utf8)
            chmod(folder + "/data/maillage.toml", 0o644)
            let seen = try await visit(folder)
            #expect(seen.status == 1)
            #expect(line("fault", "settings", in: seen.lines)?.contains("prot") == true, "\(seen.lines)")
            #expect(line("fault", "data directory", in: seen.lines)?.contains("0755") == true)
            let keys = seen.lines.filter { $0.hasPrefix("fault   keys ") }
            #expect(keys.contains { $0.contains("forms.key") } && keys.contains { $0.contains("maillage.toml") })
            #expect(seen.lines.last?.contains("fault") == true)
        }
    }

    @Test func aDatabaseServerThatIsNotThere() async throws {
        try await withFolder { folder in
            mkdir(folder + "/data", 0o700)
            let seen = try await visit(
                folder, ["MAILLAGE_DATABASE_URL": "postgres://maillage:tressecret@127.0.0.1:1/maillage"])
            #expect(seen.status == 1)
            #expect(line("fault", "PostgreSQL", in: seen.lines) != nil, "\(seen.lines)")
            #expect(!seen.lines.contains { $0.contains("tressecret") })
        }
    }
}
