import Foundation
import Storage
import Testing
import Workbench

@testable import Maillage

#if canImport(Glibc)
    import Glibc
#endif

/// A network lost and restored, by the commands an operator types.
@Suite(.serialized) struct BackupProgramTests {
    @Test func aSiteThatServesIsBackedUpLostAndRestored() async throws {
        try await withFolder { folder in
            let site = try await StandingSite(folder + "/var", people: 2)
            let server = try Program(site.arguments)
            let port = try await server.port()
            let made = try await Program.run(["backup", folder + "/un.tar", "--data", site.folder], within: 240)
            #expect(made.status == 0, "\(made.err)")
            #expect(made.out.contains("read again and whole"))
            #expect(try await Self.answers(port))
            server.signal(SIGKILL)
            _ = await server.end(within: 120)
            try FileManager.default.removeItem(atPath: site.folder)

            let checked = try await Program.run(["restore", "--dry-run", folder + "/un.tar", "--data", site.folder])
            #expect(checked.status == 0, "\(checked.err)")
            #expect(!FileManager.default.fileExists(atPath: site.folder))
            let restored = try await Program.run(["restore", folder + "/un.tar", "--data", site.folder])
            #expect(restored.status == 0, "\(restored.err)")
            let verdict = try await Program.run(["check", "--data", site.folder])
            #expect(verdict.status == 0, "\(verdict.err)")
            #expect(try await site.names().map(\.name) == ["Personne 0", "Personne 1"])
            let again = try Program(site.arguments)
            #expect(try await Self.answers(try await again.port()))
            again.signal(SIGTERM)
            #expect(await again.end(within: 120) == 0)
        }
    }

    @Test func backupsComeByThemselves() async throws {
        try await withFolder { folder in
            let site = try await StandingSite(folder + "/var", people: 1)
            let server = try Program(site.arguments, ["MAILLAGE_BACKUP_FOLDER": folder + "/etagere"])
            _ = try await server.port()
            let shelf = BackupShelf(folder: folder + "/etagere")
            let deadline = ContinuousClock.now + .seconds(60)
            while try shelf.copies().isEmpty, ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(50))
            }
            server.signal(SIGTERM)
            _ = await server.end(within: 120)
            let copy = try #require(try shelf.copies().first)
            #expect(
                try await Backup.verify(copy.path, programs: TestPrograms()).files.contains {
                    $0.name == "maillage.sqlite"
                })
        }
    }

    @Test func postgresIsDumpedAndRestored() async throws {
        guard TestEngine.postgresURL != nil else { return print("skipped: no PostgreSQL") }
        try await withFreshLocation(.postgres) { first in
            try await withFreshLocation(.postgres) { second in
                guard case .postgres(let one) = first, case .postgres(let other) = second else { return }
                try await withFolder { folder in
                    let here = ["MAILLAGE_DATABASE_URL": one]
                    let added = try await Program.run(
                        ["account", "add", "ada@exemple.fr", "--role", "admin_tech", "--data", folder + "/var"], here)
                    #expect(added.status == 0, "\(added.err)")
                    let made = try await Program.run(["backup", folder + "/un.tar", "--data", folder + "/var"], here)
                    #expect(made.status == 0, "\(made.err)")

                    let there = ["MAILLAGE_DATABASE_URL": other]
                    let words = ["restore", folder + "/un.tar", "--data", folder + "/neuf"]
                    let misplaced = try await Program.run(words)
                    #expect(misplaced.status == 1)
                    #expect(misplaced.err.contains("set DATABASE_URL"))
                    let restored = try await Program.run(words, there)
                    #expect(restored.status == 0, "\(restored.err)")
                    let listed = try await Program.run(["account", "list", "--data", folder + "/neuf"], there)
                    #expect(listed.out.contains("ada@exemple.fr"), "\(listed.err)")
                    let twice = try await Program.run(
                        ["restore", folder + "/un.tar", "--data", folder + "/encore"], there)
                    #expect(twice.status == 1)
                    #expect(twice.err.contains("holds tables"))
                }
            }
        }
    }

    @Test func whatCannotBeIsSaidInOneLine() async throws {
        try await withFolder { folder in
            for (words, reason) in [
                (["backup", folder + "/un.tar", "--data", folder + "/rien"], "holds no network"),
                (["restore", folder + "/absent.tar", "--data", folder + "/var"], "absent.tar"),
                (["restore", "/dev/null", "--data", folder + "/var"], "cut short"),
                (["restore", folder, "--data", folder + "/var"], "maillage: "),
                (["restore", "--data", folder + "/var"], "give the file"),
                (["restore", "--at", "hier", folder, "--data", folder + "/var"], "is no instant"),
                (["restore", "--at", "2026-03-29 02:30", folder, "--data", folder + "/var"], "is no instant"),
                (["restore", "--at", "2026-11-22 18:30", "--data", folder + "/var"], "BACKUP_FOLDER"),
                (["restore", "--at", "2026-11-22 18:30", folder, "--data", folder + "/var"], "holds no backup"),
                (["restore", "--at", "2026-11-22 18:30", "/dev/null", "--data", folder + "/var"], "not a folder"),
            ] {
                let ended = try await Program.run(words)
                #expect(ended.status == 1, "\(words)")
                #expect(ended.err.contains(reason), "\(ended.err)")
                #expect(ended.err.split(separator: "\n").count == 1, "\(ended.err)")
                #expect(!FileManager.default.fileExists(atPath: folder + "/var"))
            }
        }
    }

    private static func answers(_ port: Int) async throws -> Bool {
        try await Caller(port: port).get("/healthz").status == 200
    }
}
