import Storage

/// Keeps the log of erasures and the database together.
public enum ErasureUpkeep {
    /// Writes down what the database tells was erased since an instant and the log lacks.
    ///
    /// Throws what the database and the log throw: nothing is then known to be written down.
    public static func fill(
        _ log: ErasureLog, from database: Database, since: Instant = Instant(microseconds: 0), _ kinds: [ErasureKind]
    ) async throws {
        let erasures = try await database.scan { reader in try kinds.flatMap { try $0.known(since, reader) } }
        try log.append(erasures)
    }

    /// What came of doing erasures again.
    public struct Outcome: Sendable, Equatable {
        /// Erased now.
        public var again = 0
        /// Erased already, or not there.
        public var standing = 0
        /// Of a kind that this program does not know, or refused: a person must see to them. One line each.
        public var aside: [String] = []
    }

    /// Does erasures again in a database that was put back, each in a transaction of its own: one that cannot be does not prevent
    /// the others. Throws what the database throws.
    public static func again(_ erasures: [Erasure], _ desk: Desk, _ kinds: [ErasureKind]) async throws -> Outcome {
        var outcome = Outcome()
        for erasure in erasures {
            guard let kind = kinds.first(where: { $0.name == erasure.kind }) else {
                outcome.aside.append("\(erasure.kind) \(IdentifierText.text(erasure.subject)): unknown kind")
                continue
            }
            do {
                let isDone = try await desk.perform(EraseAgain(erasure, kind), as: .house)
                if isDone { outcome.again += 1 } else { outcome.standing += 1 }
            } catch let error as StorageError {
                throw error
            } catch {
                outcome.aside.append("\(erasure.kind) \(IdentifierText.text(erasure.subject)): \(error)")
            }
        }
        return outcome
    }
}
