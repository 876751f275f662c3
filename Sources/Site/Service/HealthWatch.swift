import Maillage
import Storage

/// Every minute: measures the service, writes its line in the record, and tells the operator what asks for somebody.
public struct HealthWatch: Sendable {
    private let reception: Reception
    private let watch: ServiceWatch
    private let certificate: @Sendable () async -> Instant?

    /// - Parameter certificate: asks when the certificate of the public address ends; nil when it cannot be known.
    public init(reception: Reception, certificate: @escaping @Sendable () async -> Instant? = { nil }) {
        self.reception = reception
        self.certificate = certificate
        watch = ServiceWatch(
            database: reception.database, surroundings: reception.surroundings,
            deposits: { try ReceiptStore.count(from: $0, to: $1, $2) })
    }

    /// Goes on until the task is cancelled, at the beginning of each minute of the machine.
    public func run() async throws {
        var turns = 0
        while !Task.isCancelled {
            if turns % 360 == 0, reception.isSecure { reception.health.note(certificateEnd: await certificate()) }
            turns += 1
            await tick()
            let past = (reception.surroundings.now().microseconds % 60_000_000 + 60_000_000) % 60_000_000
            try await Task.sleep(for: .microseconds(60_000_000 - past + 250_000))
        }
    }

    /// One turn. What fails is said in the log, and does not prevent the rest.
    func tick() async {
        do {
            try await watch.measure()
        } catch {
            reception.log.error("the service could not write", metadata: ["error": "\(error)"])
        }
        let now = reception.surroundings.now()
        let health = await reception.health.measure(reception, at: now)
        reception.health.note(health)
        // A demonstration has nobody to call.
        if reception.isDemonstration { return }
        do {
            for scope in try await scopes() {
                let act = TendAlerts(HealthRules.findings(health), of: scope, head: LetterHead(reception.settings))
                if try await reception.database.read({ try act.isDue(at: now, $0) }) {
                    try await reception.desk.perform(act, as: .house)
                }
            }
        } catch {
            reception.log.error("the alerts could not be kept", metadata: ["error": "\(error)"])
        }
    }

    /// Each node measures and tells of its own machine; what is one for all is told by one of them (NODE-4).
    private func scopes() async throws -> [AlertScope] {
        let isOurs = try await reception.leases.take("alerts", for: .minutes(3))
        guard let node = reception.settings.node else { return isOurs ? [.alone] : [] }
        return isOurs ? [.machine(node), .network] : [.machine(node)]
    }
}
