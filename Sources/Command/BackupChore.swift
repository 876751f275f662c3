import Logging
import Maillage
import MaillageWeb

/// The backups of a site that serves: those that `maillage backup` asks for, and those of the shelf in their turn.
struct BackupChore {
    private let backup: Backup
    private let upkeep: BackupUpkeep
    private let requests: BackupRequests
    private let surroundings: Surroundings
    private let leases: JobLeases
    private let log: Logger

    init(_ premises: Premises) {
        let surroundings = premises.reception.surroundings
        backup = Backup(
            database: premises.database, settings: premises.settings, programs: MachinePrograms(),
            inspect: Backup.networkInspection(now: surroundings.now))
        upkeep = BackupUpkeep(backup)
        requests = BackupRequests(dataDirectory: premises.settings.dataDirectory)
        self.surroundings = surroundings
        leases = premises.reception.leases
        log = premises.reception.log
    }

    /// Until the site closes.
    func run() async throws {
        // Wall-clock time of the machine, not of the house: a disk does not care what day the house believes it is.
        let clock = ContinuousClock()
        var nextLook = clock.now
        while !Task.isCancelled {
            do {
                _ = try await requests.serve { try await backup.make(at: $0, now: surroundings.now()) }
            } catch {
                log.error("a request for a backup could not be answered", metadata: ["error": "\(error)"])
            }
            if clock.now >= nextLook {
                // After a failure in a while, not at once: a full disk does not empty itself within a minute.
                nextLook = clock.now + .seconds(await isOurs() ? await look() ? 60 : 900 : 60)
            }
            try await Task.sleep(for: .seconds(1))
        }
    }

    /// A node at a time; one that takes longer than its lease is followed by one that finds the backup made.
    private func isOurs() async -> Bool {
        do {
            return try await leases.take("backup", for: .minutes(60))
        } catch {
            log.warning("whether this node makes the backups could not be read", metadata: ["error": "\(error)"])
            return false
        }
    }

    /// Answers whether nothing failed.
    private func look() async -> Bool {
        let now = surroundings.now()
        let outcome = await upkeep.look(at: now, closing: await lastClosing(before: now))
        // The site closes: what was interrupted is not a failure, and is made at the next start.
        if Task.isCancelled { return true }
        if let made = outcome.made {
            log.info("backup made", metadata: ["file": "\(made.path)", "bytes": "\(made.bytes)"])
            for fault in made.faults.prefix(20) {
                log.error("the network does not hold", metadata: ["fault": "\(fault)"])
            }
        }
        if let failure = outcome.failure { log.error("the backup failed", metadata: ["error": "\(failure)"]) }
        if let failure = outcome.hookFailure {
            log.error("the backup was not sent away", metadata: ["error": "\(failure)"])
        }
        return !outcome.hasFailed
    }

    /// When a call closed the last time, once what arrived in its last second is written: it deserves a backup of its own.
    private func lastClosing(before now: Instant) async -> Instant? {
        do {
            return try await backup.database.read { try CallClosings.last(before: now - .minutes(2), $0) }
        } catch {
            log.warning("the last limit could not be read", metadata: ["error": "\(error)"])
            return nil
        }
    }
}
