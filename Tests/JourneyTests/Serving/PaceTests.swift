import Foundation
import Testing

@testable import MaillageWeb

extension ServingJourneys {
    /// R-15: slow heads, slow bodies and slow readers do not keep their place. The clock of the limits is shortened.
    @Suite struct PaceTests {
        private static var short: Limits {
            var limits = Limits()
            limits.tick = 0.1
            limits.head = 0.6
            limits.bodyWindow = 0.8
            limits.answer = 1
            return limits
        }

        private func seconds(_ work: () async throws -> Void) async rethrows -> Double {
            let start = ContinuousClock.now
            try await work()
            let spent = ContinuousClock.now - start
            return Double(spent.components.seconds) + Double(spent.components.attoseconds) / 1e18
        }

        @Test func theShippedLimitsAreThoseWePromise() {
            let limits = Limits()
            #expect(limits.head + limits.tick <= 15)
            #expect(limits.bodyWindow + 2 * limits.tick <= 30)
            #expect(limits.bodyRate == 500)
        }

        @Test func aSilentConnectionIsClosed() async throws {
            try await LiveSite.open(limits: Self.short) { (site: LiveSite) async throws -> Void in
                let connection = try RawConnection(port: site.port)
                let spent = await seconds {
                    let received = await connection.receive(silence: 9)
                    #expect(received.isClosed)
                }
                #expect(spent < 10)
            }
        }

        @Test func aDrippingHeadIsClosed() async throws {
            try await LiveSite.open(limits: Self.short) { (site: LiveSite) async throws -> Void in
                let connection = try RawConnection(port: site.port)
                let spent = try await seconds {
                    let head = "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
                    let slow = head + String(repeating: "a", count: 36)
                    for byte in slow.utf8 {
                        guard await connection.send([byte]) else { break }
                        try await Task.sleep(for: .milliseconds(50))
                    }
                    let received = await connection.receive(silence: 5)
                    #expect(received.isClosed)
                }
                #expect(spent < 10)
            }
        }

        @Test func aConnectionKeptForNothingIsClosed() async throws {
            // Time to ask, on a busy machine.
            var limits = Self.short
            limits.head = 3
            try await LiveSite.open(limits: limits) { (site: LiveSite) async throws -> Void in
                let received = try await site.raw("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", silence: 5)
                #expect(received.statuses == [200])
                #expect(received.isClosed)
            }
        }

        @Test func aCrawlingBodyIsClosedAndNothingIsTaken() async throws {
            let trial = TrialRoutes()
            try await LiveSite.open(adding: trial.routes, limits: Self.short) { (site: LiveSite) async throws -> Void in
                let connection = try RawConnection(port: site.port)
                let head =
                    "POST /essai/note HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 500000\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\n\r\nnote=a"
                await connection.send(Array(head.utf8))
                let spent = try await seconds {
                    for _ in 0..<60 {
                        guard await connection.send([0x61]) else { break }
                        try await Task.sleep(for: .milliseconds(50))
                    }
                    let received = await connection.receive(silence: 5)
                    #expect(received.isClosed)
                }
                #expect(spent < 10)
                #expect(trial.taken.withLock { $0 } == [])
            }
        }

        @Test func aSteadyBodyIsTaken() async throws {
            let trial = TrialRoutes()
            // Longer in all than the window, and never still for as long as it, even on a busy machine.
            var limits = Self.short
            limits.bodyWindow = 3
            try await LiveSite.open(adding: trial.routes, limits: limits) { (site: LiveSite) async throws -> Void in
                let connection = try RawConnection(port: site.port)
                let note = String(repeating: "a", count: 20_000)
                let body = Array("note=\(note)&\(FormToken.fieldName)=\(site.token(for: "/essai/note"))".utf8)
                let head =
                    "POST /essai/note HTTP/1.1\r\nHost: 127.0.0.1:\(site.port)\r\nContent-Length: \(body.count)\r\n"
                    + "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n"
                await connection.send(Array(head.utf8))
                for start in stride(from: 0, to: body.count, by: 1_000) {
                    await connection.send(Array(body[start..<min(start + 1_000, body.count)]))
                    try await Task.sleep(for: .milliseconds(200))
                }
                let received = await connection.receive(silence: 5) { !$0.isEmpty }
                #expect(received.statuses == [303])
                #expect(trial.taken.withLock { $0.map(\.utf8.count) } == [note.utf8.count])
            }
        }

        /// Somebody on a thin line takes a large answer for longer than a head may wait, and than nothing may be taken.
        @Test(arguments: ["keep-alive", "close"])
        func aSlowReaderGetsTheWholeAnswer(connection word: String) async throws {
            let size = 24 << 20
            let large = Route.get("/essai/gros", .everyone) { _ in
                Answer(type: "image/png", bytes: [UInt8](repeating: 0x4D, count: size))
            }
            // Longer in all than nothing may be taken, and never for as long without taking anything.
            var limits = Self.short
            limits.answer = 3
            try await LiveSite.open(adding: [large], limits: limits) { (site: LiveSite) async throws -> Void in
                let connection = try RawConnection(port: site.port)
                let ask = "GET /essai/gros HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: \(word)\r\n\r\n"
                await connection.send(Array(ask.utf8))
                var count = 0
                let spent = try await seconds {
                    while count < size {
                        let wanted = count + (2 << 20)
                        let received = await connection.receive(silence: 4) { $0.count >= 2 << 20 }
                        count += received.bytes.count
                        if received.isClosed || count < min(wanted, size) { break }
                        try await Task.sleep(for: .milliseconds(400))
                    }
                }
                #expect(count >= size, "\(count) bytes of \(size)")
                #expect(spent > limits.answer)
            }
        }

        @Test func aBodyCutShortIsNotTaken() async throws {
            let trial = TrialRoutes()
            try await LiveSite.open(adding: trial.routes) { (site: LiveSite) async throws -> Void in
                for framing in ["Content-Length: 5000", "Transfer-Encoding: chunked"] {
                    do {
                        let connection = try RawConnection(port: site.port)
                        let head =
                            "POST /essai/note HTTP/1.1\r\nHost: 127.0.0.1:\(site.port)\r\n\(framing)\r\n"
                            + "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n"
                        let body = "note=a&\(FormToken.fieldName)=\(site.token(for: "/essai/note"))"
                        let piece =
                            framing.hasPrefix("T") ? String(body.utf8.count, radix: 16) + "\r\n" + body + "\r\n" : body
                        await connection.send(Array((head + piece).utf8))
                        try await Task.sleep(for: .milliseconds(100))
                    }
                    try await Task.sleep(for: .milliseconds(200))
                }
                #expect(trial.taken.withLock { $0 } == [])
                let health = try await site.get("/healthz")
                #expect(health.status == 200)
            }
        }
    }
}
