import Exchange
import Geography
import Storage
import Synchronization

/// The register in memory, for finding: searches, facets, maps and lists are answered from it, the same on both engines.
///
/// It is filled from the database at start and told of each change by the desk. Readers take a snapshot and never wait.
public final class Directory: Sendable {
    let database: Database
    private let surroundings: Surroundings
    private let state = Mutex(State())
    /// Whoever reads the register for this view reads and puts in one turn: of two, the one that read first must not put last.
    let turn = Turnstile(width: 1, queue: .max)

    private struct State {
        var snapshot = DirectorySnapshot()
        var times: DirectoryTimes?
        var isLoaded = false
        /// What changed while the register was being read, to be read again after it.
        var missed: Set<Place.ID> = []
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    /// The civil time of the network, by which places open and close.
    public let zone = CivilZone.paris

    /// When this directory was made, in microseconds: tells its generations from those of another start.
    public let epoch: Int64

    public init(database: Database, surroundings: Surroundings) {
        self.database = database
        self.surroundings = surroundings
        epoch = surroundings.now().microseconds
    }

    /// A register that nobody need wait for: of no place, until it is told of some.
    public static func empty(database: Database, surroundings: Surroundings) -> Directory {
        let directory = Directory(database: database, surroundings: surroundings)
        _ = directory.adopt(DirectorySnapshot())
        return directory
    }

    /// Rises whenever an answer might differ: part of the name under which pages are kept.
    public var generation: UInt64 { state.withLock { $0.snapshot.generation } }

    public var isLoaded: Bool { state.withLock { $0.isLoaded } }

    public func find(_ query: PlaceQuery, for principal: Principal, withFacets: Bool = true) -> PlaceFindings {
        let (snapshot, times) = present()
        return snapshot.find(query, for: principal, times: times, withFacets: withFacets)
    }

    /// How many places the principal may see.
    public func count(for principal: Principal) -> Int {
        present().snapshot.visible(to: principal).popcount
    }

    /// How many places the open files hold.
    public func countOpenData() -> Int {
        let snapshot = present().snapshot
        return snapshot.open.ones.reduce(0) { snapshot.cards[$1].isOpenData ? $0 + 1 : $0 }
    }

    /// The cards of some places, if the principal may see them, in the order asked.
    public func cards(_ ids: [Place.ID], for principal: Principal) -> [PlaceCard] {
        let snapshot = present().snapshot
        let visible = snapshot.visible(to: principal)
        return ids.compactMap { id in
            snapshot.slots[id].flatMap { visible.test($0) ? snapshot.cards[$0] : nil }
        }
    }

    /// Every place a query means, in the order of names, for exports.
    public func ids(_ query: PlaceQuery, for principal: Principal) -> [Place.ID] {
        let (snapshot, times) = present()
        let slots = snapshot.slots(query, for: principal, times: times)
        return snapshot.byName.compactMap { slots.test(Int($0)) ? snapshot.cards[Int($0)].id : nil }
    }

    /// The places nearest to a point among those everybody sees, with the metres.
    public func nearest(to point: Point, count: Int, besides id: Place.ID) -> [(card: PlaceCard, metres: Double)] {
        let snapshot = present().snapshot
        var seen: Set<Int> = snapshot.slots[id].map { [$0] } ?? []
        var nearest: [(card: PlaceCard, metres: Double)] = []
        for neighbour in snapshot.points.index.nearest(to: point, limit: count * 3 + 8) {
            let slot = Int(snapshot.points.slots[neighbour.slot])
            guard nearest.count < count, seen.insert(slot).inserted else { continue }
            nearest.append((snapshot.cards[slot], neighbour.metres))
        }
        return nearest
    }

    /// What the map's tiles are drawn from: the points of the places that everybody sees and the query means.
    public func mapPoints(_ query: PlaceQuery) -> MapPoints {
        let (snapshot, times) = present()
        var mapped = query
        mapped.box = nil
        let filter =
            mapped.isEverything
            ? nil : snapshot.points.points(of: snapshot.slots(mapped, for: .visitor, times: times))
        return MapPoints(snapshot: snapshot, filter: filter)
    }

    /// Returns once the register has been read; at once when it has. Until then, what is asked of it is empty.
    public func ready() async {
        if isLoaded { return }
        await withCheckedContinuation { continuation in
            let isLate = state.withLock { state in
                if !state.isLoaded { state.waiting.append(continuation) }
                return state.isLoaded
            }
            if isLate { continuation.resume() }
        }
    }

    /// Takes a snapshot read as a whole in place of the present one; answers what changed while it was read.
    func adopt(_ snapshot: DirectorySnapshot) -> Set<Place.ID> {
        let (missed, waiting) = state.withLock { state in
            let generation = state.snapshot.generation + 1
            state.snapshot = snapshot
            state.snapshot.generation = generation
            state.isLoaded = true
            defer {
                state.missed = []
                state.waiting = []
            }
            return (state.missed, state.waiting)
        }
        for one in waiting { one.resume() }
        return missed
    }

    func present() -> (snapshot: DirectorySnapshot, times: DirectoryTimes) {
        let now = surroundings.now()
        return state.withLock { state in
            let minute = now.seconds / 60
            if let times = state.times, times.minute == minute, times.generation == state.snapshot.generation {
                return (state.snapshot, times)
            }
            let local = zone.local(now.microseconds)
            let times = DirectoryTimes(
                minute: minute,
                generation: state.snapshot.generation,
                openNow: state.snapshot.openTimes.open(at: local),
                openAtWeekend: state.snapshot.openTimes.openOnWeekend(of: local.date))
            state.times = times
            return (state.snapshot, times)
        }
    }
}

extension Directory {
    /// Takes in what an act changed. Many changes at once are read as a whole.
    public func refresh(_ changes: Set<Proceeding.Subject>) async {
        let kind = String(describing: Place.self).lowercased()
        let ids = changes.compactMap { $0.kind == kind ? Place.ID($0.number) : nil }
        guard !ids.isEmpty else { return }
        await refresh(ids)
    }

    func refresh(_ ids: [Place.ID]) async {
        // Never turned away: the queue has no end.
        try? await turn.pass { await refreshInTurn(ids) }
    }

    func refreshInTurn(_ ids: [Place.ID]) async {
        let isEarly = state.withLock { state in
            if !state.isLoaded { state.missed.formUnion(ids) }
            return !state.isLoaded
        }
        if isEarly { return }
        do {
            let abandoned = state.withLock { ($0.snapshot.abandoned, $0.snapshot.count) }
            if ids.count > 2_000 || abandoned.0 > 1_000 + abandoned.1 / 4 {
                try await loadInTurn()
                return
            }
            let entries = try await database.read { reader in
                try ids.map { id in (id, try Self.entry(id, reader)) }
            }
            state.withLock { state in
                for (id, entry) in entries {
                    if let entry { state.snapshot.put(entry) } else { state.snapshot.remove(id) }
                }
                state.snapshot.points.settle()
                state.snapshot.generation += 1
            }
        } catch {
            // The register itself is safe; only the view of it is old. The next change or start reads it again.
            state.withLock { $0.snapshot.generation += 1 }
        }
    }

    private static func entry(_ id: Place.ID, _ reader: Reader) throws -> DirectoryEntry? {
        guard let place = try PlaceStore.any(id, reader), place.state != .merged else { return nil }
        return DirectoryEntry(
            place, circles: try PlaceStore.circles(of: id, reader), sites: try DirectorySites.of(id, reader))
    }
}
