import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// Between the HTTP/1 parser and the site: lets only unambiguous requests in, and never two answers out for one request.
///
/// What cannot be read is answered here, once, and the connection ends: missing or double `Host`, transfer codings other than
/// `chunked`, absolute-form targets, unknown methods, anything the parser refused. HTTP/1.0 connections end after one answer.
final class FramingHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private enum Inbound {
        case between
        case inBody
        /// Nothing more is read.
        case refused
    }

    /// A request handed to the site and not yet answered.
    private struct Owed {
        let isHTTP10: Bool
        let isHead: Bool
    }

    /// How long a connection on which nothing is asked stays open when the site closes: so many looks in a row, this far apart, that
    /// saw no sign of life. Looks and not an hour: while the site itself stands still, nobody is late.
    private static let patience = (looks: 10, apart: TimeAmount.milliseconds(100))

    private let bareHeaders: [(String, String)]
    private let clock: HTTPDate
    private var inbound = Inbound.between
    private var owed: [Owed] = []
    /// The part of an answer being written is for `owed.first`.
    private var isAnswering = false
    private var dropsAnswer = false
    private var closesAfterAnswer = false
    private var isClosing = false
    /// Looks since the last sign of life.
    private var silentLooks = 0
    /// The site closes: what is asked now is answered, and said to be the last.
    private var isLeaving = false
    private var pending: FramingRefusal?

    init(bareHeaders: [(String, String)], clock: HTTPDate) {
        self.bareHeaders = bareHeaders
        self.clock = clock
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard inbound != .refused else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            if let refusal = FramingRefusal(of: head) { return refuse(refusal, context) }
            accept(head, context)
        case .body(let bytes):
            context.fireChannelRead(wrapInboundOut(.body(bytes)))
        case .end:
            inbound = closesAfterAnswer ? .refused : .between
            context.fireChannelRead(wrapInboundOut(.end(nil)))
        }
    }

    private func accept(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        guard let method = try? HTTPRequest.Method(head.method) else {
            // A method that is not a token: the parser lets none through, and none gets further.
            return refuse(.unreadable, context)
        }
        let isHTTP10 = head.version == .http1_0
        owed.append(Owed(isHTTP10: isHTTP10, isHead: head.method == .HEAD))
        inbound = .inBody
        var fields = HTTPFields(head.headers, splitCookie: false)
        let isLast = isHTTP10 || head.headers[canonicalForm: "Connection"].contains { $0.lowercased() == "close" }
        // The site reads one spelling only.
        fields[.connection] = isLast ? "close" : nil
        if isLast { closesAfterAnswer = true }
        if !isHTTP10, owed.count == 1, !head.headers["Expect"].isEmpty {
            let proceed = HTTPResponseHead(version: .http1_1, status: .continue)
            context.writeAndFlush(wrapOutboundOut(.head(proceed)), promise: nil)
        }
        let request = HTTPRequest(
            method: method, scheme: "http", authority: head.headers["Host"].first, path: head.uri, headerFields: fields)
        context.fireChannelRead(wrapInboundOut(.head(request)))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard inbound != .refused else { return }
        guard let parsing = error as? HTTPParserError else { return context.fireErrorCaught(error) }
        // Whoever is reading the body must learn first that it did not end well: the connection's end alone would read as the
        // body's.
        if inbound == .inBody { context.fireErrorCaught(error) }
        refuse(FramingRefusal(of: parsing), context)
    }

    /// Answers by `refusal` once what is owed before it is answered. A request cut in its body gets no other answer.
    private func refuse(_ refusal: FramingRefusal, _ context: ChannelHandlerContext) {
        let wasInBody = inbound == .inBody
        inbound = .refused
        if wasInBody {
            // The one being read is the last owed: if its answer has begun there is nothing to add, else the refusal is it.
            guard !owed.isEmpty, !(isAnswering && owed.count == 1) else { return closeSoon(context) }
            owed.removeLast()
        }
        if owed.isEmpty {
            write(refusal, context)
        } else {
            pending = refusal
        }
    }

    private func write(_ refusal: FramingRefusal, _ context: ChannelHandlerContext) {
        guard !isClosing else { return }
        let body = ByteBuffer(string: "\(refusal.status.code) \(refusal.sentence)\n")
        var headers = HTTPHeaders(bareHeaders)
        headers.add(name: "Content-Type", value: "text/plain; charset=utf-8")
        headers.add(name: "Content-Length", value: String(body.readableBytes))
        headers.add(name: "Cache-Control", value: "no-store")
        headers.add(name: "Connection", value: "close")
        headers.add(name: "Date", value: clock.now)
        if let allow = refusal.allow { headers.add(name: "Allow", value: allow) }
        let head = HTTPResponseHead(version: .http1_1, status: refusal.status, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        closeSoon(context)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let response):
            writeHead(response, context, promise)
        case .body(let bytes):
            guard !dropsAnswer else { return drop(promise) }
            context.write(wrapOutboundOut(.body(.byteBuffer(bytes))), promise: promise)
        case .end:
            guard !dropsAnswer else { return drop(promise) }
            isAnswering = false
            if !owed.isEmpty { owed.removeFirst() }
            let sent = context.eventLoop.makePromise(of: Void.self)
            sent.futureResult.cascade(to: promise)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: sent)
            guard owed.isEmpty else { return }
            if let pending { return write(pending, context) }
            if closesAfterAnswer { closeSoon(context, after: sent.futureResult) }
        }
    }

    private func writeHead(
        _ response: HTTPResponse, _ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?
    ) {
        guard let request = owed.first, !isAnswering, !isClosing else {
            dropsAnswer = true
            return drop(promise)
        }
        isAnswering = true
        var head = HTTPResponseHead(response)
        let isLast = isLeaving && owed.count == 1
        if head.headers[canonicalForm: "Connection"].contains("close") || request.isHTTP10 || isLast {
            head.headers.replaceOrAdd(name: "Connection", value: "close")
            closesAfterAnswer = true
        }
        let isUnbounded = head.headers["Content-Length"].isEmpty && ![204, 304].contains(response.status.code)
        if isUnbounded, request.isHTTP10 || request.isHead {
            // No chunks for those who cannot read them or will not be sent any: the end of the connection is the end.
            head.version = .http1_0
            head.headers.replaceOrAdd(name: "Connection", value: "close")
            closesAfterAnswer = true
        }
        if !head.headers.contains(name: "Content-Security-Policy") {
            for (name, value) in bareHeaders { head.headers.replaceOrAdd(name: name, value: value) }
            head.headers.replaceOrAdd(name: "Date", value: clock.now)
        }
        context.write(wrapOutboundOut(.head(head)), promise: promise)
    }

    private func drop(_ promise: EventLoopPromise<Void>?) {
        promise?.fail(ChannelError.outputClosed)
    }

    /// Ends the sending side once the last answer left, and the whole soon after: closing at once would destroy what the client has
    /// not read yet.
    private func closeSoon(_ context: ChannelHandlerContext, after sent: EventLoopFuture<Void>? = nil) {
        guard !isClosing else { return }
        isClosing = true
        inbound = .refused
        context.flush()
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        (sent ?? context.eventLoop.makeSucceededVoidFuture()).whenComplete { _ in
            let context = bound.value
            guard context.channel.isActive else { return }
            context.close(mode: .output, promise: nil)
            let channel = context.channel
            context.eventLoop.scheduleTask(in: .seconds(1)) { channel.close(promise: nil) }
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is ChannelShouldQuiesceEvent else {
            // TLS begins, or is agreed on.
            silentLooks = 0
            return context.fireUserInboundEventTriggered(event)
        }
        guard !isLeaving else { return }
        isLeaving = true
        closesAfterAnswer = true
        guard owed.isEmpty, inbound != .inBody else {
            // The answer under way says that it is the last: what follows the request is not read any more.
            if inbound == .between { inbound = .refused }
            return
        }
        waitForRequest(context)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // A piece of a request's head, perhaps.
        silentLooks = 0
        context.fireChannelReadComplete()
    }

    /// Somebody may be about to ask, or their request on its way: closed now, it would be lost. Or they have not taken all of their
    /// answer yet.
    private func waitForRequest(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: Self.patience.apart) {
            let (handler, context) = bound.value
            guard handler.owed.isEmpty, handler.inbound == .between, context.channel.isActive else { return }
            handler.silentLooks = context.bytesToSend == 0 ? handler.silentLooks + 1 : 0
            if handler.silentLooks < Self.patience.looks {
                handler.waitForRequest(context)
            } else {
                context.close(promise: nil)
            }
        }
    }
}

extension ChannelHandlerContext {
    /// What of the answers is not with the system yet. A channel that cannot tell holds nothing.
    var bytesToSend: Int {
        (try? channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }
}
