import AsyncHTTPClient
import NIOCore
import NIOSSL

/// A question to another server of the network's choosing (a setting): no redirect is followed, so that the answer comes from
/// where the operator said and from nowhere else; the whole answer has a size and a time it may not pass.
enum OutwardCall {
    /// Why there is no answer.
    enum Failure: Error, Sendable, Equatable {
        /// Another status than 200: a redirect is one.
        case status(Int)
        /// No line, too slow, too long, cut.
        case unanswered
    }

    /// Who asks, for a service that must know. Never written in a log.
    enum Credentials: Sendable {
        case basic(String, String)
        case bearer(String)
    }

    /// The body of what a POST of form fields is answered, with the same patience as `get`.
    static func post(
        _ address: String, _ form: [UInt8], as agent: String, with credentials: Credentials?, atMost bytes: Int,
        within seconds: Double
    ) async throws(Failure) -> [UInt8] {
        var request = HTTPClientRequest(url: address)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
        request.headers.add(name: "Accept", value: "application/json")
        request.body = .bytes(form)
        return try await answer(to: request, as: agent, with: credentials, bytes, seconds)
    }

    /// The body of a GET. Neither a head that does not come nor a body that drips is waited for longer than `seconds`.
    ///
    /// - Parameter isOwn: the site itself is asked, by the address of the machine: its certificate is not looked at.
    static func get(
        _ address: String, accepting type: String, as agent: String, with credentials: Credentials? = nil,
        atMost bytes: Int,
        within seconds: Double, isOwn: Bool = false
    ) async throws(Failure) -> [UInt8] {
        var request = HTTPClientRequest(url: address)
        request.headers.add(name: "Accept", value: type)
        return try await answer(to: request, as: agent, with: credentials, bytes, seconds, isOwn ? own : client)
    }

    private static func answer(
        to request: HTTPClientRequest, as agent: String, with credentials: Credentials?, _ bytes: Int,
        _ seconds: Double,
        _ client: HTTPClient = client
    ) async throws(Failure) -> [UInt8] {
        var request = request
        request.headers.add(name: "User-Agent", value: agent)
        switch credentials {
        case .basic(let name, let secret): request.setBasicAuth(username: name, password: secret)
        case .bearer(let token): request.headers.add(name: "Authorization", value: "Bearer " + token)
        case .none: break
        }
        let outcome = await withTaskGroup(of: Result<[UInt8], Failure>.self) { [request] group in
            group.addTask { await answer(to: request, bytes, .milliseconds(Int64(seconds * 1_000)), client) }
            group.addTask {
                // Cancelled when the answer came first: either way the wait is over.
                try? await Task.sleep(for: .seconds(seconds))
                return .failure(.unanswered)
            }
            let first = await group.next() ?? .failure(.unanswered)
            group.cancelAll()
            return first
        }
        return try outcome.get()
    }

    private static func answer(
        to request: HTTPClientRequest, _ bytes: Int, _ time: TimeAmount, _ client: HTTPClient
    ) async -> Result<[UInt8], Failure> {
        do {
            let response = try await client.execute(request, timeout: time)
            guard response.status == .ok else { return .failure(.status(Int(response.status.code))) }
            return .success(Array(try await response.body.collect(upTo: bytes).readableBytesView))
        } catch {
            return .failure(.unanswered)
        }
    }
}

/// One for the process, as its makers advise; `HTTPClient.shared` would follow redirects.
private let client = makeClient(nil)

/// For the site itself.
private let own = {
    var trust = TLSConfiguration.makeClientConfiguration()
    trust.certificateVerification = .none
    return makeClient(trust)
}()

private func makeClient(_ trust: TLSConfiguration?) -> HTTPClient {
    HTTPClient(
        eventLoopGroup: HTTPClient.defaultEventLoopGroup,
        configuration: HTTPClient.Configuration(
            tlsConfiguration: trust, redirectConfiguration: .disallow,
            timeout: HTTPClient.Configuration.Timeout(connect: .seconds(3)),
            // No server closes a connection sooner: what is sent as it does is lost, and a code that signs in is not asked for twice.
            connectionPool: HTTPClient.Configuration.ConnectionPool(idleTimeout: .seconds(1)),
            decompression: .disabled))
}
