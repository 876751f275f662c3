import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOSSL

/// One connection: TLS when the site holds its certificate, the parser with its caps, the watch on its pace, the framing, then
/// requests one after the other.
struct HouseChannel: ServerChildChannel, HTTPChannelHandler {
    typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    let responder: HTTPChannelHandler.Responder
    let limits: Limits
    let bareHeaders: [(String, String)]
    let clock: HTTPDate
    /// The certificate, and where the site is; nil when it answers in clear.
    private var secrecy: (keeper: CertificateKeeper, address: String)?

    /// The site itself.
    init(doors: Doors, certificate: CertificateKeeper? = nil) {
        self.init(limits: doors.reception.limits, bareHeaders: doors.headers.bare) { request, channel in
            try await doors.answer(request, peer: channel.remoteAddress)
        }
        secrecy = certificate.map { ($0, doors.reception.settings.baseURL) }
    }

    /// The port in clear beside HTTPS.
    init(clear: ClearPort, limits: Limits) {
        self.init(limits: limits, bareHeaders: SecurityHeaders(isSecure: false).bare) { request, _ in
            clear.answer(request)
        }
    }

    private init(
        limits: Limits, bareHeaders: [(String, String)],
        answer: @escaping @Sendable (Request, any Channel) async throws -> Answer
    ) {
        self.limits = limits
        self.bareHeaders = bareHeaders
        let clock = HTTPDate()
        self.clock = clock
        responder = { request, writer, channel in
            let answer = try await answer(request, channel)
            try await Self.send(answer, to: request, writer, on: channel.eventLoop, date: clock.now)
        }
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            var caps = NIOHTTPDecoderLimitConfiguration()
            caps.maxHeaderFieldSize = 16 * 1_024
            caps.maxHeaderListSize = 32 * 1_024
            caps.maxHeaderFieldCount = 100
            let pipeline = channel.pipeline.syncOperations
            if let secrecy {
                // Everything after these sees what was said, not how it was wrapped; the pace counts from the first byte of all.
                let headers = SecurityHeaders(isSecure: false).bare
                try pipeline.addHandler(ClearSpeechHandler(address: secrecy.address, headers: headers))
                try pipeline.addHandler(
                    NIOSSLServerHandler(
                        context: secrecy.keeper.context, customVerificationCallback: nil, configuration: .init()))
                try pipeline.addHandler(SecrecyEnd())
            }
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: false, withErrorHandling: false, withOutboundHeaderValidation: false,
                withEncoderConfiguration: .init(), withDecoderLimitConfiguration: caps)
            try pipeline.addHandler(PaceHandler(limits: limits))
            try pipeline.addHandler(FramingHandler(bareHeaders: bareHeaders, clock: clock))
            return try NIOAsyncChannel(
                wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
        }
    }

    func handle(value: Value, logger: Logger) async {
        await handleHTTP(asyncChannel: value, logger: logger)
    }

    /// Writes the answer; for HEAD, everything but its body.
    private static func send(
        _ answer: Answer, to request: Request, _ writer: consuming ResponseWriter, on loop: any EventLoop,
        date: String
    ) async throws {
        var head = HTTPResponse(status: answer.status, headerFields: answer.headers)
        head.headerFields[.date] = date
        let isBodiless = answer.status == .noContent || answer.status == .notModified
        if mayLeaveUnread(request, answer) { head.headerFields[.connection] = "close" }
        switch answer.body {
        case .none:
            if !isBodiless { head.headerFields[.contentLength] = "0" }
            try await writer.write(response: head, body: ResponseBody())
        case .bytes(let bytes):
            head.headerFields[.contentLength] = String(bytes.readableBytes)
            let body = request.method == .head ? ResponseBody() : ResponseBody(byteBuffer: bytes)
            try await writer.write(response: head, body: body)
        case .stream(let make):
            guard request.method != .head else { return try await writer.write(response: head, body: ResponseBody()) }
            let body = ResponseBody { writer in
                var sink = ByteSink(writer: writer, loop: loop)
                try await make(&sink)
                try await sink.writer.finish(nil)
            }
            try await writer.write(response: head, body: body)
        }
    }

    /// A refusal may come before a long body was read: better end the connection than swallow it.
    private static func mayLeaveUnread(_ request: Request, _ answer: Answer) -> Bool {
        guard answer.status.code >= 400 else { return false }
        if request.headers[.transferEncoding] != nil { return true }
        return (request.headers[.contentLength].flatMap { Int($0) } ?? 0) > 65_536
    }
}
