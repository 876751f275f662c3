import Maillage
import NIOSSL
import Synchronization

/// The certificate that the site serves, read again when its files change: connections that are open keep theirs.
public final class CertificateKeeper: Sendable {
    private struct State {
        var served: ServedCertificate
        var traces: [CertificateFiles.Trace?]
        /// Looks in a row at which what the files hold could not serve.
        var refusals = 0
    }

    /// What a look found.
    public enum Look: Sendable, Equatable {
        case same
        /// Another certificate serves from now on.
        case renewed(until: Instant)
        /// The files changed and what they hold cannot serve: the former certificate stays. Said once for a change.
        case refused(CertificateProblem)
    }

    public let files: CertificateFiles
    private let state: Mutex<State>

    /// Throws why the files cannot serve.
    public init(_ files: CertificateFiles, at now: Instant) throws(CertificateProblem) {
        self.files = files
        let traces = files.traces
        state = Mutex(State(served: try files.read(at: now), traces: traces))
    }

    /// What the next connection is answered with.
    var context: NIOSSLContext { state.withLock { $0.served.context } }

    /// When the certificate that is served ends.
    public var end: Instant { state.withLock { $0.served.facts.end } }

    /// Whether the files changed and cannot serve.
    public var isRefused: Bool { state.withLock { $0.refusals > 1 } }

    /// Looks at the files again. Those who renew write two files one after the other: what cannot serve is refused at the second
    /// look in a row.
    public func look(at now: Instant) -> Look {
        let traces = files.traces
        let isSame = state.withLock { $0.refusals == 0 && $0.traces == traces }
        if isSame { return .same }
        do throws(CertificateProblem) {
            let fresh = try files.read(at: now)
            state.withLock { $0 = State(served: fresh, traces: traces) }
            return .renewed(until: fresh.facts.end)
        } catch {
            let count = state.withLock { state in
                state.traces = traces
                state.refusals += 1
                return state.refusals
            }
            return count == 2 ? .refused(error) : .same
        }
    }
}
