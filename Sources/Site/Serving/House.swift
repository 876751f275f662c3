import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

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
    /// `services` run beside it and stop after it. `onReady` gets the port in use, which matters when `port` is 0.
    public func open(
        host: String, port: Int, services: [any Service] = [], stopsOnSignals: Bool = true,
        onReady: @escaping @Sendable (_ port: Int) async -> Void
    ) async throws {
        var quiet = doors.reception.log
        quiet.logLevel = max(quiet.logLevel, .notice)
        let server = HouseChannel(doors: doors).server(
            configuration: ServerConfiguration(
                address: .hostname(host, port: port), backlog: 1_024,
                availableConnectionsDelegate: MaximumAvailableConnections(
                    doors.reception.limits.connections, logger: quiet)),
            onServerRunning: { channel in await onReady(channel.localAddress?.port ?? port) },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: quiet)
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services + [server],
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
