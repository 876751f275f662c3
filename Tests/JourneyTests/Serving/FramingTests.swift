import Foundation
import Testing

@testable import MaillageWeb

extension ServingJourneys {
    /// S-17: whatever is sent, never two answers to one request, and nothing ambiguous gets in.
    @Suite struct FramingTests {
        struct Shape: Sendable, CustomTestStringConvertible {
            let name: String
            let bytes: [UInt8]
            /// Statuses that may come, in order; each place lists what is acceptable.
            let answers: [Set<Int>]
            /// Whether the site must end the connection; nil when either is right.
            let closes: Bool?

            var testDescription: String { name }

            init(_ name: String, _ text: String, _ answers: [Set<Int>], closes: Bool?) {
                self.init(name, bytes: Array(text.utf8), answers, closes: closes)
            }

            init(_ name: String, bytes: [UInt8], _ answers: [Set<Int>], closes: Bool?) {
                self.name = name
                self.bytes = bytes
                self.answers = answers
                self.closes = closes
            }

            static func refused(_ name: String, _ text: String, _ statuses: Set<Int> = [400]) -> Shape {
                Shape(name, text, [statuses], closes: true)
            }
        }

        private static let host = "Host: 127.0.0.1\r\n"
        private static let get = "GET /healthz HTTP/1.1\r\n"
        private static let page = get + host + "\r\n"
        private static let post = "POST /healthz HTTP/1.1\r\n" + host

        static let shapes: [Shape] =
            hosts + codings + lengths + chunks + heads + targets + methods + sequences + versions

        static let hosts: [Shape] = [
            .refused("no Host", get + "\r\n"),
            .refused("two equal Hosts", get + host + host + "\r\n"),
            .refused("two different Hosts", get + host + "Host: autre.test\r\n\r\n"),
            .refused("two Hosts in different cases", get + host + "HOST: autre.test\r\n\r\n"),
            Shape("Host with a space", get + "Host: a b\r\n\r\n", [[400]], closes: nil),
            Shape("Host with a path", get + "Host: a/b\r\n\r\n", [[400]], closes: nil),
            Shape("Host with a person", get + "Host: a@b\r\n\r\n", [[400]], closes: nil),
            Shape("empty Host", get + "Host:\r\n\r\n", [[400]], closes: nil),
            Shape(
                "Host of 300 bytes", get + "Host: " + String(repeating: "a", count: 300) + "\r\n\r\n", [[400]],
                closes: nil),
            .refused("no Host in HTTP/1.0", "GET /healthz HTTP/1.0\r\n\r\n"),
        ]

