import Foundation
import Synchronization
import Testing

@testable import MaillageWeb

/// S-06 on the wire: valid requests to every route, mutated. Nothing breaks the program, and everything is let go of.
@Suite(.serialized) struct FramingBatteryTests {
    private final class Heard: Sendable {
        let statuses = Mutex<[Int: Int]>([:])
        let faults = Mutex<[String]>([])
    }

    @Test func mutatedRequestsBreakNothing() async throws {
        let count = Battery.count(short: 3_000, long: 200_000)
        try await withFolder { folder in
            let site = try await StandingSite(folder + "/data", people: 1)
            let program = try Program(site.arguments)
            let caller = Caller(port: try await program.port())
            _ = try await caller.get("/")
            let base = program.descriptors
            let seeds = Self.seeds(caller, site.people[0])
            let heard = Heard()
            let lanes = 8
            try await withThrowingTaskGroup(of: Void.self) { group in
                for lane in 0..<lanes {
                    group.addTask {
                        var numbers = SeededNumbers(Battery.seed &+ UInt64(lane))
                        for _ in 0..<(count / lanes) {
                            let bytes = Self.mutated(seeds[Int.random(in: 0..<seeds.count, using: &numbers)], &numbers)
                            let connection = try RawConnection(port: caller.port)
                            let received = await connection.exchange(bytes)
                            for status in received.statuses {
                                heard.statuses.withLock { $0[status, default: 0] += 1 }
                                if status >= 500, status != 501, status != 505 {
                                    let shown = String(decoding: bytes.prefix(400), as: UTF8.self).debugDescription
                                    heard.faults.withLock { $0.append("\(status): \(shown)") }
                                }
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(heard.faults.withLock { Array($0.prefix(5)) } == [])
            #expect(program.isRunning)
            #expect(try await caller.get("/healthz").status == 200)
            var settled = false
            for _ in 0..<200 where !settled {
                settled = program.descriptors <= base + 8
                if !settled { try await Task.sleep(for: .milliseconds(100)) }
            }
            #expect(settled, "\(program.descriptors) descriptors, \(base) before")
            #expect(!program.err.contains("Fatal"), "\(program.err.suffix(500))")
            print(
                "mutated requests: \(count), seed \(Battery.seed): \(heard.statuses.withLock { $0.sorted { $0.key < $1.key } })"
            )
            program.signal(SIGTERM)
            #expect(await program.end(within: 120) == 0)
            let check = try await Program.run(["check", "--data", site.folder])
            #expect(check.status == 0, "\(check.err)")
        }
    }

    /// One valid request for each route, visitor's and signed in.
    private static func seeds(_ caller: Caller, _ person: StandingSite.Person) -> [[UInt8]] {
        SiteMap.all.flatMap { route -> [[UInt8]] in
            // The two that would end the trial's own session are asked for by a visitor only.
            let path = route.pattern.replacing("{", with: "").replacing("}", with: "")
            let keeps = path == "/deconnexion" || path.contains("fermeture")
            return [false, true].compactMap { isSignedIn in
                if isSignedIn, keeps { return nil }
                let body = route.method == .get ? "" : "name=a%C3%A9&email=a%40b.fr&vers=%2F&note=1&csrf=abc"
                var text =
                    "\(route.method.rawValue) \(path)?q=a%20b&page=2 HTTP/1.1\r\nHost: 127.0.0.1:\(caller.port)\r\n"
                text += "Accept-Encoding: gzip\r\nCookie: session=\(isSignedIn ? person.session : "abc"); message=x\r\n"
                text += "If-None-Match: \"abc\", W/\"d\"\r\nSec-Fetch-Site: same-origin\r\nX-Forwarded-For: 1.2.3.4\r\n"
                if route.method != .get {
                    text += "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(body.utf8.count)\r\n"
                }
                return Array((text + "Connection: close\r\n\r\n" + body).utf8)
            }
        }
    }

    private static let pieces: [String] = [
        "\r\n", "\r", "\n", "\0", " ", "\t", ":", ";", ",", "%", "%00", "%ff", "%2f", "..", "//", "?", "&", "=", "#",
        "\"", "'", "<", "{",
        "GET ", "POST ", "HEAD ", "OPTIONS * ", "Transfer-Encoding: chunked\r\n",
        "Content-Length: 99999999999999999999\r\n", "Content-Length: 0\r\n", "Host: autre\r\n",
        "Expect: 100-continue\r\n", "Range: bytes=0-18446744073709551615\r\n", "-1", "18446744073709551616",
        "9223372036854775808",
        "0", "1e999", "NaN", "\u{202E}", "\u{FEFF}", "é", "e\u{301}", "😀", "HTTP/1.0", "HTTP/2.0",
    ]

    private static func mutated(_ seed: [UInt8], _ numbers: inout SeededNumbers) -> [UInt8] {
        var bytes = seed
        for _ in 0..<Int.random(in: 1...6, using: &numbers) where !bytes.isEmpty {
            let at = Int.random(in: 0..<bytes.count, using: &numbers)
            switch Int.random(in: 0..<8, using: &numbers) {
            case 0: bytes[at] = UInt8.random(in: 0...255, using: &numbers)
            case 1: bytes[at] ^= 1 << UInt8.random(in: 0...7, using: &numbers)
            case 2: bytes.remove(at: at)
            case 3: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...40, using: &numbers)))
            case 4:
                bytes.insert(contentsOf: Array(pieces[Int.random(in: 0..<pieces.count, using: &numbers)].utf8), at: at)
            case 5: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 30)], at: at)
            case 6:
                bytes.insert(
                    contentsOf: [UInt8](repeating: bytes[at], count: Int.random(in: 1...3_000, using: &numbers)), at: at
                )
            default: bytes.removeSubrange(at...)
            }
        }
        return bytes
    }
}
