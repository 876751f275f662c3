import Foundation
import Testing
import Workbench

#if canImport(Glibc)
    import Glibc
#endif

/// What prevents the site from opening is said in one line, on standard error, with status 1.
@Suite(.serialized) struct StartFailureTests {
    private func expectOneLine(
        _ arguments: [String], _ environment: [String: String] = [:], saying words: String...,
        hiding secret: String? = nil,
        within seconds: Double = 30, at location: SourceLocation = #_sourceLocation
    ) async throws {
        let ended = try await Program.run(arguments, environment, within: seconds)
        #expect(
            ended.status == 1, "status \(ended.status.map(String.init) ?? "none"): \(ended.err)",
            sourceLocation: location)
        let lines = ended.err.split(separator: "\n")
        #expect(lines.count == 1, "\(ended.err)", sourceLocation: location)
        #expect(ended.err.hasPrefix("maillage: "), "\(ended.err)", sourceLocation: location)
        for word in words { #expect(ended.err.contains(word), "\(word) in: \(ended.err)", sourceLocation: location) }
        for jargon in ["Error Domain", "Optional(", "StorageError", "CommandFailure(", "Fatal"] {
            #expect(!ended.err.contains(jargon), "\(ended.err)", sourceLocation: location)
        }
        #expect(ended.out.isEmpty, sourceLocation: location)
        if let secret { #expect(!ended.err.contains(secret), sourceLocation: location) }
    }

    private func serve(_ folder: String, _ more: String...) -> [String] {
        ["serve", "--data", folder + "/data", "--port", "0"] + more
    }

    @Test func aPortInUse() async throws {
        try await withFolder { folder in
            let first = try Program(serve(folder))
            let port = try await first.port()
            try await expectOneLine(
                ["serve", "--data", folder + "/other", "--port", String(port)], saying: "port \(port)", "already in use"
            )
            first.signal(SIGTERM)
            #expect(await first.end(within: 20) == 0)
        }
    }

    @Test func anAddressThatIsNotHere() async throws {
        try await withFolder { folder in
            try await expectOneLine(serve(folder, "--host", "192.0.2.1"), saying: "192.0.2.1")
            try await expectOneLine(serve(folder, "--host", "nulle-part.invalid"), saying: "nulle-part.invalid")
        }
    }

    @Test func aDataDirectoryThatCannotBeMade() async throws {
        try await withFolder { folder in
            try "a file".write(toFile: folder + "/data", atomically: true, encoding: .utf8)
            try await expectOneLine(["serve", "--data", folder + "/data", "--port", "0"], saying: folder + "/data")
            try await expectOneLine(
                ["serve", "--data", folder + "/data/under", "--port", "0"], saying: folder + "/data")
            try await expectOneLine(["serve", "--data", "/proc/maillage", "--port", "0"], saying: "/proc/maillage")
            try await expectOneLine(["demo", "--data", "/proc/maillage", "--port", "0"], saying: "/proc/maillage")
        }
    }

    @Test func aDataDirectoryThatCannotBeWritten() async throws {
        try await withFolder { folder in
            // Root writes anywhere: what it is refused too is a folder of /proc.
            if geteuid() != 0 {
                mkdir(folder + "/data", 0o500)
                try await expectOneLine(serve(folder), saying: folder)
            }
            try await expectOneLine(["serve", "--data", "/proc/self", "--port", "0"], saying: "/proc/")
        }
    }

    @Test func aFullDisk() async throws {
        for kilobytes in [4, 64, 160] {
            _ = try await withSmallDisk(kilobytes: kilobytes) { folder in
                try await expectOneLine(serve(folder), saying: "full")
            }
        }
    }

    @Test func aSecondProcessOnTheSameData() async throws {
        try await withFolder { folder in
            let first = try Program(serve(folder))
            _ = try await first.port()
            try await expectOneLine(serve(folder), saying: "another maillage", folder)
            try await expectOneLine(["check", "--data", folder + "/data"], saying: "another maillage")
            #expect(first.isRunning)
            first.signal(SIGINT)
            #expect(await first.end(within: 20) == 0)
        }
    }

    @Test func aDatabaseThatIsNotOne() async throws {
        try await withFolder { folder in
            mkdir(folder + "/data", 0o700)
            let file = folder + "/data/maillage.sqlite"
            let noise = Data((0..<8_192).map { UInt8(truncatingIfNeeded: $0 &* 31) })
            for bytes in [Data("not a database, whatever its name says\n".utf8), noise] {
                try bytes.write(to: URL(fileURLWithPath: file))
                try await expectOneLine(serve(folder), saying: "maillage.sqlite")
            }
            try FileManager.default.removeItem(atPath: file)
            mkdir(file, 0o700)
            try await expectOneLine(serve(folder), saying: "maillage.sqlite")
        }
    }

    @Test func aDatabaseThatWasDamaged() async throws {
        try await withFolder { folder in
            let made = try await Program.run(["migrate", "--data", folder + "/data"])
            #expect(made.status == 0)
            let file = URL(fileURLWithPath: folder + "/data/maillage.sqlite")
            let whole = try Data(contentsOf: file)
            #expect(whole.count > 20_000)
            // Cut short; its first page scrambled after the title; every page but the first scrambled.
            var scrambled = whole
            for offset in 100..<4_096 { scrambled[offset] = UInt8(truncatingIfNeeded: offset &* 37) }
            var hollow = whole
            for offset in 4_096..<hollow.count { hollow[offset] = 0xA5 }
            for damaged in [whole.prefix(5_000), scrambled, hollow] {
                try damaged.write(to: file)
                try await expectOneLine(serve(folder), saying: "maillage.sqlite")
                try await expectOneLine(["check", "--data", folder + "/data"], saying: "maillage.sqlite")
            }
        }
    }

    @Test func aDatabaseOfAnotherVersion() async throws {
        try await withFolder { folder in
            _ = try await Program.run(["migrate", "--data", folder + "/data"])
            try await withDatabase(folder + "/data/maillage.sqlite") { database in
                _ = try await database.write {
                    try $0.run("UPDATE schema_migration SET checksum = 'autre' WHERE number = 2")
                }
            }
            try await expectOneLine(serve(folder), saying: "brought up to date")
        }
    }

    @Test func aBrokenSettingsFile() async throws {
        let broken: [(Data, String)] = [
            (Data("port = \n".utf8), "not TOML"), (Data("[[[".utf8), "not TOML"), (Data("prot = 8080\n".utf8), "prot"),
            (Data("port = 3.5\n".utf8), "port"), (Data("port = [80]\n".utf8), "port"),
            (Data("port = 99999\n".utf8), "99999"),
            (Data([0x70, 0x3D, 0xFF, 0xFE]), "UTF-8"), (Data("log_level = \"loud\"\n".utf8), "loud"),
            (Data("[section]\nport = 80\n".utf8), "section"), (Data("port = 80\nport = 81\n".utf8), "not TOML"),
            (Data(("a = \"" + String(repeating: "x", count: 300_000)).utf8), "not TOML"),
        ]
        try await withFolder { folder in
            mkdir(folder + "/data", 0o700)
            for (bytes, word) in broken {
                try bytes.write(to: URL(fileURLWithPath: folder + "/data/maillage.toml"))
                try await expectOneLine(["serve", "--data", folder + "/data"], saying: word)
            }
        }
    }

    @Test func aWrongSetting() async throws {
        let wrong = [
            ("PORT", "quatre-vingts"), ("PORT", "-1"), ("PORT", "65536"), ("BASE_URL", "reseau.example"),
            ("DATABASE_URL", "mysql://x"), ("LOG_LEVEL", "tout"), ("TRUSTED_PROXIES", "beaucoup"),
            ("MAIL_FROM", "personne"),
            ("TILES_URL", "ftp://x/{z}"), ("GEOCODER_URL", "x"),
        ]
        try await withFolder { folder in
            for (name, value) in wrong {
                let shown = name == "DATABASE_URL" ? "********" : value
                try await expectOneLine(
                    ["serve", "--data", folder + "/data"], ["MAILLAGE_" + name: value], saying: "MAILLAGE_" + name,
                    shown)
            }
            #expect(!FileManager.default.fileExists(atPath: folder + "/data"))
        }
    }
}