        static let codings: [Shape] = [
            .refused("length and coding", post + "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG"),
            .refused("coding and length", post + "Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\nG"),
            .refused("unknown coding", post + "Transfer-Encoding: gzip\r\n\r\n" + page, [400, 501]),
            .refused("identity", post + "Transfer-Encoding: identity\r\n\r\n" + page, [400, 501]),
            .refused(
                "chunked not last", post + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n" + page, [400, 501]),
            .refused(
                "chunked after gzip", post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" + page, [400, 501]),
            .refused(
                "chunked twice",
                post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + page, [400, 501]),
            .refused("almost chunked", post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + page, [400, 501]),
            .refused(
                "chunked with a tab", post + "Transfer-Encoding:\u{0B}chunked\r\n\r\n0\r\n\r\n" + page, [400, 501]),
            .refused("space before the colon", post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + page),
            .refused(
                "coding in HTTP/1.0",
                "POST /healthz HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + page, [400, 501]),
            Shape("chunked in capitals", post + "Transfer-Encoding: CHUNKED\r\n\r\n0\r\n\r\n", [[405]], closes: nil),
        ]

        static let lengths: [Shape] = [
            .refused("two different lengths", post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef"),
            .refused("two equal lengths", post + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nabcde"),
            .refused("negative length", post + "Content-Length: -1\r\n\r\n" + page),
            .refused("signed length", post + "Content-Length: +5\r\n\r\nabcde"),
            .refused("list of lengths", post + "Content-Length: 5, 5\r\n\r\nabcde"),
            .refused("hexadecimal length", post + "Content-Length: 0x5\r\n\r\nabcde"),
            .refused("length beyond 64 bits", post + "Content-Length: 99999999999999999999\r\n\r\nabcde"),
            .refused("length in two words", post + "Content-Length: 5 5\r\n\r\nabcde"),
            .refused("empty length", post + "Content-Length:\r\n\r\nabcde"),
            Shape("huge announced form", post + "Content-Length: 9999999999\r\n\r\n", [[405, 413]], closes: true),
        ]

        private static let chunked = post + "Transfer-Encoding: chunked\r\n\r\n"

        static let chunks: [Shape] = [
            Shape("chunk size overflow", chunked + "FFFFFFFFFFFFFFFFFF\r\nabc", [[400, 405]], closes: true),
            Shape("negative chunk", chunked + "-1\r\nabc\r\n0\r\n\r\n", [[400, 405]], closes: true),
            Shape("chunk size in letters", chunked + "xyz\r\nabc\r\n0\r\n\r\n", [[400, 405]], closes: true),
            Shape("chunk without its end", chunked + "3\r\nabcXY0\r\n\r\n" + page, [[400, 405]], closes: true),
            Shape("chunk with bare LF", chunked + "3\nabc\n0\n\n" + page, [[400, 405]], closes: true),
            Shape("chunk size with a space", chunked + "3 \r\nabc\r\n0\r\n\r\n", [[400, 405]], closes: nil),
            Shape("good chunks to a page", chunked + "3\r\nabc\r\n0\r\n\r\n", [[405]], closes: nil),
        ]

        static let heads: [Shape] = [
            .refused("bare LF", "GET /healthz HTTP/1.1\nHost: 127.0.0.1\n\n", [400, 505]),
            .refused("folded header", get + host + "X-Long: a\r\n b\r\n\r\n"),
            Shape(
                "NUL in a header", bytes: Array((get + host + "X-Nul: a").utf8) + [0] + Array("b\r\n\r\n".utf8),
                [[400]], closes: true),
            Shape("CR in a header", get + host + "X-CR: a\rb\r\n\r\n", [[400]], closes: true),
            .refused("space in a header name", get + host + "X Y: a\r\n\r\n"),
            .refused("no header name", get + host + ": a\r\n\r\n"),
            .refused("no colon", get + host + "abc\r\n\r\n"),
            .refused(
                "header of 20 kB", get + host + "X-Big: " + String(repeating: "a", count: 20_000) + "\r\n\r\n",
                [400, 431]),
            .refused("200 headers", get + host + String(repeating: "X-A: b\r\n", count: 200) + "\r\n", [400, 431]),
            Shape(
                "TLS greeting",
                bytes: [0x16, 3, 1, 0, 0xA5, 1, 0, 0, 0xA1, 3, 3] + [UInt8](repeating: 0x42, count: 160), [[400, 405]],
                closes: true),
            Shape(
                "expectation met", post + "Expect: 100-continue\r\nContent-Length: 0\r\n\r\n", [[100], [405]],
                closes: nil),
            .refused("unknown expectation", get + host + "Expect: banana\r\n\r\n", [417]),
            Shape(
                "upgrade asked for", get + host + "Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n", [[200]], closes: nil),
        ]

        static let targets: [Shape] = [
            .refused("absolute form", "GET http://127.0.0.1/healthz HTTP/1.1\r\n" + host + "\r\n"),
            .refused("absolute form elsewhere", "GET http://autre.test/ HTTP/1.1\r\n" + host + "\r\n"),
            .refused("authority form", "GET 127.0.0.1:80 HTTP/1.1\r\n" + host + "\r\n"),
            .refused("asterisk with GET", "GET * HTTP/1.1\r\n" + host + "\r\n"),
            Shape("asterisk with OPTIONS", "OPTIONS * HTTP/1.1\r\n" + host + "\r\n", [[204]], closes: nil),
            .refused(
                "URL of 200 kB", "GET /" + String(repeating: "a", count: 200_000) + " HTTP/1.1\r\n" + host + "\r\n",
                [400, 414, 431]),
            Shape(
                "URL of 9 kB", "GET /" + String(repeating: "a", count: 9_000) + " HTTP/1.1\r\n" + host + "\r\n",
                [[414]], closes: nil),
            Shape("broken escape", "GET /%zz HTTP/1.1\r\n" + host + "\r\n", [[400]], closes: nil),
            Shape("NUL in the path", "GET /%00 HTTP/1.1\r\n" + host + "\r\n", [[400]], closes: nil),
            Shape("path that is not UTF-8", "GET /%ff HTTP/1.1\r\n" + host + "\r\n", [[400]], closes: nil),
            Shape("query that is not UTF-8", "GET /healthz?q=%ff HTTP/1.1\r\n" + host + "\r\n", [[400]], closes: nil),
            Shape("NUL in the query", "GET /healthz?q=%00 HTTP/1.1\r\n" + host + "\r\n", [[400]], closes: nil),
            Shape("climbing path", "GET /assets/../../etc/passwd HTTP/1.1\r\n" + host + "\r\n", [[404]], closes: nil),
            Shape(
                "climbing escaped path",
                "GET /assets/%2e%2e%2fetc%2fpasswd HTTP/1.1\r\n" + host + "\r\n", [[404]], closes: nil),
        ]

        static let methods: [Shape] = [
            .refused("TRACE", "TRACE /healthz HTTP/1.1\r\n" + host + "\r\n", [405]),
            .refused("CONNECT", "CONNECT 127.0.0.1:80 HTTP/1.1\r\n" + host + "\r\n", [405]),
            .refused("unknown method", "BREW /healthz HTTP/1.1\r\n" + host + "\r\n", [405]),
            .refused("method in small letters", "get /healthz HTTP/1.1\r\n" + host + "\r\n", [400, 405]),
            .refused("method that is no word", "G@T /healthz HTTP/1.1\r\n" + host + "\r\n", [400, 405]),
            Shape("method of another protocol", "PROPFIND /healthz HTTP/1.1\r\n" + host + "\r\n", [[405]], closes: nil),
            Shape("DELETE", "DELETE /healthz HTTP/1.1\r\n" + host + "\r\n", [[405]], closes: nil),
            Shape("OPTIONS", "OPTIONS /healthz HTTP/1.1\r\n" + host + "\r\n", [[204]], closes: nil),
        ]

        static let sequences: [Shape] = [
            Shape("two pages", page + page, [[200], [200]], closes: false),
            Shape("page then nonsense", page + "nonsense\r\n\r\n", [[200], [400, 405]], closes: true),
            Shape("page then no Host", page + get + "\r\n" + page, [[200], [400]], closes: true),
            Shape("HEAD then GET", "HEAD /healthz HTTP/1.1\r\n" + host + "\r\n" + page, [[200], [200]], closes: false),
            Shape(
                "GET with a body then GET", get + host + "Content-Length: 5\r\n\r\nabcde" + page, [[200], [200]],
                closes: false),
            Shape(
                "refused form then GET", post + "Content-Length: 5\r\n\r\nabcde" + page, [[405], [200]], closes: false),
            Shape("close then GET", get + host + "Connection: close\r\n\r\n" + page, [[200]], closes: true),
            Shape("CLOSE then GET", get + host + "Connection: CLOSE\r\n\r\n" + page, [[200]], closes: true),
            Shape(
                "close in a list", get + host + "Connection: keep-alive, close\r\n\r\n" + page, [[200]], closes: true),
            Shape("empty lines first", "\r\n\r\n" + page, [[200]], closes: nil),
        ]

        static let versions: [Shape] = [
            Shape("HTTP/1.0", "GET /healthz HTTP/1.0\r\n" + host + "\r\n" + page, [[200]], closes: true),
            Shape(
                "HTTP/1.0 asking to stay", "GET /healthz HTTP/1.0\r\n" + host + "Connection: keep-alive\r\n\r\n" + page,
                [[200]], closes: true),
            .refused("HTTP/0.9", "GET /healthz\r\n\r\n", [400, 505]),
            .refused("HTTP/2.0", "GET /healthz HTTP/2.0\r\n" + host + "\r\n", [400, 505]),
            .refused("HTTP/1.2", "GET /healthz HTTP/1.2\r\n" + host + "\r\n", [400, 505]),
            .refused("HTTP/9.9", "GET /healthz HTTP/9.9\r\n" + host + "\r\n", [400, 505]),
            .refused("another protocol", "GET /healthz ICE/1.0\r\n" + host + "\r\n", [400, 505]),
        ]

        @Test func everyShapeIsRefusedOrUnambiguous() async throws {
            #expect(Self.shapes.count >= 60)
            try await LiveSite.open { (site: LiveSite) async throws -> Void in
                await withTaskGroup(of: Void.self) { group in
                    for (index, shape) in Self.shapes.enumerated() {
                        if index >= 12 { await group.next() }
                        group.addTask { await Self.check(shape, on: site) }
                    }
                }
                let health = try await site.get("/healthz")
                #expect(health.status == 200)
            }
        }

        private static func check(_ shape: Shape, on site: LiveSite) async {
            guard let received = try? await site.raw(shape.bytes, silence: shape.closes == true ? 5 : 2) else {
                Issue.record("\(shape.name): no connection")
                return
            }
            let statuses = received.statuses
            let isExpected =
                statuses.count == shape.answers.count && zip(statuses, shape.answers).allSatisfy { $1.contains($0) }
            #expect(isExpected, "\(shape.name): answered \(statuses)")
            if let closes = shape.closes {
                #expect(received.isClosed == closes, "\(shape.name): closed \(received.isClosed)")
            }
            // S-18: what is refused before it is read carries the same headers as a page.
            let heads = received.heads.filter { !$0.hasPrefix("100") }
            for head in heads {
                #expect(head.contains("Content-Security-Policy: default-src 'none'"), "\(shape.name)")
                #expect(head.contains("X-Content-Type-Options: nosniff"), "\(shape.name)")
            }
        }
    }
}
