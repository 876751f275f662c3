import Logging
import Maillage
import MaillageWeb

/// Writes down each minute what was erased, outside of the database (setting `ERASURE_LOG`), until the site closes: one node at a time,
/// since all write to one file.
struct ErasureChore {
    private let reception: Reception
    private let writing: ErasureWriting

    /// Nil when there is nowhere to write.
    init?(_ premises: Premises) {
        guard let path = premises.settings.erasureLogPath else { return nil }
        reception = premises.reception
        writing = ErasureWriting(path: path, reception: premises.reception)
    }

    func run() async throws {
        try await reception.jobs.run("erasures", every: 60) { turn in try await writing.turn(turn) }
    }
}

/// What one turn of the chore leaves to the next.
private actor ErasureWriting {
    private let path: String
    private let reception: Reception
    private var log: ErasureLog?
    private var since = Instant(microseconds: 0)
    private var isTold = false

    init(path: String, reception: Reception) {
        self.path = path
        self.reception = reception
    }

    /// - Parameter number: from 0 since this node took the job: another one may have written meanwhile, so the file is read again.
    func turn(_ number: Int) async throws {
        if number == 0 { (log, since) = (nil, Instant(microseconds: 0)) }
        do {
            let open = try log ?? ErasureLog(path: path)
            log = open
            let begun = reception.surroundings.now()
            try await ErasureUpkeep.fill(open, from: reception.database, since: since, ErasureKind.network)
            // Acts that were being committed meanwhile are found the next time.
            since = begun - .hours(1)
            isTold = false
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            if !isTold { reception.log.error("an erasure could not be written down", metadata: ["error": "\(error)"]) }
            isTold = true
        }
    }
}
