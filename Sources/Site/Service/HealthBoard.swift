import Maillage
import Storage
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the service last knew of its own health: measured every minute by `HealthWatch`, or when a page asks first.
public final class HealthBoard: Sendable {
    private struct Known {
        var health: Health?
        var certificateEnd: Instant?
        var certificateIsRefused = false
        var standby = StandbyWait()
    }

    public let startedAt: Instant
    private let known = Mutex(Known())

    init(startedAt: Instant) {
        self.startedAt = startedAt
    }

    func note(_ health: Health) {
        known.withLock { $0.health = health }
    }

    /// What is asked for seldom and kept between two measures.
    public func note(certificateEnd: Instant?) {
        known.withLock { $0.certificateEnd = certificateEnd }
    }

    /// Whether the files of the certificate changed and cannot serve.
    func note(certificateIsRefused: Bool) {
        known.withLock { $0.certificateIsRefused = certificateIsRefused }
    }

    /// The last measure, no older than two minutes; a new one otherwise. A crowd of readers costs one measure a minute.
    func current(_ reception: Reception) async -> Health {
        let now = reception.surroundings.now()
        if let health = known.withLock({ $0.health }), now - health.at < .minutes(2), health.at <= now { return health }
        let fresh = await measure(reception, at: now)
        note(fresh)
        return fresh
    }

    /// Asks everything that answers at once.
    func measure(_ reception: Reception, at now: Instant) async -> Health {
        let settings = reception.settings
        var health = Health(at: now, startedAt: startedAt)
        do {
            let facts = try await reception.database.read { reader in
                try (
                    Outbox.standing(at: now, reader), Outbox.abandonedCount(since: now - .days(1), reader),
                    StandbyWait.names(reader)
                )
            }
            (health.waitingMail, health.oldestMail) = (facts.0.waiting, facts.0.oldest)
            health.abandonedMail = facts.1
            health.standby = known.withLock { $0.standby.state(awaiting: facts.2, settings) }
        } catch {
            health.databaseAnswers = false
            reception.log.error("the database does not answer", metadata: ["error": "\(error)"])
        }
        health.sendsMail = settings.mailCommand != nil
        health.disk = Self.room(at: settings.dataDirectory)
        if let folder = settings.backupFolder {
            health.backupHours = settings.backupHours
            do {
                health.lastBackup = try BackupShelf(folder: folder).copies().first?.madeAt
            } catch {
                reception.log.error("the backups cannot be read", metadata: ["error": "\(error)"])
            }
        }
        health.clockIsSynchronised = MachineClock.isSynchronised
        if let socket = settings.clamdSocket {
            health.scanner = await ClamSocket(path: socket, patience: 5).answers() ? .answers : .silent
        }
        health.damagedFiles = ScrubState.read(dataDirectory: settings.dataDirectory).faults.count
        (health.certificateEnd, health.certificateIsRefused) = known.withLock {
            ($0.certificateEnd, $0.certificateIsRefused)
        }
        return health
    }

    private static func room(at path: String) -> Health.Room? {
        var facts = statvfs()
        guard statvfs(path, &facts) == 0 else { return nil }
        let block = Int64(clamping: UInt64(facts.f_frsize))
        let free = Int64(clamping: UInt64(facts.f_bavail)).multipliedReportingOverflow(by: block)
        let total = Int64(clamping: UInt64(facts.f_blocks)).multipliedReportingOverflow(by: block)
        return free.overflow || total.overflow ? nil : Health.Room(free: free.partialValue, total: total.partialValue)
    }
}

/// Whether the system holds its clock to another one.
enum MachineClock {
    /// What `ntp_adjtime` answers: 5 (`TIME_ERROR`) when nothing disciplines the clock. Nil where there is no such call.
    static var isSynchronised: Bool? {
        // `struct timex` is 208 bytes on 64-bit Linux; zeros ask and change nothing.
        guard let symbol = dlsym(nil, "ntp_adjtime") else { return nil }
        typealias Call = @convention(c) (UnsafeMutableRawPointer) -> Int32
        let call = unsafeBitCast(symbol, to: Call.self)
        var facts = [UInt64](repeating: 0, count: 64)
        let state = facts.withUnsafeMutableBytes { bytes in bytes.baseAddress.map(call) ?? -1 }
        return state < 0 ? nil : state != 5
    }
}
