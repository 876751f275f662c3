import Maillage
import ServiceLifecycle
import Storage

/// Tells the service manager that the site is alive, as long as the database answers.
struct ServiceReport: Service {
    let manager: ServiceManager
    /// Answers when the database does; throws when it does not.
    let question: @Sendable () async throws -> Void
    /// Called with each reason for which it does not.
    let complain: @Sendable (any Error) -> Void

    init(
        _ manager: ServiceManager, complain: @escaping @Sendable (any Error) -> Void,
        question: @escaping @Sendable () async throws -> Void
    ) {
        self.manager = manager
        self.complain = complain
        self.question = question
    }

    init(_ manager: ServiceManager, of premises: Premises) {
        let (database, log) = (premises.database, premises.reception.log)
        self.init(
            manager, complain: { log.error("the database does not answer", metadata: ["error": "\($0)"]) },
            question: {
                // Both ways in: the readers, and the one that writes.
                _ = try await database.read { try $0.count("SELECT 1") }
                _ = try await database.write { try $0.count("SELECT 1") }
            })
    }

    func run() async throws {
        await cancelWhenGracefulShutdown { await stayAlive() }
    }

    /// Gives a sign of life three times in each patience of the service manager. A database that hangs holds it back, as it
    /// should: the service manager then starts the site anew.
    private func stayAlive() async {
        guard let patience = manager.patience else {
            // A service that ends would end the site.
            while !Task.isCancelled { try? await Task.sleep(for: .seconds(86_400)) }
            return
        }
        while !Task.isCancelled {
            do {
                try await question()
                manager.tell(.alive)
            } catch is CancellationError {
                return
            } catch {
                complain(error)
            }
            // The sleep is cut short when the site closes.
            try? await Task.sleep(for: patience / 3)
        }
    }
}
