import Maillage

/// Looks every few seconds whether the certificate that the site holds was renewed, and says what came of it.
public struct CertificateWatch: Sendable {
    private let keeper: CertificateKeeper
    private let reception: Reception

    private static let pause = Duration.seconds(5)

    public init(keeper: CertificateKeeper, reception: Reception) {
        self.keeper = keeper
        self.reception = reception
    }

    /// Goes on until the task is cancelled.
    public func run() async throws {
        while !Task.isCancelled {
            try await Task.sleep(for: Self.pause)
            look()
        }
    }

    func look() {
        switch keeper.look(at: reception.surroundings.now()) {
        case .same:
            break
        case .renewed(let end):
            reception.log.notice("the certificate was renewed", metadata: ["until": "\(end.iso)"])
            reception.health.note(certificateEnd: end)
        case .refused(let problem):
            reception.log.error(
                "the new certificate cannot serve, the former one stays",
                metadata: ["reason": "\(problem)", "until": "\(keeper.end.iso)"])
        }
        reception.health.note(certificateIsRefused: keeper.isRefused)
    }
}
