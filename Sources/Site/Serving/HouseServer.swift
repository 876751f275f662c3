import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The socket that listens and the connections that come by it, each answered by `HouseChannel`.
///
/// It stops when it is told to: nothing more is taken from the queue of the socket, requests in course are answered, and the
/// socket is let go of. One that another program handed over (`inherited`) stays open there, and whoever comes meanwhile waits
/// in its queue for the next process.
struct HouseServer: Service {
    /// Where connections come from.
    struct Listening: Sendable {
        let host: String
        let port: Int
        /// A descriptor of a TCP socket that listens already: the host and the port are then for messages alone.
        var inherited: Int32?
    }

    let channel: HouseChannel
    let listening: Listening
    /// How many connections are held at once; the others wait in the queue.
    let connections: Int
    let log: Logger
    let onReady: @Sendable (_ port: Int) async -> Void
    let onClosing: @Sendable () -> Void

    /// Connections that the system keeps in its queue.
    private static let queue: Int32 = 1_024

    /// Throws `House.Failure` when it cannot listen.
    func run() async throws {
        let visitors = Visitors()
        let server: NIOAsyncChannel<HouseChannel.Value, Never>
        do {
            server = try await open(to: visitors)
        } catch let error as IOError {
            let (host, port) = (listening.host, listening.port)
            throw error.errnoCode == EADDRINUSE
                ? House.Failure.portInUse(host: host, port: port)
                : House.Failure.cannotListen(host: host, port: port, reason: error.description)
        }
        await withGracefulShutdownHandler {
            await onReady(server.channel.localAddress?.port ?? 0)
            await withDiscardingTaskGroup { group in
                do {
                    try await server.executeThenClose { arrivals in
                        for try await arrival in arrivals {
                            visitors.receive(arrival.channel)
                            group.addTask { await channel.handle(value: arrival, logger: log) }
                        }
                    }
                } catch is CancellationError {
                    // A test closes the site.
                } catch {
                    log.error("no more connections are taken", metadata: ["error": "\(error)"])
                }
            }
        } onGracefulShutdown: {
            onClosing()
            server.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        }
    }

    private func open(to visitors: Visitors) async throws -> NIOAsyncChannel<HouseChannel.Value, Never> {
        let (connections, channel, log) = (connections, channel, log)
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(ChannelOptions.backlog, value: Self.queue)
            .serverChannelOption(ChannelOptions.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(ChannelOptions.allowRemoteHalfClosure, value: true)
            .serverChannelInitializer { server in
                server.eventLoop.makeCompletedFuture {
                    let limit = MaximumAvailableConnections(connections, logger: log)
                    try server.pipeline.syncOperations.addHandlers([
                        AvailableConnectionsChannelHandler(delegate: limit), Farewell(visitors),
                    ])
                }
            }
        let setup: @Sendable (any Channel) -> EventLoopFuture<HouseChannel.Value> = { visitor in
            channel.setup(channel: visitor, logger: log).always { result in
                switch result {
                case .success: if visitors.areToLeave { Farewell.tell(visitor) }
                case .failure: visitor.close(promise: nil)
                }
            }
        }
        if let descriptor = listening.inherited {
            return try await bootstrap.bind(descriptor, childChannelInitializer: setup)
        }
        return try await bootstrap.bind(host: listening.host, port: listening.port, childChannelInitializer: setup)
    }
}

/// The connections that were taken from the queue and are open.
private final class Visitors: Sendable {
    private struct Presence {
        var everybody: [ObjectIdentifier: any Channel] = [:]
        /// Those whom the site has not received yet.
        var onTheWay: Set<ObjectIdentifier> = []
        var areToLeave = false
    }

    private let presence = Mutex(Presence())

    func arrive(_ visitor: any Channel) {
        let key = ObjectIdentifier(visitor)
        presence.withLock {
            $0.everybody[key] = visitor
            $0.onTheWay.insert(key)
        }
        visitor.closeFuture.whenComplete { _ in
            self.presence.withLock {
                $0.everybody[key] = nil
                $0.onTheWay.remove(key)
            }
        }
    }

    func receive(_ visitor: any Channel) {
        _ = presence.withLock { $0.onTheWay.remove(ObjectIdentifier(visitor)) }
    }

    /// Whether the site closes. Who arrives from then on, or is on the way, is told once they can hear it.
    var areToLeave: Bool { presence.withLock { $0.areToLeave } }

    /// From now on they are to leave. Those who are there.
    func leave() -> [any Channel] {
        presence.withLock {
            $0.areToLeave = true
            return Array($0.everybody.values)
        }
    }

    var isAnybodyOnTheWay: Bool { presence.withLock { !$0.onTheWay.isEmpty } }
}

/// Tells everybody when the site closes.
///
/// The socket closes last: a connection that was taken from the queue and is on its way to the site would be lost with it. First
/// nothing more is taken, then those on their way arrive, then the socket is let go of.
private final class Farewell: ChannelDuplexHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel
    typealias OutboundIn = Never
    typealias OutboundOut = Never

    private static let pause = TimeAmount.milliseconds(25)

    private let visitors: Visitors
    private var isClosing = false

    init(_ visitors: Visitors) {
        self.visitors = visitors
    }

    func read(context: ChannelHandlerContext) {
        if !isClosing { context.read() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        visitors.arrive(unwrapInboundIn(data))
        context.fireChannelRead(data)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is ChannelShouldQuiesceEvent, !isClosing else {
            return context.fireUserInboundEventTriggered(event)
        }
        isClosing = true
        for visitor in visitors.leave() { Self.tell(visitor) }
        letGo(context)
    }

    /// Closes the socket once nobody is on the way.
    private func letGo(_ context: ChannelHandlerContext) {
        guard visitors.isAnybodyOnTheWay else {
            return context.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        }
        let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: Self.pause) { bound.value.handler.letGo(bound.value.context) }
    }

    static func tell(_ visitor: any Channel) {
        visitor.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
    }
}
