import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// The socket that listens and the connections that come by it, each answered by `HouseChannel`.
///
/// It stops when it is told to: nothing more is taken from the queue of the socket, requests in course are answered, and the
/// socket is let go of. One that another program handed over (`inherited`) stays open there, and whoever comes meanwhile waits
/// in its queue for the next process.
struct HouseServer: Service {
    /// Where connections come from.
    enum Listening: Sendable {
        case address(host: String, port: Int)
        /// A descriptor of a TCP socket that listens already.
        case inherited(Int32)
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

    func run() async throws {
        let server = try await open()
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
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(ChannelOptions.backlog, value: Self.queue)
            .serverChannelOption(ChannelOptions.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(ChannelOptions.allowRemoteHalfClosure, value: true)
            .serverChannelInitializer { server in
                server.eventLoop.makeCompletedFuture {
                    let limit = MaximumAvailableConnections(connections, logger: log)
                    try server.pipeline.syncOperations.addHandlers([
                        AvailableConnectionsChannelHandler(delegate: limit), Farewell(),
                    ])
                }
            }
        let setup: @Sendable (any Channel) -> EventLoopFuture<HouseChannel.Value> = {
            channel.setup(channel: $0, logger: log)
        }
        switch listening {
        case .address(let host, let port):
            return try await bootstrap.bind(host: host, port: port, childChannelInitializer: setup)
        case .inherited(let descriptor):
            return try await bootstrap.bind(descriptor, childChannelInitializer: setup)
        }
    }
}

/// Knows the connections that are open, and tells each when the site closes.
private final class Farewell: ChannelInboundHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel

    private var open: [ObjectIdentifier: any Channel] = [:]
    private var isClosing = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let channel = unwrapInboundIn(data)
        let key = ObjectIdentifier(channel)
        open[key] = channel
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        channel.closeFuture.hop(to: context.eventLoop).whenComplete { _ in bound.value.open[key] = nil }
        context.fireChannelRead(data)
        // Taken from the queue in the same breath as the order to close: its own handlers come first, then the word.
        if isClosing { channel.eventLoop.execute { Self.tell(channel) } }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent {
            isClosing = true
            for channel in open.values { Self.tell(channel) }
        }
        context.fireUserInboundEventTriggered(event)
    }

    private static func tell(_ channel: any Channel) {
        channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
    }
}
