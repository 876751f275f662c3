import Testing

@testable import MaillageWeb

@Suite struct OutwardCallTests {
    /// Servers close a connection at rest after a few seconds (uvicorn and Apache five, gunicorn two): a question sent at that moment
    /// is lost, and one that spends a code may not be asked twice.
    @Test func noQuestionGoesByAConnectionThatRestedLong() async throws {
        let server = try LoopbackServer()
        server.serve { connection in
            guard connection.request() != nil else { return }
            connection.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            // Hangs up on the next one.
            _ = connection.request()
        }
        func ask() async throws -> [UInt8] {
            try await OutwardCall.post(
                server.address, Array("code=1".utf8), as: "essai", with: nil, atMost: 100, within: 5)
        }
        #expect(try await ask() == Array("ok".utf8))
        try await Task.sleep(for: .milliseconds(1_900))
        #expect(try await ask() == Array("ok".utf8))
    }
}
