import HTTPTypes
import HummingbirdCore
import Logging
import Maillage
import NIOCore
import NIOHTTP1

/// The way in and out of the site: each door is one file of this folder, in the order a request passes them.
struct Doors: Sendable {
    let reception: Reception
    let dispatcher: Dispatcher
    let headers: SecurityHeaders

    init(reception: Reception, routes: [Route]) {
        self.reception = reception
        dispatcher = Dispatcher(routes)
        headers = SecurityHeaders(isSecure: reception.isSecure)
    }

    /// Answers one request. Throws only what the connection must end for.
    func answer(_ request: Request, peer: SocketAddress?) async throws -> Answer {
        let start = ContinuousClock.now
        var visit = Visit(request.head, peer: peer, reception: reception)
        var answer: Answer
        do {
            answer = try await pass(&visit, request)
        } catch let error as HTTPParserError {
            throw error
        } catch {
            answer = Refusals.answer(to: error, visit)
        }
        FlashDoor.leave(visit, &answer)
        SessionDoor.leave(visit, &answer)
        FreshnessDoor.leave(visit, &answer)
        CompressionDoor.leave(visit, &answer)
        headers.leave(visit, &answer)
        RequestLog.leave(visit, &answer, since: start)
        return answer
    }

    private func pass(_ visit: inout Visit, _ request: Request) async throws -> Answer {
        try HostDoor.enter(visit)
        try TargetDoor.enter(&visit)
        if let answer = try RouteDoor.enter(&visit, dispatcher) { return answer }
        guard let route = visit.route else { throw Missing() }
        FlashDoor.enter(&visit)
        let slot = CacheDoor.slot(for: visit, route)
        if let slot, let kept = CacheDoor.kept(slot, visit) { return kept }
        if route.needsRegister { await reception.directory.ready() }
        try await SessionDoor.enter(&visit)
        try await BodyDoor.enter(&visit, request, route)
        if let answer = try BodyDoor.refuse(visit, route) { return answer }
        if let answer = FloorDoor.enter(visit, route) { return answer }
        if let answer = try ForgeryDoor.enter(visit, route) { return answer }
        if let answer = try await FactorDoor.enter(&visit, route) { return answer }
        let answer = try await route.handler(visit)
        return slot.map { CacheDoor.keep(answer, in: $0, visit) } ?? answer
    }
}

extension Visit {
    /// A request as it stands on the doorstep: nothing of it is believed yet.
    init(_ head: HTTPRequest, peer: SocketAddress?, reception: Reception) {
        self.reception = reception
        method = head.method
        target = head.path ?? "/"
        headers = head.headerFields
        authority = head.authority ?? ""
        now = reception.surroundings.now()
        arrival = now
        requestID = Base64URL.encode(RequestLog.freshName())
        address = ClientAddress.visitor(
            peer: ClientAddress(peer), forwardedFor: head.headerFields[values: HeaderName.forwardedFor],
            trusted: reception.settings.trustedProxies)
    }
}
