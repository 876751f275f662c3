import Logging
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
            case .portInUse(let host, let port): "port \(port) of \(host) is already in use: choose another"
            case .cannotListen(let host, let port, let reason): "cannot listen on \(host):\(port): \(reason)"
            }
        }
    }

    /// The sockets that another program opened and handed over, by their descriptors.
    public struct Inheritance: Sendable, Equatable {
        /// Where the site answers; nil when it opens its own.
        public var site: Int32?
        /// The port in clear of a site that answers HTTPS (`TLS_REDIRECT_PORT`); nil likewise.
        public var clear: Int32?

        public init(site: Int32? = nil, clear: Int32? = nil) {
            self.site = site
            self.clear = clear
        }
    }

    /// Serves until the task is cancelled, or until SIGTERM or SIGINT when `stopsOnSignals`; requests in course are finished.
    ///
    /// With a `certificate` the site answers HTTPS, and in clear on `TLS_REDIRECT_PORT` if it is set. For the sockets of
    /// `inheritance` the host and the port serve for messages only. `services` run beside the site and stop after it. `onReady` gets
    /// the port in use, which matters when `port` is 0; `onClosing` is called when the site is told to stop.
    public func open(
        host: String, port: Int, inheritance: Inheritance = Inheritance(), certificate: CertificateKeeper? = nil,
        services: [any Service] = [], stopsOnSignals: Bool = true,
        onReady: @escaping @Sendable (_ port: Int) async -> Void,
        onClosing: @escaping @Sendable () -> Void = {}
    ) async throws {
        let reception = doors.reception
        var quiet = reception.log
        quiet.logLevel = max(quiet.logLevel, .notice)
        let room = min(reception.limits.connections, max(Self.descriptors - Self.reserve, 8))
        let (beside, announce) = AsyncStream<Never>.makeStream()
        let clear =
            certificate == nil
            ? nil
            : reception.settings.tlsRedirectPort.map { clearPort in
                HouseServer(
                    channel: HouseChannel(
                        clear: ClearPort(
                            address: reception.settings.baseURL, challenges: reception.settings.dataDirectory + "/acme"),
                        limits: reception.limits),
                    listening: HouseServer.Listening(host: host, port: clearPort, inherited: inheritance.clear),
                    connections: min(256, room / 4), log: quiet, onReady: { _ in announce.finish() }, onClosing: {})
            }
        if clear == nil { announce.finish() }
        let server = HouseServer(
            channel: HouseChannel(doors: doors, certificate: certificate),
            listening: HouseServer.Listening(host: host, port: port, inherited: inheritance.site),
            connections: room - (clear?.connections ?? 0), log: quiet,
            onReady: { port in
                // Both ports answer, or the site is not open.
                for await _ in beside {}
                if !Task.isCancelled { await onReady(port) }
            },
            onClosing: onClosing)
        // The last is told first, and those before it once it has ended.
        var all: [any Service] = services + [clear].compactMap { $0 } + [server]
        let drain = reception.settings.drainSeconds
        if drain > 0 { all.append(LeavingService(leaving: reception.leaving, seconds: drain)) }
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: all,
                gracefulShutdownSignals: stopsOnSignals ? [.sigterm, .sigint] : [],
                logger: quiet))
        try await group.run()
    }

    /// Descriptors that connections leave to the database, to files, and to the library of threads: it looks at its threads through
    /// `/proc` when work waits, and ends the program when it gets no descriptor for that.
    private static let reserve = 48
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
