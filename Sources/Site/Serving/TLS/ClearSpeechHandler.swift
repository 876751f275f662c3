import NIOCore

/// Said of a connection whose first bytes are no HTTP in clear: somebody is there.
struct SecrecyBegins {}

/// Before TLS: whoever speaks HTTP in clear to the port of HTTPS is told so, in clear, and the connection ends.
final class ClearSpeechHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let address: String
    private let headers: [(String, String)]
    private var isAnswered = false

    /// - Parameters:
    ///   - address: the public address of the site.
    ///   - headers: what every answer says.
    init(address: String, headers: [(String, String)]) {
        self.address = address
        self.headers = headers
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isAnswered else { return }
        let bytes = unwrapInboundIn(data)
        // A method begins by a letter; a TLS record by 22 (RFC 8446, § 5.1). TLS itself refuses the rest.
        guard let first = bytes.getInteger(at: bytes.readerIndex, as: UInt8.self), (0x41...0x5A).contains(first) else {
            context.fireUserInboundEventTriggered(SecrecyBegins())
            context.fireChannelRead(data)
            context.pipeline.syncOperations.removeHandler(self, promise: nil)
            return
        }
        isAnswered = true
        let body = "400 Cette adresse répond en HTTPS\u{202F}: \(address)\n"
        let fields = [
            ("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", String(body.utf8.count)),
            ("Cache-Control", "no-store"), ("Connection", "close"),
        ]
        let head = (headers + fields).map { "\($0): \($1)\r\n" }.joined()
        context.writeAndFlush(
            wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 400 Bad Request\r\n\(head)\r\n\(body)")), promise: nil)
        context.close(mode: .output, promise: nil)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: .seconds(1)) { bound.value.close(promise: nil) }
    }
}
