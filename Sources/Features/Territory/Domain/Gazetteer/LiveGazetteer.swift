import Storage
import Synchronization

/// The gazetteer of the moment: filled at start, built anew when the register changes. Readers never wait.
public final class LiveGazetteer: Sendable {
    private let database: Database
    private let state = Mutex<Gazetteer>(.empty)

    public init(database: Database) {
        self.database = database
    }

    public var present: Gazetteer { state.withLock { $0 } }

    /// Reads the whole register (about half a second for the country).
    public func load() async throws {
        let fresh = try await database.scan { try Gazetteer.read($0) }
        state.withLock { $0 = fresh }
    }

    /// For the desk's listeners: reads the register again when an act changed it.
    public func refresh(_ changes: Set<Proceeding.Subject>) async {
        guard changes.contains(Proceeding.Subject(Gazetteer.subject)) else { return }
        // What failed to be read stays as it was: the register itself is safe, and the next change reads it again.
        try? await load()
    }
}
