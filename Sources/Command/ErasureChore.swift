import Logging
import Maillage
import MaillageWeb

/// Writes down each minute what was erased, outside of the database (setting `ERASURE_LOG`), until the site closes.
struct ErasureChore {
    private let premises: Premises
    private let path: String

    /// Nil when there is nowhere to write.
    init?(_ premises: Premises) {
        guard let path = premises.settings.erasureLogPath else { return nil }
        self.premises = premises
        self.path = path
    }

    func run() async throws {
        let (log, now) = (premises.reception.log, premises.reception.surroundings.now)
        var (erasures, since, isTold): (ErasureLog?, Instant, Bool) = (nil, Instant(microseconds: 0), false)
        while true {
            do {
                let open = try erasures ?? ErasureLog(path: path)
                erasures = open
                let begun = now()
                try await ErasureUpkeep.fill(open, from: premises.database, since: since, ErasureKind.network)
                // Acts that were being committed meanwhile are found the next time.
                since = begun - .hours(1)
                isTold = false
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                if !isTold { log.error("an erasure could not be written down", metadata: ["error": "\(error)"]) }
                isTold = true
            }
            try await Task.sleep(for: .seconds(60))
        }
    }
}
