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
        let server: NIOAsyncChannel<HouseChannel.Value, Never>
        do {
            server = try await open()
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

    private func open() async throws -> NIOAsyncChannel<HouseChannel.Value, Never> {
        let (connections, channel, log) = (connections, channel, log)
        let arrivals = Arrivals()
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(ChannelOptions.backlog, value: Self.queue)
            .serverChannelOption(ChannelOptions.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(ChannelOptions.allowRemoteHalfClosure, value: true)
            .serverChannelInitializer { server in
                server.eventLoop.makeCompletedFuture {
                    let limit = MaximumAvailableConnections(connections, logger: log)
                    try server.pipeline.syncOperations.addHandlers([
                        AvailableConnectionsChannelHandler(delegate: limit), Farewell(arrivals),
                    ])
                }
            }
        let setup: @Sendable (any Channel) -> EventLoopFuture<HouseChannel.Value> = {
            channel.setup(channel: $0, logger: log).always { _ in arrivals.settle() }
        }
        if let descriptor = listening.inherited {
            return try await bootstrap.bind(descriptor, childChannelInitializer: setup)
        }
        return try await bootstrap.bind(host: listening.host, port: listening.port, childChannelInitializer: setup)
    }
}

/// How many connections were taken from the queue, and have no handlers yet.
private final class Arrivals: Sendable {
    private let unsettled = Atomic<Int>(0)

    func arrive() { unsettled.add(1, ordering: .relaxed) }
    func settle() { unsettled.subtract(1, ordering: .relaxed) }
    var areSettled: Bool { unsettled.load(ordering: .relaxed) <= 0 }
}

/// Knows the connections that are open, and tells each when the site closes.
///
/// The socket closes last: a connection that was taken from the queue and is on its way to the site would be lost with it. First
/// nothing more is taken, then those on their way arrive, then the socket is let go of.
private final class Farewell: ChannelDuplexHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel
    typealias OutboundIn = Never
    typealias OutboundOut = Never

    private static let pause = TimeAmount.milliseconds(25)

    private let arrivals: Arrivals
    private var open: [ObjectIdentifier: any Channel] = [:]
    private var isClosing = false

    init(_ arrivals: Arrivals) {
        self.arrivals = arrivals
    }

    func read(context: ChannelHandlerContext) {
        if !isClosing { context.read() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let channel = unwrapInboundIn(data)
        let key = ObjectIdentifier(channel)
        open[key] = channel
        arrivals.arrive()
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        channel.closeFuture.hop(to: context.eventLoop).whenComplete { _ in bound.value.open[key] = nil }
        context.fireChannelRead(data)
        // Taken from the queue in the same breath as the order to close: its own handlers come first, then the word.
        if isClosing { channel.eventLoop.execute { Self.tell(channel) } }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is ChannelShouldQuiesceEvent, !isClosing else {
            return context.fireUserInboundEventTriggered(event)
        }
        isClosing = true
        for channel in open.values { Self.tell(channel) }
        letGo(context, calm: 0, looks: 40)
    }

    /// Closes the socket once nobody was on the way at two looks in a row, or after a second: one that failed on its way may
    /// never arrive.
    private func letGo(_ context: ChannelHandlerContext, calm: Int, looks: Int) {
        let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: Self.pause) {
            let (handler, context) = bound.value
            let calm = handler.arrivals.areSettled ? calm + 1 : 0
            if calm < 2, looks > 0 { return handler.letGo(context, calm: calm, looks: looks - 1) }
            context.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        }
    }

    private static func tell(_ channel: any Channel) {
        channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
    }
}
