import Maillage
import MaillageWeb
import Storage
import Testing

@testable import MaillageCommand

/// The doctor on machines that are made up: each thing looked at is well once, and ill in each way it can be.
@Suite struct DoctorTests {
    private static let now = Instant(seconds: 1_790_000_000)

    /// Settings and a machine on which nothing is amiss.
    private struct Case: Sendable {
        var settings: Settings
        var machine: Machine
        var files: [String: Machine.FileState]
        var letterTo: String?

        init() {
            settings = Settings()
            settings.dataDirectory = "/data"
            settings.baseURL = "https://lieux.exemple.fr"
            settings.trustedProxies = 1
            settings.contactEmail = "bonjour@exemple.fr"
            settings.mailCommand = "/usr/bin/msmtp -t --file=/data/msmtprc"
            settings.mailFrom = "maillage@exemple.fr"
            settings.depositJournal = "/second/deposits.journal"
            settings.backupFolder = "/backup"
            settings.clamdSocket = "/run/clamd"
            settings.tilesURL = "https://tuiles.exemple.fr/{z}/{x}/{y}.png"
            settings.geocoderURL = "https://adresses.exemple.fr"
            func file(_ mode: UInt32, folder: Bool = false, device: UInt64 = 1) -> Machine.FileState {
                Machine.FileState(isFolder: folder, mode: mode, owner: 900, device: device, modified: now - .hours(1))
            }
            files = [
                "/data": file(0o700, folder: true), "/data/forms.key": file(0o600),
                "/data/maillage.toml": file(0o640), "/data/maillage.sqlite": file(0o600),
                "/data/msmtprc": file(0o600), "/data/keys": file(0o700, folder: true),
                "/data/keys/receipt-1.key": file(0o600), "/data/keys/receipt-1.json": file(0o644),
                "/second": file(0o700, folder: true, device: 2), "/backup": file(0o700, folder: true, device: 3),
                "/backup/maillage-20260921T010000Z.tar": file(0o600, device: 3),
                "/usr/share/zoneinfo/Europe/Paris": file(0o644),
            ]
            machine = Machine(
                now: { DoctorTests.now }, user: 900, userName: { $0 == 900 ? "maillage" : "root" }, file: { _ in nil },
                names: {
                    $0 == "/data/keys" ? ["receipt-1.key", "receipt-1.json"] : ["maillage-20260921T010000Z.tar"]
                },
                mayWrite: { _ in true },
                volume: { _ in
                    Machine.Volume(
                        free: 50_000_000_000, total: 90_000_000_000, freeNodes: 900_000, totalNodes: 1_000_000,
                        kind: "ext4")
                },
                syncs: { _ in [300, 400, 500] }, isClockFollowed: { true }, clockSkip: { 0.001 }, holders: { _ in [] },
                descriptors: { 16_384 }, sqliteVersion: "3.40.1", isInUse: { _ in true },
                migration: { _ in Schema.migrations.count },
                server: { _ in
                    Machine.Server(
                        version: 150_018, synchronousCommit: "on", fsync: "on", standbyNames: "", encoding: "UTF8",
                        now: DoctorTests.now, migration: Schema.migrations.count)
                },
                program: { "/usr/bin/" + ($0.split(separator: "/").last ?? "") },
                run: { _, _, _ in Machine.Ending(isSuccess: true, said: "") }, printPage: {}, hasAssets: { true },
                hasLeaflet: { true },
                certificate: { _ in CertificateFacts(end: DoctorTests.now + .days(60), names: ["lieux.exemple.fr"]) },
                status: { _ in 200 }, askScanner: { _ in })
        }

        func findings() async -> [DoctorFinding] {
            var machine = machine
            machine.file = { [files] in files[$0] }
            return await Checkup(settings: settings, machine: machine, letterTo: letterTo).findings()
        }
    }

