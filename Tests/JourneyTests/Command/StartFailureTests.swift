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
        within seconds: Double = 120, at location: SourceLocation = #_sourceLocation
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
            #expect(await first.end(within: 120) == 0)
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
            #expect(await first.end(within: 120) == 0)
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

    // SRV-7
    @Test func aCertificateThatCannotServe() async throws {
        try await withFolder { folder in
            let trial = try await TrialCertificate.make(in: folder)
            let (certificate, key) = (trial.files.certificate, trial.files.key)
            let both = ["MAILLAGE_TLS_CERTIFICATE": certificate, "MAILLAGE_TLS_KEY": key]
            func expect(_ change: [String: String], _ words: String) async throws {
                try await expectOneLine(serve(folder), both.merging(change) { $1 }, saying: words)
            }
            try await expect(["MAILLAGE_TLS_KEY": ""], "MAILLAGE_TLS_KEY")
            try await expect(["MAILLAGE_TLS_CERTIFICATE": ""], "MAILLAGE_TLS_CERTIFICATE")
            try await expect(["MAILLAGE_TLS_KEY": "site.key"], "absolute path")
            try await expect(["MAILLAGE_TLS_REDIRECT_PORT": "0"], "from 1 to 65535")
            try await expect(["MAILLAGE_BASE_URL": "http://lieux.exemple.fr"], "https:// address")
            try await expectOneLine(
                serve(folder), ["MAILLAGE_TLS_REDIRECT_PORT": "8081"], saying: "MAILLAGE_TLS_CERTIFICATE")
            try await expect(["MAILLAGE_TLS_KEY": folder + "/rien"], "No such file")
            try await expect(["MAILLAGE_TLS_KEY": certificate], "may be read by others")
            let other = folder + "/other"
            mkdir(other, 0o700)
            try await expect(
                ["MAILLAGE_TLS_KEY": try await TrialCertificate.make(in: other).files.key], "not the key of")
            let ended = try await TrialCertificate.makeEnded(in: other).files
            try await expect(
                ["MAILLAGE_TLS_CERTIFICATE": ended.certificate, "MAILLAGE_TLS_KEY": ended.key], "ended on 2020-02-01")
            #expect(!FileManager.default.fileExists(atPath: folder + "/data"), "said before anything is made")
        }
    }

    // SRV-7
    @Test func aSiteThatHoldsItsCertificate() async throws {
        try await withFolder { folder in
            let trial = try await TrialCertificate.make(in: folder)
            let clear = try FreePort.find()
            let environment = [
                "MAILLAGE_TLS_CERTIFICATE": trial.files.certificate, "MAILLAGE_TLS_KEY": trial.files.key,
                "MAILLAGE_TLS_REDIRECT_PORT": String(clear),
            ]
            let site = try Program(serve(folder), environment)
            let port = try await site.port()
            #expect(site.out.contains("https://127.0.0.1:\(port)"))
            #expect(try await trial.ask(port, "GET", "/healthz").status == 200)
            #expect(try await Caller(port: clear).get("/").status == 308)
            try await expectOneLine(
                ["serve", "--data", folder + "/other", "--port", "0"], environment, saying: "port \(clear)",
                "already in use")
            // Renewed while it serves: the former one is not given any more.
            let renewed = try await TrialCertificate.make(in: folder)
            var isServed = false
            for _ in 0..<300 where !isServed {
                isServed = (try? await renewed.ask(port, "GET", "/healthz"))?.status == 200
                if !isServed { try await Task.sleep(for: .milliseconds(200)) }
            }
            #expect(isServed, "\(site.err)")
            #expect(site.err.contains("the certificate was renewed"))
            site.signal(SIGTERM)
            #expect(await site.end(within: 120) == 0)
        }
    }
}
