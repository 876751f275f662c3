import ServiceLifecycle
import Synchronization

/// Whether a node was told to stop: `/healthz` then says so, and the node goes on serving until balancers have seen it.
public final class Leaving: Sendable {
    private let state = Atomic<Bool>(false)

    public init() {}

    public var isSaid: Bool { state.load(ordering: .acquiring) }

    func say() { state.store(true, ordering: .releasing) }
}

/// Stands before the server's end, on a node that balancers look at: says that the node leaves, and gives them time to see it.
struct LeavingService: Service {
    let leaving: Leaving
    let seconds: Int

    func run() async throws {
        do {
            try await gracefulShutdown()
            leaving.say()
            try await Task.sleep(for: .seconds(seconds))
        } catch is CancellationError {
            // The site closes at once.
        }
    }
}
