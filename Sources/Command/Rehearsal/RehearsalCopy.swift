import Foundation
import Maillage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A copy of a data directory to rehearse on: without the keys that sign, the secrets and the files of the vault.
struct RehearsalCopy {
    let settings: Settings
    private let folder: String

    /// What is not copied: receipts of a rehearsal must not be signed with the network's key, and its people bring
    /// their own files.
    private static let left: Set<String> = ["keys", "forms.key", "vault", "maillage.toml"]

    /// Copies under the lock of the database; refuses when a server holds it. Throws `CommandFailure`.
    init(of original: Settings, in work: String) throws {
        let manager = FileManager.default
        let source = original.dataDirectory
        guard manager.fileExists(atPath: source + "/maillage.sqlite") else {
            throw CommandFailure("\(source) holds no network")
        }
        let lock = open(source + "/maillage.sqlite.lock", O_RDONLY | O_CLOEXEC)
        defer { if lock >= 0 { close(lock) } }
        guard lock < 0 || flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            throw CommandFailure("a server is using \(source): stop it, or give a backup with --data")
        }
        folder = work + "/maillage-rehearsal-" + UUID().uuidString
        let target = folder + "/data"
        do {
            try manager.createDirectory(
                atPath: target, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            for name in try manager.contentsOfDirectory(atPath: source)
            where !Self.left.contains(name) && !name.hasSuffix(".lock") && !name.hasSuffix(".journal") {
                try manager.copyItem(atPath: source + "/" + name, toPath: target + "/" + name)
            }
        } catch {
            try? manager.removeItem(atPath: folder)
            throw error
        }
        var settings = original
        settings.dataDirectory = target
        settings.depositJournal = folder + "/deposits.journal"
        settings.host = "127.0.0.1"
        settings.port = 0
        settings.baseURL = "http://127.0.0.1"
        settings.trustedProxies = 0
        settings.logLevel = "critical"
        // Nothing leaves this machine.
        settings.mailCommand = nil
        settings.geocoderURL = nil
        settings.tilesURL = nil
        self.settings = settings
    }

    func remove() {
        // What is left in the temporary directory is the system's to remove.
        try? FileManager.default.removeItem(atPath: folder)
    }
}
