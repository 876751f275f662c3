import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The site, open to the network until it is told to stop.
public struct House: Sendable {
    private let doors: Doors

    /// `routes` is the site map; tests may add theirs.
    public init(reception: Reception, routes: [Route] = SiteMap.all) {
        doors = Doors(reception: reception, routes: routes)
    }

    /// Why the site could not open.
    public enum Failure: Error, Sendable, Equatable, CustomStringConvertible {
        case portInUse(host: String, port: Int)
        case cannotListen(host: String, port: Int, reason: String)

        public var description: String {
            switch self {
            case .portInUse(let host, let port): "port \(port) of \(host) is already in use: choose another with --port"
            case .cannotListen(let host, let port, let reason): "cannot listen on \(host):\(port): \(reason)"
            }
        }
    }

    /// Serves until the task is cancelled, or until SIGTERM or SIGINT when `stopsOnSignals`; requests in course are finished.
    ///
    /// `inherited` is the descriptor of a socket that listens already, handed over by whoever started the program; the host
    /// and the port then serve for messages only. `services` run beside the site and stop after it. `onReady` gets the port in
    /// use, which matters when `port` is 0; `onClosing` is called when the site is told to stop.
    public func open(
        host: String, port: Int, inherited: Int32? = nil, services: [any Service] = [], stopsOnSignals: Bool = true,
        onReady: @escaping @Sendable (_ port: Int) async -> Void,
        onClosing: @escaping @Sendable () -> Void = {}
    ) async throws {
        let reception = doors.reception
        var quiet = reception.log
        quiet.logLevel = max(quiet.logLevel, .notice)
        let server = HouseServer(
            channel: HouseChannel(doors: doors),
            listening: inherited.map { .inherited($0) } ?? .address(host: host, port: port),
            connections: reception.limits.connections, log: quiet, onReady: onReady,
            onClosing: onClosing)
        // The last is told first, and those before it once it has ended.
        var all: [any Service] = services + [server]
        let drain = reception.settings.drainSeconds
        if drain > 0 { all.append(LeavingService(leaving: reception.leaving, seconds: drain)) }
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: all,
                gracefulShutdownSignals: stopsOnSignals ? [.sigterm, .sigint] : [],
                logger: quiet))
        do {
            try await group.run()
        } catch let error as IOError {
            throw error.errnoCode == EADDRINUSE
                ? Failure.portInUse(host: host, port: port)
                : Failure.cannotListen(host: host, port: port, reason: error.description)
        }
    }
}

extension House {
    /// How many descriptors this process may open.
    public static var descriptors: Int {
        var limit = rlimit()
        #if canImport(Glibc)
            let status = getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        #else
            let status = getrlimit(RLIMIT_NOFILE, &limit)
        #endif
        return status == 0 ? Int(clamping: limit.rlim_cur) : 0
    }
}
