import Foundation
import Testing

/// `maillage rehearse` on a small network: a whole last hour in some seconds.
@Suite(.serialized) struct RehearsalTests {
    private static func contents(of folder: String) -> [String: Data] {
        var found: [String: Data] = [:]
        for path in FileManager.default.enumerator(atPath: folder)?.compactMap({ $0 as? String }) ?? [] {
            if let data = FileManager.default.contents(atPath: folder + "/" + path) { found[path] = data }
        }
        return found
    }

    // RCPT-13
    @Test func theLastHourIsPlayedOnACopy() async throws {
        try await withFolder { folder in
            let (data, work) = (folder + "/data", folder + "/work")
            try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: true)
            let made = try await Program.run(["bench", "candidates", "2", "--data", data], within: 240)
            #expect(made.status == 0, "\(made.err)")
            let mark = folder + "/mailed"
            let settings = "mail_command = \"/usr/bin/touch \(mark)\"\n"
            try Data(settings.utf8).write(to: URL(fileURLWithPath: data + "/maillage.toml"))
            let before = Self.contents(of: data)
            #expect(before["maillage.sqlite"] != nil)

            let arguments = [
                "rehearse", "appel-essai", "--candidates", "50", "--minutes", "0.5", "--work", work, "--data", data,
            ]
            let run = try await Program.run(arguments, within: 240)
            #expect(run.err == "")
            func figure(_ name: String) -> String? {
                run.out.split(separator: "\n").first { $0.hasPrefix(name) }
                    .map { $0.dropFirst(name.count).trimmingCharacters(in: .whitespaces) }
            }
            #expect(Int(figure("deposits acknowledged") ?? "").map { $0 >= 45 } == true, "\(run.out)")
            #expect(figure("lost") == "0" && figure("doubled") == "0")
            #expect(figure("late, accepted as in time") == "0" && figure("in time, refused") == "0")
            #expect(figure("  of which after the limit").flatMap { Int($0) }.map { $0 > 0 } == true)
            // A machine that runs every test at once may be too slow for all that a rehearsal wants to see: it then says so.
            let isComplete = figure("never reached") == "nothing"
            #expect(isComplete || !Battery.isLong, "\(run.out)")
            #expect(run.status == (isComplete ? 0 : 1), "\(run.out)")
            #expect(run.out.contains("Verdict: it holds.") == isComplete, "\(run.out)")
            for kind in ["page", "save", "check", "deposit", "receipt", "deposit, slow line"] {
                #expect(run.out.contains("\n" + kind + "  "), "\(kind)")
            }

            #expect(Self.contents(of: data) == before, "the original is never written to")
            #expect(!FileManager.default.fileExists(atPath: mark), "no mail")
            #expect(try FileManager.default.contentsOfDirectory(atPath: work).isEmpty, "the copy is removed")
        }
    }

    // RCPT-13
    @Test func aFormThatAsksForADocumentGetsOne() async throws {
        try await withFolder { folder in
            let data = folder + "/data"
            _ = try await Program.run(["bench", "candidates", "1", "--asks-file", "--data", data], within: 240)
            let run = try await Program.run(
                ["rehearse", "appel-essai", "--candidates", "10", "--minutes", "0.1", "--data", data], within: 240)
            #expect(run.status == 0, "\(run.out) \(run.err)")
            #expect(run.out.contains("\nupload  ") && run.out.contains("\nupload, slow line"), "\(run.out)")
            #expect(run.out.contains("Verdict: it holds."))
        }
    }

    // RCPT-13
    @Test func whatCannotBeRehearsedIsSaid() async throws {
        try await withFolder { folder in
            let data = folder + "/data"
            _ = try await Program.run(["bench", "candidates", "1", "--data", data], within: 240)
            func refusal(_ words: [String], _ environment: [String: String] = [:]) async throws -> String {
                let run = try await Program.run(["rehearse"] + words + ["--data", data], environment)
                #expect(run.status == 1 && run.out == "", "\(run.out)")
                return run.err
            }
            #expect(try await refusal(["appel-absent"]) == "maillage: no call appel-absent\n")
            #expect(
                try await refusal(["appel-essai"], ["MAILLAGE_DATABASE_URL": "postgres://x@127.0.0.1/x"])
                    .contains("copies a data directory"))
            let program = try Program(["serve", "--data", data, "--port", "0"])
            _ = try await program.port()
            #expect(try await refusal(["appel-essai"]).contains("a server is using"))
            program.signal(SIGTERM)
            #expect(await program.end(within: 120) == 0)
        }
    }
}