    /// What is found of `subject` once the case is changed; every other finding stays well.
    private func expect(
        _ grade: DoctorFinding.Grade, _ subject: String, _ words: String = "", in change: (inout Case) -> Void,
        at location: SourceLocation = #_sourceLocation
    ) async {
        var ill = Case()
        change(&ill)
        let findings = await ill.findings()
        let found = findings.filter { $0.subject == subject && $0.grade == grade }
        #expect(
            found.contains { words.isEmpty || $0.words.contains(words) },
            "\(findings.map(\.line).joined(separator: "\n"))", sourceLocation: location)
        // Whatever is amiss is said with what to do about it, on one line.
        for finding in findings {
            #expect((finding.grade == .ok) == (finding.mend == nil), sourceLocation: location)
            #expect(!finding.line.contains("\n") && finding.line.hasPrefix(finding.grade.rawValue))
        }
    }

    @Test func aMachineOnWhichNothingIsAmiss() async {
        let findings = await Case().findings()
        #expect(findings.allSatisfy { $0.grade == .ok }, "\(findings.map(\.line).joined(separator: "\n"))")
        let subjects = Set(findings.map(\.subject))
        #expect(subjects.count >= 20, "\(subjects.sorted())")
        var server = Case()
        server.settings.databaseURL = "postgres://reseau"
        let others = await server.findings()
        #expect(others.allSatisfy { $0.grade == .ok }, "\(others.map(\.line).joined(separator: "\n"))")
        #expect(others.contains { $0.subject == "PostgreSQL" } && !others.contains { $0.subject == "SQLite" })
    }

    @Test func theDataDirectory() async {
        await expect(.warning, "data directory", "not there yet") { $0.files = [:] }
        await expect(.fault, "data directory", "may not make it") {
            $0.files = [:]
            $0.machine.mayWrite = { _ in false }
        }
        await expect(.fault, "data directory", "not a folder") { $0.files["/data"]?.isFolder = false }
        await expect(.fault, "data directory", "belongs to root") { $0.files["/data"]?.owner = 0 }
        await expect(.fault, "data directory", "cannot be written") { $0.machine.mayWrite = { $0 != "/data" } }
        await expect(.fault, "data directory", "open to other users (0755)") { $0.files["/data"]?.mode = 0o755 }
    }

    @Test func keysThatOthersMayRead() async {
        for path in ["/data/keys/receipt-1.key", "/data/forms.key", "/data/maillage.sqlite", "/data/maillage.toml"] {
            await expect(.fault, "keys", path) { $0.files[path]?.mode = 0o644 }
            await expect(.fault, "keys", "belongs to root") { $0.files[path]?.owner = 0 }
        }
        await expect(.ok, "keys") { $0.files["/data/keys/receipt-1.json"]?.mode = 0o644 }
        await expect(.fault, "keys", "cannot be read") { $0.machine.names = { _ in nil } }
    }

    @Test func theVolume() async {
        func volume(_ change: @escaping @Sendable (inout Machine.Volume) -> Void) -> (inout Case) -> Void {
            { ill in
                ill.machine.volume = { path in
                    var volume = Machine.Volume(
                        free: 50_000_000_000, total: 90_000_000_000, freeNodes: 900_000, totalNodes: 1_000_000,
                        kind: "ext4")
                    if path == "/data" { change(&volume) }
                    return volume
                }
            }
        }
        await expect(.fault, "disk", "free of", in: volume { $0.free = 5_000_000 })
        await expect(.warning, "disk", "free of", in: volume { $0.free = 1_500_000_000 })
        await expect(.warning, "disk", "free of", in: volume { $0.total = 2_000_000_000_000 })
        await expect(.fault, "disk", "read-only", in: volume { $0.isReadOnly = true })
        await expect(.fault, "inodes", "999 of", in: volume { $0.freeNodes = 999 })
        await expect(.warning, "inodes", in: volume { $0.freeNodes = 10_000 })
        await expect(.ok, "inodes", "no limit") { ill in
            ill.machine.volume = { _ in
                Machine.Volume(free: 1 << 40, total: 1 << 41, freeNodes: 0, totalNodes: 0, kind: "btrfs")
            }
        }
        await expect(.fault, "file system", "forgets", in: volume { $0.kind = "tmpfs" })
        await expect(.fault, "file system", "network", in: volume { $0.kind = "nfs4" })
        await expect(.warning, "file system", "overlay", in: volume { $0.kind = "overlay" })
        await expect(.ok, "file system", "nfs4") {
            volume { $0.kind = "nfs4" }(&$0)
            $0.settings.databaseURL = "postgres://reseau"
        }
        await expect(.warning, "disk", "says nothing") { $0.machine.volume = { _ in nil } }
    }

    @Test func aDiskThatLies() async {
        await expect(.fault, "sync", "no disk is so quick") { $0.machine.syncs = { _ in [0.4, 0.5, 900] } }
        await expect(.warning, "sync", "250 ms") { $0.machine.syncs = { _ in [250_000] } }
        await expect(.fault, "sync", "could not be synced") {
            $0.machine.syncs = { _ in throw StorageError.outcomeUnknown("Input/output error") }
        }
        await expect(.warning, "sync", "not tried") { $0.machine.mayWrite = { $0 != "/data" } }
        await expect(.warning, "sync", "not tried") { $0.machine.syncs = { _ in [] } }
    }

    @Test func aClockThatIsWrong() async {
        await expect(.fault, "clock", "drifts") { $0.machine.isClockFollowed = { false } }
        await expect(.warning, "clock", "can tell") { $0.machine.isClockFollowed = { nil } }
        await expect(.warning, "clock", "jumped by -3600000 ms") { $0.machine.clockSkip = { -3_600 } }
        await expect(.fault, "clock", "before this program") { $0.machine.now = { Instant(seconds: 0) } }
        // An hour late: the data were written after now.
        await expect(.fault, "clock", "the data were written") {
            $0.files["/data/maillage.sqlite"]?.modified = Self.now + .hours(1)
        }
        await expect(.fault, "time zone") { $0.files["/usr/share/zoneinfo/Europe/Paris"] = nil }
    }

    @Test func theEmbeddedDatabase() async {
        await expect(.ok, "SQLite", "could corrupt it") { $0.machine.sqliteVersion = "3.51.2" }
        for version in ["3.51.3", "3.50.7", "3.44.6", "3.52.0", "4.0"] {
            await expect(.ok, "SQLite", "without the known fault") { $0.machine.sqliteVersion = version }
        }
        await expect(.fault, "SQLite", "too old") { $0.machine.sqliteVersion = "3.34.1" }
        await expect(.warning, "SQLite", "not understood") { $0.machine.sqliteVersion = "trois" }
        await expect(.fault, "SQLite", "litestream") { $0.machine.holders = { _ in ["litestream"] } }
        await expect(.ok, "database", "the site has it open") { _ in }
        await expect(.ok, "database", "none yet") { $0.files["/data/maillage.sqlite"] = nil }
        let known = Schema.migrations.count
        func migration(_ number: Int) -> (inout Case) -> Void {
            {
                $0.machine.isInUse = { _ in false }
                $0.machine.migration = { _ in number }
            }
        }
        await expect(.ok, "database", "up to date", in: migration(known))
        await expect(.ok, "database", "brings it to \(known)", in: migration(3))
        await expect(.fault, "database", "later Maillage", in: migration(known + 1))
        await expect(.fault, "database", "damaged") {
            $0.machine.isInUse = { _ in false }
            $0.machine.migration = { _ in throw StorageError.unavailable("maillage.sqlite is damaged") }
        }
    }

    @Test func theServerOfDatabases() async {
        func server(_ change: @escaping @Sendable (inout Machine.Server) -> Void) -> (inout Case) -> Void {
            {
                $0.settings.databaseURL = "postgres://reseau"
                $0.machine.server = { _ in
                    var server = Machine.Server(
                        version: 150_018, synchronousCommit: "on", fsync: "on", standbyNames: "", encoding: "UTF8",
                        now: Self.now,
                        migration: Schema.migrations.count)
                    change(&server)
                    return server
                }
            }
        }
        await expect(.warning, "PostgreSQL", "older", in: server { $0.version = 130_005 })
        await expect(.warning, "PostgreSQL", "synchronous_commit is off", in: server { $0.synchronousCommit = "off" })
        await expect(.ok, "PostgreSQL", "remote_apply", in: server { $0.synchronousCommit = "remote_apply" })
        await expect(.ok, "PostgreSQL", "waits for ANY 1 (*)", in: server { $0.standbyNames = "ANY 1 (*)" })
        func pair(_ names: String) -> (inout Case) -> Void {
            {
                server { $0.standbyNames = names }(&$0)
                $0.settings.databaseURL = "postgres://un,deux/reseau?target_session_attrs=read-write"
            }
        }
        await expect(.warning, "PostgreSQL", "waits for none but the first", in: pair(""))
        await expect(.ok, "PostgreSQL", "waits for deux", in: pair("deux"))
        await expect(.fault, "PostgreSQL", "fsync is off", in: server { $0.fsync = "off" })
        await expect(.fault, "PostgreSQL", "LATIN1", in: server { $0.encoding = "LATIN1" })
        await expect(.warning, "clock", "3600 s apart", in: server { $0.now = Self.now + .hours(1) })
        await expect(.fault, "database", "later Maillage", in: server { $0.migration += 1 })
        await expect(.fault, "PostgreSQL", "refused") {
            $0.settings.databaseURL = "postgres://reseau"
            $0.machine.server = { _ in throw StorageError.unavailable("connection refused") }
        }
    }

    @Test func mail() async {
        await expect(.warning, "mail", "not set") { $0.settings.mailCommand = nil }
        await expect(.fault, "mail", "not there") { $0.machine.program = { $0 == "prlimit" ? $0 : nil } }
        await expect(.fault, "mail", "/data/msmtprc is not there") { $0.files["/data/msmtprc"] = nil }
        await expect(.fault, "mail", "password") { $0.files["/data/msmtprc"]?.mode = 0o644 }
        await expect(.warning, "mail", "most servers refuse") { $0.settings.mailFrom = "maillage@localhost" }
        await expect(.ok, "mail", "was taken") { $0.letterTo = "lea@exemple.fr" }
        await expect(.fault, "mail", "refused the letter: 550 no") {
            $0.letterTo = "lea@exemple.fr"
            $0.machine.run = { _, _, _ in Machine.Ending(isSuccess: false, said: "550 no") }
        }
        await expect(.fault, "mail", "did not end") {
            $0.letterTo = "lea@exemple.fr"
            $0.machine.run = { _, _, _ in nil }
        }
        for address in ["lea", "lea@exemple.fr\nBcc: tous@exemple.fr", "é@exemple.fr"] {
            await expect(.fault, "mail", "is not an address") {
                $0.letterTo = address
                $0.machine.run = { _, _, _ in
                    Issue.record("a letter left for an address that is none")
                    return nil
                }
            }
        }
    }

    @Test func theSecondVolumeAndTheBackups() async {
        await expect(.warning, "deposit copies", "not set") { $0.settings.depositJournal = nil }
        await expect(.fault, "deposit copies", "mounted?") { $0.files["/second"] = nil }
        await expect(.fault, "deposit copies", "cannot be written") { $0.machine.mayWrite = { $0 != "/second" } }
        await expect(.warning, "deposit copies", "same volume") { $0.files["/second"]?.device = 1 }
        await expect(.warning, "backups", "not set") { $0.settings.backupFolder = nil }
        await expect(.fault, "backups", "is not there") { $0.files["/backup"] = nil }
        await expect(.fault, "backups", "cannot be written") { $0.machine.mayWrite = { $0 != "/backup" } }
        await expect(.warning, "backups", "same volume") { $0.files["/backup"]?.device = 1 }
        await expect(.warning, "backups", "holds none") {
            $0.machine.names = { $0 == "/backup" ? [] : ["receipt-1.key"] }
        }
        // One that was cut short is none.
        await expect(.warning, "backups", "holds none") {
            $0.machine.names = { $0 == "/backup" ? ["maillage-20260921T010000Z.tar.partial"] : ["receipt-1.key"] }
        }
        await expect(.fault, "backups", "hours old") {
            $0.files["/backup/maillage-20260921T010000Z.tar"]?.modified = Self.now - .days(3)
        }
        await expect(.warning, "backups", "free for them") {
            $0.machine.volume = { path in
                Machine.Volume(
                    free: path == "/backup" ? 1_000_000 : 50_000_000_000, total: 90_000_000_000, freeNodes: 900_000,
                    totalNodes: 1_000_000, kind: "ext4")
            }
        }
    }

    @Test func programsAndServersAround() async {
        await expect(.fault, "pages", "style sheet") { $0.machine.hasAssets = { false } }
        await expect(.warning, "map", "Leaflet") { $0.machine.hasLeaflet = { false } }
        await expect(.warning, "tiles", "answers 503") { $0.machine.status = { $0.contains("tuiles") ? 503 : 200 } }
        await expect(.warning, "tiles", "answers nothing") { $0.machine.status = { $0.contains("tuiles") ? nil : 200 } }
        await expect(.fault, "tiles", "lacks") { $0.settings.tilesURL = "https://tuiles.exemple.fr/{z}/{x}.png" }
        await expect(.warning, "addresses", "answers 404") {
            $0.machine.status = { $0.contains("adresses") ? 404 : 200 }
        }
        await expect(.warning, "photos", "vipsthumbnail missing") {
            $0.machine.program = { $0 == "vipsthumbnail" ? nil : "/usr/bin/x" }
        }
        await expect(.warning, "PDF", "no page") {
            $0.machine.printPage = { throw StorageError.unavailable("no font") }
        }
        await expect(.ok, "antivirus", "none is asked") { $0.settings.clamdSocket = nil }
        await expect(.fault, "antivirus", "Connection refused") {
            $0.machine.askScanner = { _ in throw StorageError.unavailable("clamd: Connection refused") }
        }
        await expect(.fault, "descriptors", "256") { $0.machine.descriptors = { 256 } }
        await expect(.warning, "descriptors", "4096") { $0.machine.descriptors = { 4_096 } }
    }

    @Test func theWayPeopleCome() async {
        await expect(.warning, "public address", "lead nowhere") {
            $0.settings.baseURL = "http://127.0.0.1:8080"
            $0.settings.trustedProxies = 0
        }
        await expect(.fault, "public address", "in clear") { $0.settings.baseURL = "http://lieux.exemple.fr" }
        await expect(.fault, "proxy", "none is counted") { $0.settings.trustedProxies = 0 }
        await expect(.fault, "proxy", "their own address") { $0.settings.host = "0.0.0.0" }
        await expect(.ok, "proxy", "none in front") {
            $0.settings.baseURL = "http://lieux.exemple.fr"
            $0.settings.trustedProxies = 0
        }
        await expect(.warning, "contact") { $0.settings.contactEmail = Settings().contactEmail }
        await expect(.warning, "site", "nothing answers") {
            $0.machine.status = { $0.hasSuffix("/healthz") ? nil : 200 }
        }
        await expect(.ok, "site", "it answers") { $0.machine.status = { $0.hasSuffix("/healthz") ? 421 : 200 } }
        await expect(.fault, "site", "answers 503") { $0.machine.status = { $0.hasSuffix("/healthz") ? 503 : 200 } }
    }

    @Test func aCertificateOfItsOwn() async {
        func own(_ change: @escaping @Sendable (inout Case) -> Void = { _ in }) -> (inout Case) -> Void {
            { ill in
                ill.settings.tlsCertificate = "/data/tls/site.pem"
                ill.settings.tlsKey = "/data/tls/site.key"
                ill.settings.trustedProxies = 0
                ill.settings.host = "0.0.0.0"
                change(&ill)
            }
        }
        await expect(.ok, "certificate", "60 days", in: own())
        await expect(.ok, "proxy", "none in front", in: own())
        await expect(.ok, "site", in: own { $0.machine.status = { $0.hasPrefix("https://") ? 421 : nil } })
        await expect(
            .warning, "certificate", "ends in 13 days",
            in: own { ill in
                ill.machine.certificate = { _ in
                    CertificateFacts(end: Self.now + .days(13) + .hours(2), names: ["lieux.exemple.fr"])
                }
            })
        await expect(
            .fault, "certificate", "it is for autre.fr, not for lieux.exemple.fr",
            in: own { ill in
                ill.machine.certificate = { _ in CertificateFacts(end: Self.now + .days(60), names: ["autre.fr"]) }
            })
        await expect(
            .fault, "certificate", "is not the key of",
            in: own { ill in
                ill.machine.certificate = {
                    throw CertificateProblem.mismatch(certificate: $0.certificate, key: $0.key)
                }
            })
    }
}
