import Maillage

/// The database: which engine, with which known faults, and how it keeps what it says it keeps.
extension Checkup {
    func database() async -> [DoctorFinding] {
        if let url = settings.databaseURL { return await server(url) }
        return [library()] + holders() + [await schema()]
    }

    /// SQLite 3.7.0 to 3.51.2 can corrupt a file when two connections write or checkpoint at the same moment (corrected in
    /// 3.51.3, 3.50.7 and 3.44.6; https://sqlite.org/wal.html#walresetbug). One process with one writer does not meet it.
    private func library() -> DoctorFinding {
        let text = machine.sqliteVersion
        let parts = text.split(separator: ".").compactMap { Int($0) }
        guard parts.count >= 2 else {
            return .warning("SQLite", "its version is not understood: \(text)", mend: "sudo apt install libsqlite3-0")
        }
        let version = (parts[0], parts[1], parts.count > 2 ? parts[2] : 0)
        guard version >= (3, 37, 0) else {
            return .fault("SQLite", "\(text) is too old: STRICT tables came with 3.37", mend: "use Debian 12 or later")
        }
        let isMended =
            version >= (3, 51, 3) || version.1 == 50 && version.2 >= 7 || version.1 == 44 && version.2 >= 6
        return isMended
            ? .ok("SQLite", "\(text), without the known fault of the log")
            : .ok(
                "SQLite",
                "\(text): a second program that writes to the file could corrupt it (log reset, mended in 3.51.3); "
                    + "Maillage alone opens it")
    }

    /// A second program on the live file is what that fault needs.
    private func holders() -> [DoctorFinding] {
        let programs = Set(machine.holders(data + "/maillage.sqlite")).sorted()
        guard !programs.isEmpty else { return [] }
        return [
            .fault(
                "SQLite", "\(programs.joined(separator: ", ")) has maillage.sqlite open",
                mend: "end it: `maillage backup` makes backups, never a shell nor a replicator on the live file")
        ]
    }

    private func schema() async -> DoctorFinding {
        let path = data + "/maillage.sqlite"
        guard machine.file(path) != nil else { return .ok("database", "none yet: the first start makes it") }
        guard !machine.isInUse(path) else { return .ok("database", "SQLite, the site has it open") }
        do {
            return schema(try await machine.migration(path))
        } catch {
            return .fault(
                "database", "\(error)", mend: "put the last backup back: see « To restore » in OPERATIONS.md")
        }
    }

    private func schema(_ number: Int) -> DoctorFinding {
        let known = Schema.migrations.count
        if number > known {
            return .fault(
                "database", "it is of a later Maillage: it has migration \(number), this program knows \(known)",
                mend: "install that version again, or put back the backup made before the upgrade")
        }
        return number == known
            ? .ok("database", "up to date: migration \(number)")
            : .ok("database", "migration \(number): the next start brings it to \(known)")
    }

    private func server(_ url: String) async -> [DoctorFinding] {
        let state: Machine.Server
        do {
            state = try await machine.server(url)
        } catch {
            return [
                .fault(
                    "PostgreSQL", "\(error)",
                    mend: "systemctl status postgresql; then DATABASE_URL: name, password, pg_hba.conf")
            ]
        }
        var findings: [DoctorFinding] = []
        func set(_ name: String) -> String { "ALTER SYSTEM SET \(name) = 'on'; SELECT pg_reload_conf();" }
        if state.version < 150_000 {
            findings.append(
                .warning(
                    "PostgreSQL", "\(state.version / 10_000) is older than what is tested",
                    mend: "use 15 or later"))
        }
        if state.synchronousCommit == "off" {
            findings.append(
                .warning(
                    "PostgreSQL", "synchronous_commit is off; Maillage asks for it in its own connections",
                    mend: set("synchronous_commit")))
        }
        if state.fsync != "on" {
            findings.append(
                .fault("PostgreSQL", "fsync is \(state.fsync): a power cut corrupts the database", mend: set("fsync")))
        }
        if state.standbyNames.isEmpty, StandbyWait.isMeant(settings) {
            findings.append(
                .warning(
                    "PostgreSQL",
                    "DATABASE_URL names several servers, and a commit waits for none but the first: what is acknowledged is lost with it",
                    mend: "synchronous_standby_names: see « Two nodes » in SCALING.md"))
        }
        if state.encoding != "UTF8" {
            findings.append(
                .fault(
                    "PostgreSQL", "the database is encoded in \(state.encoding)",
                    mend: "createdb --encoding UTF8 --template template0 maillage"))
        }
        let gap = abs(state.now.microseconds - machine.now().microseconds) / 1_000_000
        if gap > 2 {
            findings.append(
                .warning(
                    "clock", "it is \(gap) s apart from that of PostgreSQL",
                    mend: "let both machines follow the same servers of time"))
        }
        if findings.isEmpty {
            let commit = state.synchronousCommit
            let standbys = state.standbyNames.isEmpty ? "" : ", waits for \(state.standbyNames)"
            findings.append(
                .ok(
                    "PostgreSQL",
                    "\(state.version / 10_000).\(state.version % 10_000), synchronous_commit \(commit)\(standbys)"))
        }
        findings.append(schema(state.migration))
        return findings
    }
}
