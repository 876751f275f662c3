import Storage

/// Brings the database and the journal of deposits together again: each gets what only the other has.
public enum DepositReturn {
    /// What came of giving entries back.
    public struct Found: Sendable {
        /// How many deposits were written; the database held the others.
        public var written = 0
        public var aside: [DepositAside] = []
    }

    /// Gives entries back to the database, in the order of their issue, each in a transaction of its own: one that cannot be does
    /// not prevent the others. Throws what the database throws.
    public static func give(
        _ entries: [DepositEntry], to desk: Desk, keys: [ReceiptPublicKey]
    ) async throws -> Found {
        var found = Found()
        for entry in ordered(entries) {
            do {
                if try await desk.perform(ReplayDeposit(entry: entry, keys: keys), as: .house) { found.written += 1 }
            } catch let aside as DepositAside {
                found.aside.append(aside)
            }
        }
        return found
    }

    /// Adds to the journal the deposits that it lacks, and answers how many. Throws `DepositJournalProblem`.
    public static func fill(
        _ journal: DepositJournal, from database: Database, keys: [String]
    ) async throws -> Int {
        let missing = keys.filter { !journal.holds($0) }
        for start in stride(from: 0, to: missing.count, by: 128) {
            let share = missing[start..<min(start + 128, missing.count)]
            let entries = try await database.scan { reader in
                try share.compactMap { try CandidacyDepositStore.entry(of: $0, reader) }
            }
            // Together: they share their syncs.
            try await withThrowingTaskGroup(of: Void.self) { group in
                for entry in entries { group.addTask { try await journal.append(entry) } }
                try await group.waitForAll()
            }
        }
        return missing.count
    }

    /// By issue: two deposits that came together may stand in the journal in another order than their numbers.
    private static func ordered(_ entries: [DepositEntry]) -> [DepositEntry] {
        let dated = entries.enumerated().map { place, entry in
            let receipt = try? SignedReceipt(fileBytes: entry.receipt).receipt
            return (at: receipt?.issuedAt, number: receipt?.number ?? 0, place: place, entry: entry)
        }
        // What is no receipt is refused wherever it stands.
        return dated.sorted { left, right in
            guard let one = left.at, let other = right.at else { return left.place < right.place }
            return (one, left.number, left.place) < (other, right.number, right.place)
        }.map(\.entry)
    }
}
