import Logging
import Maillage
import MaillageWeb

/// Reads the files again in the background, until the site closes (settings `SCRUB_RATE`, `SCRUB_DAYS`): one node at a time, since all
/// have one folder. A pass that one node leaves is ended by the next, from where it stands.
struct ScrubChore {
    private let scrub: VaultScrub
    private let jobs: HouseJobs
    private let log: Logger

    /// Nil when the settings turn it off.
    init?(_ premises: Premises) {
        let settings = premises.settings
        guard settings.scrubRate > 0 else { return nil }
        let (database, vault) = (premises.database, premises.reception.photos.vault)
        let now = premises.reception.surroundings.now
        scrub = VaultScrub(
            vault: vault, dataDirectory: settings.dataDirectory, rate: settings.scrubRate * 1_000,
            pause: .days(Int64(settings.scrubDays)), now: now,
            missing: { try await VaultUpkeep.missing(database, vault, at: now()) })
        jobs = premises.reception.jobs
        log = premises.reception.log
    }

    func run() async throws {
        // A start has better to do than to read old files.
        try await Task.sleep(for: .seconds(120))
        try await jobs.run("scrub", every: 3_600) { [scrub, log] _ in
            guard scrub.isDue() else { return }
            let pass = try await scrub.pass()
            for file in pass.damaged { log.critical("a file is damaged", metadata: ["file": "\(file)"]) }
            for file in pass.missing { log.critical("a file is missing", metadata: ["file": "\(file)"]) }
            log.info("the files were read again", metadata: ["files": "\(pass.files)", "bytes": "\(pass.bytes)"])
        }
    }
}
