import Logging
import Maillage

/// The backups of a site that serves: those that `maillage backup` asks for, and those of the shelf in their turn.
struct BackupChore {
    private let backup: Backup
    private let requests: BackupRequests
    private let shelf: BackupShelf?
    private let hours: Int
    private let surroundings: Surroundings
    private let log: Logger

    init(_ premises: Premises) {
        backup = Backup(database: premises.database, settings: premises.settings, programs: MachinePrograms())
        requests = BackupRequests(dataDirectory: premises.settings.dataDirectory)
        shelf = premises.settings.backupFolder.map(BackupShelf.init)
        hours = premises.settings.backupHours
        surroundings = premises.reception.surroundings
        log = premises.reception.log
    }

    /// Until the site closes.
    func run() async {
        // Wall-clock time of the machine, not of the house: a disk does not care what day the house believes it is.
        let clock = ContinuousClock()
        var nextLook = clock.now
        while !Task.isCancelled {
            do {
                _ = try await requests.serve { try await backup.make(at: $0, now: surroundings.now()) }
            } catch {
                log.error("a request for a backup could not be answered", metadata: ["error": "\(error)"])
            }
            if let shelf, clock.now >= nextLook {
                nextLook = clock.now + .seconds(60)
                do {
                    if let made = try await shelf.keepUp(every: hours, now: surroundings.now(), backup) {
                        log.info("backup made", metadata: ["file": "\(made.path)", "bytes": "\(made.size)"])
                    }
                } catch {
                    // Tried again in a while, not at once: a full disk does not empty itself within a minute.
                    nextLook = clock.now + .seconds(900)
                    log.error("the backup failed", metadata: ["error": "\(error)"])
                }
            }
            do { try await Task.sleep(for: .seconds(1)) } catch { return }
        }
    }
}
