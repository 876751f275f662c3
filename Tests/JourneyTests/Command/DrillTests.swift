import Foundation
import Storage
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

#if canImport(Glibc)
    import Glibc
#endif

/// The day the disk is lost, rehearsed: by the commands of `docs/OPERATIONS.md`, on a network with something in it. BAK-1, BAK-4, BAK-10
@Suite(.serialized) struct DrillTests {
    /// Keys of age, made for one test: the file of the private one, and the public one. Nil where age is not installed.
    private static func keys(_ folder: String, _ name: String = "cle") throws -> (identity: String, recipient: String)?
    {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/age-keygen") else {
            print("skipped: age is not installed")
            return nil
        }
        let path = folder + "/" + name
        let maker = Process()
        maker.executableURL = URL(fileURLWithPath: "/usr/bin/age-keygen")
        maker.arguments = ["-o", path]
        maker.standardError = FileHandle.nullDevice
        try maker.run()
        maker.waitUntilExit()
        chmod(path, 0o600)
        let lines = Program.text(path).split(separator: "\n")
        guard let line = lines.first(where: { $0.hasPrefix("# public key: ") }) else { return nil }
        return (path, String(line.dropFirst("# public key: ".count)))
    }

    private static func until(_ seconds: Double, _ body: () async throws -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while try await !body() {
            try #require(ContinuousClock.now < deadline, "it did not come")
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    private static func withDatabase<T>(_ data: String, _ body: (Database) async throws -> T) async throws -> T {
        let database = try Database(.file(data + "/maillage.sqlite"))
        do {
            let result = try await body(database)
            await database.close()
            return result
        } catch {
            await database.close()
            throw error
        }
    }

    /// Closes the account of a demo sign-in, as its person would.
    private static func close(_ email: String, in data: String) async throws -> Account.ID {
        try await withDatabase(data) { database in
            let desk = Desk(database: database, surroundings: .live())
            let address = try EmailAddress(email)
            let account = try #require(try await database.read { try AccountStore.account(email: address, $0) })
            let session = try await desk.perform(OpenSession(account: account.id, device: "essai"), as: .house)
            let head = LetterHead(networkName: "Essai", baseURL: "http://127.0.0.1", contactEmail: "a@reseau.test")
            try await desk.perform(
                CloseAccount(
                    session: session.session, isConfirmed: true, leavesPlacesAlone: true, head: head,
                    traces: .network), as: Principal(account: account.id, name: account.name, grants: []))
            return account.id
        }
    }

    @Test func aDemoNetworkIsLostAndComesBack() async throws {
        try await withFolder { folder in
            guard let (identity, recipient) = try Self.keys(folder) else { return }
            let (data, shelf) = (folder + "/var", BackupShelf(folder: folder + "/etagere"))
            let hook = folder + "/envoyer"
            try "#!/bin/sh\nexec cp \"$1\" \(folder)/ailleurs.tar.age\n".write(
                toFile: hook, atomically: true, encoding: .utf8)
            chmod(hook, 0o755)
            let environment = [
                "MAILLAGE_BACKUP_FOLDER": shelf.folder, "MAILLAGE_BACKUP_RECIPIENT": recipient,
                "MAILLAGE_BACKUP_HOOK": hook,
            ]
            let made = try await Program.run(["demo", "--no-serve", "--data", data], within: 240)
            try #require(made.status == 0, "\(made.err)")
            let before = try await Self.withDatabase(data) { database in
                try await database.read { try $0.all("SELECT content FROM receipt ORDER BY id") { try $0.text(0) } }
            }
            #expect(before.count > 5)

            var server = try Program(["serve", "--data", data, "--port", "0"], environment)
            _ = try await server.port()
            try await Self.until(120) { BackupState.read(dataDirectory: data).sent != nil }
            server.signal(SIGTERM)
            #expect(await server.end(within: 120) == 0, "\(server.err)")
            let state = BackupState.read(dataDirectory: data)
            let success = try #require(state.lastSuccess, "\(server.err)")
            #expect(success.isEncrypted && !state.isFailing && state.hookFailure == nil)
            #expect(try shelf.copies().map(\.path) == [success.path])
            let file = FileManager.default.contents(atPath: success.path) ?? Data()
            #expect(file.starts(with: Data("age-encryption.org/v1\n".utf8)))
            #expect(file.firstRange(of: Data("manifest.json".utf8)) == nil, "nothing in clear")
            #expect(FileManager.default.contents(atPath: folder + "/ailleurs.tar.age") == file, "sent as it is")

            // Somebody leaves after the backup; then the disk is lost.
            let left = try await Self.close("compte@demo.example", in: data)
            server = try Program(["serve", "--data", data, "--port", "0"], environment)
            _ = try await server.port()
            try await Self.until(60) { try !ErasureLog.read(shelf.folder + "/erasures.log").erasures.isEmpty }
            server.signal(SIGKILL)
            _ = await server.end(within: 120)
            try FileManager.default.removeItem(atPath: data)

            let there = folder + "/neuf"
            let restored = try await Program.run(
                ["restore", success.path, "--identity", identity, "--data", there], environment, within: 120)
            #expect(restored.status == 0, "\(restored.err)")
            #expect(restored.out.contains("1 erasures done again"), "\(restored.out)")
            let check = try await Program.run(["check", "--data", there], within: 120)
            #expect(check.status == 0, "\(check.err)")
            #expect(check.out.contains("deposits have their receipt, signed"))
            let keys = try ReceiptKeys.published(dataDirectory: there)
            let (receipts, account) = try await Self.withDatabase(there) { database in
                try await database.read { reader in
                    (
                        try reader.all("SELECT content FROM receipt ORDER BY id") { try $0.text(0) },
                        try AccountStore.account(left, reader)
                    )
                }
            }
            #expect(receipts == before)
            for receipt in receipts { #expect(ReceiptVerifier(keys: keys).verify(Array(receipt.utf8)).isValid) }
            #expect(account?.email == nil && account?.closedAt != nil, "erased again")
            let again = try Program(["serve", "--data", there, "--port", "0"])
            let caller = Caller(port: try await again.port())
            #expect(try await caller.get("/").status == 200)
            #expect(try await caller.get("/lieux").status == 200)
            again.signal(SIGTERM)
            #expect(await again.end(within: 120) == 0)
        }
    }

    @Test func whatCannotBeRestoredIsRefusedInOneLineAndWritesNothing() async throws {
        try await withFolder { folder in
            guard let (identity, recipient) = try Self.keys(folder), let other = try Self.keys(folder, "autre") else {
                return
            }
            let site = try await StandingSite(folder + "/var", people: 1)
            let plain = try await Program.run(["backup", folder + "/clair.tar", "--data", site.folder], within: 240)
            #expect(plain.status == 0, "\(plain.err)")
            let sealed = try await Program.run(
                ["backup", folder + "/scelle.tar.age", "--data", site.folder],
                ["MAILLAGE_BACKUP_RECIPIENT": recipient], within: 240)
            #expect(sealed.status == 0, "\(sealed.err)")
            let bytes = try #require(FileManager.default.contents(atPath: folder + "/clair.tar"))
            let secret = try #require(FileManager.default.contents(atPath: folder + "/scelle.tar.age"))
            try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: folder + "/coupe.tar"))
            try secret.prefix(secret.count / 2).write(to: URL(fileURLWithPath: folder + "/coupe.age"))
            try secret.prefix(secret.count - 1).write(to: URL(fileURLWithPath: folder + "/presque.age"))
            try Data((0..<5_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }).write(
                to: URL(fileURLWithPath: folder + "/bruit"))
            try "un mot".write(toFile: folder + "/mot", atomically: true, encoding: .utf8)
            try Self.newer(bytes).write(to: URL(fileURLWithPath: folder + "/futur.tar"))
            let open = folder + "/ouverte"
            try FileManager.default.copyItem(atPath: identity, toPath: open)
            chmod(open, 0o644)
            let there = folder + "/neuf"
            for (words, reason) in [
                (["coupe.tar"], "is cut short"),
                (["bruit"], "bruit"), (["mot"], "cut short"),
                (["futur.tar"], "a newer Maillage made it"),
                (["scelle.tar.age"], "is encrypted: give the file of its private key"),
                (["scelle.tar.age", "--identity", other.identity], "no identity matched"),
                (["scelle.tar.age", "--identity", open], "may be read by others"),
                (["scelle.tar.age", "--identity", folder + "/absente"], "No such file"),
                (["scelle.tar.age", "--identity", folder], "is not a file"),
                (["coupe.age", "--identity", identity], "age: "),
                (["presque.age", "--identity", identity], "age: "),
            ] {
                for dry in [[], ["--dry-run"]] {
                    let ended = try await Program.run(
                        ["restore", folder + "/" + words[0]] + Array(words.dropFirst()) + dry + ["--data", there],
                        within: 240)
                    #expect(ended.status == 1, "\(words)")
                    #expect(ended.err.contains(reason), "\(words): \(ended.err)")
                    #expect(ended.err.split(separator: "\n").count == 1, "\(words): \(ended.err)")
                    #expect(!FileManager.default.fileExists(atPath: there), "\(words)")
                    #expect(!FileManager.default.fileExists(atPath: there + ".restoring"), "\(words)")
                }
            }
            let taken = try await Program.run(["restore", folder + "/clair.tar", "--data", site.folder])
            #expect(taken.status == 1 && taken.err.contains("holds something"))
            #expect(try await site.names().count == 1, "left alone")
            let whole = try await Program.run(
                ["restore", "--dry-run", folder + "/scelle.tar.age", "--identity", identity, "--data", there])
            #expect(whole.status == 0, "\(whole.err)")
            #expect(!FileManager.default.fileExists(atPath: there))
        }
    }

    /// The same archive as a later format would name itself.
    private static func newer(_ bytes: Data) throws -> Data {
        var bytes = bytes
        let mark = try #require(bytes.lastRange(of: Data("maillage-backup/1".utf8)))
        bytes[bytes.index(before: mark.upperBound)] = UInt8(ascii: "2")
        return bytes
    }

    /// `MS_REMOUNT | MS_RDONLY` of mount(2).
    private static let readOnly: UInt = 33

    @Test func aTargetThatIsFullOrReadOnlyIsToldAndLeftEmpty() async throws {
        try await withFolder { folder in
            let site = try await StandingSite(folder + "/var", people: 1)
            try Data(repeating: 1, count: 3 << 20).write(to: URL(fileURLWithPath: site.folder + "/gros.bin"))
            let made = try await Program.run(["backup", folder + "/un.tar", "--data", site.folder], within: 240)
            #expect(made.status == 0, "\(made.err)")
            _ = try await withSmallDisk(kilobytes: 1_024) { disk in
                let full = try await Program.run(["restore", folder + "/un.tar", "--data", disk + "/var"])
                #expect(full.status == 1 && full.err.contains("the disk is full"), "\(full.err)")
                #expect(try FileManager.default.contentsOfDirectory(atPath: disk).isEmpty)
                // A backup to it fails as clearly.
                let backup = try await Program.run(["backup", disk + "/deux.tar", "--data", site.folder])
                #expect(backup.status == 1 && backup.err.contains("the disk is full"), "\(backup.err)")
                #expect(try FileManager.default.contentsOfDirectory(atPath: disk).isEmpty)
                guard mount("tmpfs", disk, "tmpfs", Self.readOnly, nil) == 0 else { return }
                let fixed = try await Program.run(["restore", folder + "/un.tar", "--data", disk + "/var"])
                #expect(fixed.status == 1 && fixed.err.split(separator: "\n").count == 1, "\(fixed.err)")
                #expect(fixed.err.contains(disk), "\(fixed.err)")
                let unwritten = try await Program.run(["backup", disk + "/trois.tar", "--data", site.folder])
                #expect(unwritten.status == 1 && unwritten.err.contains("Read-only"), "\(unwritten.err)")
            }
        }
    }

    // BAK-11, RCPT-9
    @Test func anInstantBetweenTwoDepositsIsGoneBackTo() async throws {
        try await LostDepositJourneys.Ground.on(.sqlite) { ground in
            let people = try await ground.people(3)
            let shelf = BackupShelf(folder: ground.folder + "/etagere")
            var environment = ground.environment
            environment["MAILLAGE_BACKUP_FOLDER"] = shelf.folder
            let server = try Program(["serve", "--data", ground.data, "--port", "0"], environment)
            let caller = Caller(port: try await server.port())
            try await Self.until(60) { try !shelf.copies().isEmpty }
            let early = Surroundings.live().now().iso
            var receipts: [[UInt8]] = []
            for person in people.prefix(2) { receipts.append(try await LostDepositJourneys.deposit(person, caller)) }
            try await Task.sleep(for: .milliseconds(1_100))
            let at = Surroundings.live().now().iso
            try await Task.sleep(for: .milliseconds(1_100))
            _ = try await LostDepositJourneys.deposit(people[2], caller)
            server.signal(SIGKILL)
            _ = await server.end(within: 120)

            let there = ground.folder + "/neuf"
            let words = ["restore", shelf.folder, "--data", there]
            let restored = try await Program.run(
                words + ["--at", at, "--deposits", ground.journal], within: 240)
            #expect(restored.status == 0, "\(restored.err)")
            #expect(restored.out.contains("2 deposits made until \(at) given back"), "\(restored.out)")
            #expect(restored.out.contains("1 deposits of \(ground.journal) are later"))
            #expect(restored.out.contains("Not given back") && restored.out.contains("all but deposits"))
            let kept = try await Self.withDatabase(there) { database in
                try await database.read {
                    try $0.all("SELECT content FROM receipt ORDER BY number") { Array(try $0.text(0).utf8) }
                }
            }
            #expect(kept == receipts, "to the last bit")
            let check = try await Program.run(["check", "--data", there], within: 240)
            #expect(check.status == 0, "\(check.err)")

            // Without the journal it is said; before any backup nothing is written.
            let alone = try await Program.run(
                ["restore", shelf.folder, "--data", ground.folder + "/seul", "--at", at], within: 240)
            #expect(alone.status == 0 && alone.out.contains("deposits made since the backup are lost"), "\(alone.out)")
            let nothing = try await Program.run(
                ["restore", shelf.folder, "--data", ground.folder + "/rien", "--at", "2001-01-01 00:00"])
            #expect(nothing.status == 1 && nothing.err.contains("holds no backup of"))
            #expect(!FileManager.default.fileExists(atPath: ground.folder + "/rien"))
            #expect(early <= at)
        }
    }

    /// A network of a gigabyte comes back within five minutes; the long version only, it writes four times as much.
    @Test(.enabled(if: Battery.isLong)) func aGigabyteIsRestoredInMinutes() async throws {
        try await withFolder { folder in
            let site = try await StandingSite(folder + "/var", people: 2)
            let vault = FileVault(directory: site.folder + "/vault")
            var numbers = SeededNumbers(Battery.seed)
            for _ in 0..<256 {
                var pieces = (0..<64).map { _ in
                    (0..<8_192).flatMap { _ in withUnsafeBytes(of: numbers.next()) { Array($0) } }
                }
                _ = try await vault.keep(limit: 8 << 20) { pieces.popLast() }
            }
            let keys = try Self.keys(folder)
            for what in keys == nil ? ["clear"] : ["clear", "encrypted"] {
                let recipient = what == "clear" ? nil : keys
                let file = folder + "/" + what + ".tar"
                var environment: [String: String] = [:]
                if let recipient { environment["MAILLAGE_BACKUP_RECIPIENT"] = recipient.recipient }
                var begun = ContinuousClock.now
                let made = try await Program.run(["backup", file, "--data", site.folder], environment, within: 900)
                try #require(made.status == 0, "\(made.err)")
                let backup = ContinuousClock.now - begun
                begun = ContinuousClock.now
                let identity = recipient.map { ["--identity", $0.identity] } ?? []
                let restored = try await Program.run(
                    ["restore", file, "--data", folder + "/" + what] + identity, within: 900)
                try #require(restored.status == 0, "\(restored.err)")
                let spent = ContinuousClock.now - begun
                print(
                    "restore of 1 GB, \(what): \(spent.components.seconds) s (bar 300 s); backup \(backup.components.seconds) s"
                )
                #expect(spent < .seconds(300))
                try FileManager.default.removeItem(atPath: folder + "/" + what)
                try FileManager.default.removeItem(atPath: file)
            }
        }
    }
}
