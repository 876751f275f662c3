import NIOCore
import NIOSSL

/// After TLS: a connection that it could not establish, or that was cut without its farewell, is over, and nothing more. The parser
/// of HTTP knows by itself whether a request was whole.
final class SecrecyEnd: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // TLS closes the connection after each of these but the last, where the other side did.
        if error is NIOSSLError || error is BoringSSLError || error is NIOSSLCloseTimedOutError { return }
        context.fireErrorCaught(error)
    }
}
