import Foundation
import Maillage
import MaillageWeb
import Storage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension Machine {
    /// This machine.
    static func live() -> Machine {
        let surroundings = Surroundings.live()
        let (wall, time) = (surroundings.now(), ContinuousClock.now)
        let assets = Assets.load()
        return Machine(
            now: surroundings.now, user: geteuid(), userName: userName, file: fileState,
            names: { try? FileManager.default.contentsOfDirectory(atPath: $0) },
            mayWrite: { access($0, W_OK) == 0 },
            volume: volumeState,
            syncs: { folder in try SyncTrial.times(in: folder) },
            isClockFollowed: ClockState.isFollowed,
            clockSkip: {
                let passed = (ContinuousClock.now - time) / .microseconds(1)
                return (Double(surroundings.now().microseconds - wall.microseconds) - passed) / 1_000_000
            },
            holders: { path in ProcessTable.holders(of: path).filter { $0 != "maillage" } },
            descriptors: { ProcessTable.descriptorsOfTheSite() ?? House.descriptors },
            sqliteVersion: Database.sqliteVersion,
            isInUse: { Database.isInUse(file: $0) },
            migration: { path in
                let database = try Database(.file(path))
                do {
                    let number = try await database.migration()
                    await database.close()
                    return number
                } catch {
                    await database.close()
                    throw error
                }
            },
            server: serverState, program: MachinePrograms.path(of:), run: runProgram,
            printPage: {
                guard let printer = PrintProgram() else { throw PrintingFailure.failed("weasyprint is not installed") }
                let page = "<!DOCTYPE html><html lang=\"fr\"><title>Essai</title><p>Une page d’essai.</p></html>"
                _ = try await printer.pdf(of: Array(page.utf8))
            },
            hasAssets: { assets.address(of: "maillage.css") != nil }, hasLeaflet: { assets.hasLeaflet },
            certificate: { try $0.read(at: surroundings.now()).facts },
            status: { await OutwardProbe.status(of: $0) },
            askScanner: { try await ClamSocket(path: $0, patience: 5).ping() })
    }

    private static func userName(_ number: UInt32) -> String {
        guard let entry = getpwuid(number), let name = entry.pointee.pw_name else { return "user \(number)" }
        return String(cString: name)
    }

    private static func fileState(_ path: String) -> FileState? {
        var state = stat()
        guard stat(path, &state) == 0 else { return nil }
        #if canImport(Glibc)
            let modified = state.st_mtim
        #else
            let modified = state.st_mtimespec
        #endif
        return FileState(
            isFolder: state.st_mode & S_IFMT == S_IFDIR, mode: UInt32(state.st_mode) & 0o777, owner: state.st_uid,
            device: UInt64(truncatingIfNeeded: state.st_dev), modified: Instant(seconds: Int64(modified.tv_sec)))
    }

    private static func volumeState(_ path: String) -> Volume? {
        var state = statvfs()
        guard statvfs(path, &state) == 0 else { return nil }
        func bytes(_ blocks: some BinaryInteger) -> Int {
            let size = Int(clamping: state.f_frsize)
            let (product, overflow) = Int(clamping: blocks).multipliedReportingOverflow(by: size)
            return overflow ? .max : product
        }
        return Volume(
            free: bytes(state.f_bavail), total: bytes(state.f_blocks), freeNodes: Int(clamping: state.f_favail),
            totalNodes: Int(clamping: state.f_files), isReadOnly: Int(clamping: state.f_flag) & Int(ST_RDONLY) != 0,
            kind: ProcessTable.fileSystem(of: path) ?? "of a kind this machine does not tell")
    }

    private static func serverState(_ url: String) async throws -> Server {
        let database = try Database(.postgres(url), Database.Options(readers: 1, statementTimeout: 5_000))
        do {
            var server = try await database.read { reader in
                func setting(_ name: String) throws -> String {
                    try reader.one("SELECT reset_val FROM pg_settings WHERE name = \(name)") { try $0.text(0) } ?? ""
                }
                let now = try reader.one(
                    "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)"
                ) { try $0.int(0) }
                return Server(
                    version: Int(try setting("server_version_num")) ?? 0,
                    synchronousCommit: try setting("synchronous_commit"), fsync: try setting("fsync"),
                    standbyNames: try StandbyWait.names(reader),
                    encoding: try setting("server_encoding"), now: Instant(microseconds: now ?? 0), migration: 0)
            }
            server.migration = try await database.migration()
            await database.close()
            return server
        } catch {
            await database.close()
            throw error
        }
    }
}
