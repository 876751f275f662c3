import Storage
import Synchronization

/// How the views of this node follow what the others write: rung by PostgreSQL when an act commits anywhere, it reads what changed since
/// what it heard last, and tells the desk's listeners as the desk does for its own acts.
///
/// After the line was lost, or when the history is not the one it followed (a standby took over), everything is read anew. On SQLite
/// there is nobody to hear of.
public final class ChangeFeed: Sendable {
    private struct State {
        var heard = NetworkChanges.Position()
        /// The lines of the bell that were followed; another number means that something may have been missed.
        var line = 0
        var isStale = false
        var rounds = 0
    }

    private let desk: Desk
    private let readAnew: @Sendable () async throws -> Void
    private let report: @Sendable (String) -> Void
    private let state = Mutex(State())

    /// - Parameter readAnew: reads every view again, whole; called when what changed is not known.
    /// - Parameter report: told of what goes wrong, once until it goes well again.
    public init(
        desk: Desk, readAnew: @escaping @Sendable () async throws -> Void,
        report: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.desk = desk
        self.readAnew = readAnew
        self.report = report
    }

    /// Takes the present as heard. To be called before views are first read, so that nothing falls between.
    public func begin() async throws {
        guard desk.database.dialect == .postgres else { return }
        let last = try await desk.database.read { try NetworkChanges.last($0) }
        state.withLock { $0.heard = last }
    }

    /// Follows until the task is cancelled; returns at once on SQLite.
    public func run() async throws {
        guard let bell = try desk.database.bell(NetworkChanges.channel) else { return }
        defer { bell.stop() }
        var isFailing = false
        for await _ in bell.rings {
            if Task.isCancelled { return }
            let line = bell.lines
            state.withLock { state in
                // The first line too: what was written between the start and it is found by its number.
                if state.line > 0, line > state.line { state.isStale = true }
                state.line = line
            }
            do {
                try await catchUp()
                isFailing = false
            } catch is CancellationError {
                return
            } catch {
                // Rung again within a second.
                if !isFailing { report("what other nodes changed could not be read: \(error)") }
                isFailing = true
            }
        }
    }

    /// One turn: hears all there is. Answers how many changes of others it told.
    @discardableResult
    func catchUp() async throws -> Int {
        var count = 0
        while true {
            let (heard, isStale) = state.withLock { ($0.heard, $0.isStale) }
            if isStale {
                try await startAgain()
                return count
            }
            let news = try await desk.database.read { try NetworkChanges.news(after: heard, $0) }
            if news.isStale {
                state.withLock { $0.isStale = true }
                continue
            }
            let others = news.changes.filter { !desk.told.take($0.sequence) }
            await desk.tell(others.reduce(into: []) { $0.formUnion($1.subjects) })
            count += others.count
            state.withLock { $0.heard = news.position }
            if news.changes.count < 500 { return count }
        }
    }

    /// The place first, then the views: what comes meanwhile is heard afterwards.
    private func startAgain() async throws {
        let last = try await desk.database.read { try NetworkChanges.last($0) }
        try await readAnew()
        state.withLock { state in
            state.heard = last
            state.isStale = false
            state.rounds += 1
        }
    }

    /// How often everything was read anew.
    var rounds: Int { state.withLock { $0.rounds } }
}
