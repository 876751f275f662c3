import Dispatch
import Storage
import Synchronization

extension Directory {
    /// Places of one lane: enough that handing them over costs nothing.
    private static let batch = 1_000
    /// Lanes read ahead of the one being put in: they bound the memory a load takes.
    private static let ahead = 6

    /// Reads the whole register: rows on one thread, their documents on as many as there are, put in by one in the order of rows.
    public func load() async throws {
        // A register that is not there yet is told of changes meanwhile, and keeps them for after.
        if !isLoaded { return try await loadInTurn() }
        try await turn.pass { try await loadInTurn() }
    }

    func loadInTurn() async throws {
        let (portions, feed) = AsyncStream.makeStream(of: Portion.self)
        // Waited for by the thread of the scan, which is not one of those that tasks share. Begun at nothing and then raised: one that
        // ends below what it began at ends the program.
        let room = DispatchSemaphore(value: 0)
        for _ in 0..<Self.ahead { room.signal() }
        let isAbandoned = Flag()
        // However the scan ends, the loop below does: one that found no connection never came to its body.
        async let reading: Void = finishing(feed) { reader in
            feed.yield(.first)
            var last = Place.ID(Int64.min)
            while true {
                let stored = try PlaceStore.batch(after: last, limit: Self.batch, reader)
                guard let end = stored.last?.id else { return }
                let circles = try PlaceCircleStore.circles(after: last, through: end, reader)
                let sites = try DirectorySites.sites(after: last, through: end, reader)
                room.wait()
                if isAbandoned.isUp { return }
                feed.yield(
                    .lane(
                        Task.detached {
                            try stored.compactMap { row in
                                guard row.state != Place.State.merged.rawValue else { return nil }
                                return DirectoryEntry(
                                    try row.place(), circles: circles[row.id] ?? [], sites: sites[row.id] ?? [])
                            }
                        }))
                last = end
                if stored.count < Self.batch { return }
            }
        }
        var snapshot = DirectorySnapshot()
        var failure: (any Error)?
        for await portion in portions {
            guard case .lane(let lane) = portion else {
                snapshot = DirectorySnapshot()
                failure = nil
                continue
            }
            // After a failure the lanes still to come are let through, so that the scan can end.
            do {
                for entry in try await lane.value where failure == nil { snapshot.put(entry, inBulk: true) }
            } catch {
                failure = failure ?? error
            }
            room.signal()
        }
        // The site may be told to stop meanwhile: the loop then ends before the scan, which must not wait for it.
        isAbandoned.raise()
        room.signal()
        try await reading
        try Task.checkCancellation()
        if let failure { throw failure }
        snapshot.settle()
        let missed = Array(adopt(snapshot))
        if !missed.isEmpty { await refreshInTurn(missed) }
    }

    private func finishing(
        _ feed: AsyncStream<Portion>.Continuation, _ body: @escaping @Sendable (Reader) throws -> Void
    ) async throws {
        defer { feed.finish() }
        try await database.scan(body)
    }
}

private enum Portion: Sendable {
    /// A reading begins: what came before, on a connection that broke, counts for nothing.
    case first
    case lane(Task<[DirectoryEntry], any Error>)
}

/// Says once, to another thread, that there is no need to go on.
private final class Flag: Sendable {
    private let state = Atomic(false)

    var isUp: Bool { state.load(ordering: .acquiring) }

    func raise() { state.store(true, ordering: .releasing) }
}
