import NIOCore
import NIOHTTP1

/// Ends the connections that keep a place without using it: heads that do not come, bodies that crawl, answers that nobody reads.
///
/// One look every `tick` seconds; a body is judged only while the site is waiting for it, never while it makes the client wait. The time
/// during which the site itself did not run (a machine that is paused, or has too much to do) is nobody's slowness.
final class PaceHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private enum Phase {
        /// Waiting for a head since then.
        case head(NIODeadline)
        /// Reading a body since then.
        case body(NIODeadline)
        /// The site is at work.
        case answering
    }

    private let limits: Limits
    private var phase = Phase.head(.now())
    private var requests = 0
    private var isReading = false
    private var bytesThisTick = 0
    /// Bytes of the latest ticks during which the site waited for the client.
    private var window: [Int] = []
    /// Bytes of answers, handed over to be sent.
    private var written = 0
    /// When the visitor was last seen taking enough of them, and how many had left by then; nil while none waits.
    private var mark: (at: NIODeadline, taken: Int)?
    private var ticking: RepeatedTask?
    private var lookedAt = NIODeadline.now()

    init(limits: Limits) {
        self.limits = limits
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let tick = TimeAmount.milliseconds(Int64(limits.tick * 1_000))
        let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        ticking = context.eventLoop.scheduleRepeatedTask(initialDelay: tick, delay: tick) { _ in
            bound.value.handler.look(bound.value.context)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        stopTicking()
    }

    func channelInactive(context: ChannelHandlerContext) {
        stopTicking()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            requests += 1
            window.removeAll(keepingCapacity: true)
            bytesThisTick = 0
            phase = .body(.now())
        case .body(let bytes):
            bytesThisTick += bytes.readableBytes
        case .end:
            phase = requests > 0 ? .answering : .head(.now())
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isReading = false
        context.fireChannelReadComplete()
    }

    func read(context: ChannelHandlerContext) {
        isReading = true
        context.read()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head: break
        case .body(let bytes): written += bytes.readableBytes
        case .end:
            if requests > 0 { requests -= 1 }
            if requests == 0, case .answering = phase { phase = .head(.now()) }
        }
        context.write(data, promise: promise)
    }

    private func look(_ context: ChannelHandlerContext) {
        if isOver(at: .now(), left: context.bytesToSend) { end(context) }
    }

    /// Whether the client has been waited for long enough. To be asked every `tick` seconds: what comes later was the site's own stall.
    ///
    /// - Parameter left: the bytes of answers that wait for the client.
    func isOver(at now: NIODeadline, left: Int = 0) -> Bool {
        let stall = max(.zero, now - lookedAt - .milliseconds(Int64(limits.tick * 1_000)))
        lookedAt = now
        // A byte now and then would keep a place for ever: what is asked of those who send is asked of those who read.
        let (taken, enough) = (written - left, Int(Double(limits.bodyRate) * limits.answer))
        if left == 0 {
            mark = nil
        } else if let last = mark, taken - last.taken < enough {
            mark = (last.at + stall, last.taken)
            if seconds(last.at + stall, now) > limits.answer { return true }
        } else {
            mark = (now, taken)
        }
        switch phase {
        case .head(let since):
            // Somebody who takes their answer slowly has not begun to think of the next request.
            if left > 0 {
                phase = .head(now)
                return false
            }
            phase = .head(since + stall)
            return seconds(since + stall, now) >= limits.head
        case .body(let since):
            phase = .body(since + stall)
            return seconds(since + stall, now) > limits.body || crawls()
        case .answering:
            return false
        }
    }

    /// Counts the tick that ends; true when the last ones together were too slow.
    private func crawls() -> Bool {
        defer { bytesThisTick = 0 }
        guard isReading || bytesThisTick > 0 else { return false }
        window.append(bytesThisTick)
        let size = max(1, Int((limits.bodyWindow / limits.tick).rounded(.up)))
        if window.count > size { window.removeFirst(window.count - size) }
        guard window.count == size else { return false }
        return Double(window.reduce(0, +)) < Double(limits.bodyRate) * limits.bodyWindow
    }

    private func seconds(_ from: NIODeadline, _ to: NIODeadline) -> Double {
        Double((to - from).nanoseconds) / 1_000_000_000
    }

    private func end(_ context: ChannelHandlerContext) {
        stopTicking()
        context.close(promise: nil)
    }

    private func stopTicking() {
        ticking?.cancel()
        ticking = nil
    }
}
