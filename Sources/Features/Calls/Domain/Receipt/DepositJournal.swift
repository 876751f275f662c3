import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The second copy of every deposit, on another volume (setting `DEPOSIT_JOURNAL`): append-only, synced, sealed in a chain.
///
/// An entry goes in after the database has committed and before the depositor is answered: every entry is true, and every
/// receipt that was shown is in it. Losing the whole database then loses no deposit. Deposits that arrive together share
/// one sync.
public final class DepositJournal: Sendable {
    /// What opening found.
    public struct Opening: Sendable {
        public let journal: DepositJournal
        /// The entries that the database lacks, in order: they are to be given back to it.
        public let missing: [DepositEntry]
        /// How many entries there are in all.
        public let count: Int
        /// Bytes after the last whole entry, set aside beside the journal (`.cut`). At another time than after a power cut
        /// they deserve an alarm.
        public let cut: Int
    }

    private struct State {
        var seal: [UInt8]
        /// The keys of the entries that are on the disk: an entry is written once, however often it is given.
        var kept: Set<String>
        var waiting: [(entry: DepositEntry, done: CheckedContinuation<Void, any Error>)] = []
        var isWriting = false
        /// Set by the first failure: after it nothing is acknowledged until a new start reads the disk.
        var failure: DepositJournalProblem?
    }

    private let descriptor: Int32
    private let path: String
    private let state: Mutex<State>
    private let queue = DispatchQueue(label: "maillage.deposits")

    init(
        descriptor: Int32, path: String, seal: [UInt8], kept: Set<String> = [], failure: DepositJournalProblem? = nil
    ) {
        self.descriptor = descriptor
        self.path = path
        state = Mutex(State(seal: seal, kept: kept, failure: failure))
    }

    deinit {
        DepositFile.close(descriptor)
    }

    /// Opens the journal, or makes it; one process at a time. A torn end is set aside; a journal whose bytes were changed is
    /// refused, and left as it is: `salvage` reads what holds in it. Throws `DepositJournalProblem`.
    ///
    /// A disk that can be read and no longer written (full, most often) gives a journal that has failed already: the site starts, and
    /// deposits go on without their second copy, as when the disk fails while it serves. The next start tries again.
    ///
    /// - Parameter isKnown: whether the database holds the deposit of a key; what it does not know is handed over.
    public static func open(
        _ path: String, isKnown: (_ key: String) -> Bool
    ) throws(DepositJournalProblem) -> Opening {
        let file = try DepositFile(path)
        let size = try file.size
        let header = DepositFrame.header
        let start = try file.bytes(from: 0, min(size, header.count))
        guard header.starts(with: start) else { throw DepositJournalProblem("\(path) is not a deposit journal") }
        guard start.count == header.count else {
            let failure = Self.failure {
                () throws(DepositJournalProblem) in
                try file.cut(at: 0)
                try file.append(header)
                try file.syncFolder()
            }
            let journal = DepositJournal(
                descriptor: file.release(), path: path, seal: DepositFrame.firstSeal, failure: failure)
            return Opening(journal: journal, missing: [], count: 0, cut: 0)
        }
        var missing: [DepositEntry] = []
        var kept: Set<String> = []
        var count = 0
        let found = try DepositFrame.scan(size: size) { (place, count) throws(DepositJournalProblem) in
            try file.bytes(from: place, count)
        } each: { entry in
            count += 1
            kept.insert(entry.key)
            if !isKnown(entry.key) { missing.append(entry) }
        }
        var failure: DepositJournalProblem?
        if found.end < size {
            let rest = size - found.end
            guard rest <= DepositDamage.longestEnd, DepositDamage.isTorn(try file.bytes(from: found.end, rest)) else {
                throw DepositJournalProblem(
                    "\(path) was altered at byte \(found.end), after \(count) entries that hold; nothing was changed in it. "
                        + "Move it away, give back what it holds with maillage deposits replay FILE, then start again")
            }
            failure = Self.failure {
                () throws(DepositJournalProblem) in
                try file.setAside(from: found.end, to: size)
                try file.cut(at: found.end)
            }
        }
        let journal = DepositJournal(
            descriptor: file.release(), path: path, seal: found.seal, kept: kept, failure: failure)
        return Opening(journal: journal, missing: missing, count: count, cut: failure == nil ? size - found.end : 0)
    }

    /// What a disk that cannot be written says; nil when it can.
    private static func failure(_ write: () throws(DepositJournalProblem) -> Void) -> DepositJournalProblem? {
        do throws(DepositJournalProblem) {
            try write()
            return nil
        } catch {
            return error
        }
    }

    /// Whether the entry of a key is on the disk.
    public func holds(_ key: String) -> Bool { state.withLock { $0.kept.contains(key) } }

    /// Appends an entry, once: the same key again waits for the first to be on the disk. When this returns, it is there.
    /// After a failure the journal takes nothing more: deposits may go on without it, with an alarm and a mark on the receipt.
    public func append(_ entry: DepositEntry) async throws {
        if holds(entry.key) { return }
        try await withCheckedThrowingContinuation { done in
            let begins = state.withLock { state in
                state.waiting.append((entry, done))
                defer { state.isWriting = true }
                return !state.isWriting
            }
            if begins { queue.async { self.write() } }
        }
    }

    /// Ends what is being written, and lets another process have the journal. It takes nothing more.
    public func close() async {
        state.withLock { $0.failure = $0.failure ?? DepositJournalProblem("\(path) is closed") }
        await withCheckedContinuation { done in
            queue.async {
                flock(self.descriptor, LOCK_UN)
                done.resume()
            }
        }
    }

    /// Why the journal takes nothing more; nil while it does.
    public var failure: DepositJournalProblem? { state.withLock { $0.failure } }

    /// Writes what waits until nothing waits: one write and one sync for all that came meanwhile.
    private func write() {
        while true {
            let (batch, failed) = state.withLock { state in
                defer { state.waiting = [] }
                if state.waiting.isEmpty { state.isWriting = false }
                return (state.waiting, state.failure)
            }
            guard !batch.isEmpty else { return }
            if let failed {
                for waiting in batch { waiting.done.resume(throwing: failed) }
                continue
            }
            var seal = state.withLock { $0.seal }
            var bytes: [UInt8] = []
            var fresh: Set<String> = []
            for waiting in batch where !holds(waiting.entry.key) && fresh.insert(waiting.entry.key).inserted {
                let frame = DepositFrame.make(waiting.entry.payload, after: seal)
                bytes += frame.bytes
                seal = frame.seal
            }
            do throws(DepositJournalProblem) {
                if !bytes.isEmpty { try DepositFile.append(bytes, descriptor, path) }
                state.withLock {
                    $0.seal = seal
                    $0.kept.formUnion(fresh)
                }
                for waiting in batch { waiting.done.resume() }
            } catch {
                state.withLock { $0.failure = error }
                for waiting in batch { waiting.done.resume(throwing: error) }
            }
        }
    }
}

extension DepositJournal {
    /// What holds in a journal that is not open, however damaged: entries whole in themselves, which their receipts prove,
    /// and the stretches of bytes that do not hold. Reads it whole in memory. Throws `DepositJournalProblem`.
    public static func salvage(
        _ path: String
    ) throws(DepositJournalProblem) -> (entries: [DepositEntry], damages: [Range<Int>]) {
        let file = try DepositFile(path, isMade: false)
        return DepositDamage.salvage(try file.bytes(from: 0, try file.size))
    }
}

/// Why the deposit journal cannot be used.
public struct DepositJournalProblem: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
