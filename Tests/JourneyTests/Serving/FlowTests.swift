import Foundation
import NIOPosix
import Synchronization
import Testing

@testable import MaillageWeb

extension ServingJourneys {
    @Suite struct FlowTests {
        /// EXP-1: what is made quicker than its connection takes it waits to be made, not in memory.
        @Test func aStreamNeverRunsAheadOfItsConnection() async throws {
            let written = Atomic<Int>(0)
            let ahead = Atomic<Int>(0)
            let piece = [UInt8](repeating: 7, count: 65_536)
            let count = 480
            let route = Route.get("/essai-flot", .everyone) { _ in
                .stream(type: "application/octet-stream") { sink in
                    // Every loop is held for a moment, as on a machine that has too much to do.
                    for loop in MultiThreadedEventLoopGroup.singleton.makeIterator() {
                        loop.execute {
                            Thread.sleep(forTimeInterval: 0.25)
                            _ = ahead.max(written.load(ordering: .relaxed), ordering: .relaxed)
                        }
                    }
                    for _ in 0..<count {
                        try await sink.write(piece)
                        written.add(piece.count, ordering: .relaxed)
                    }
                }
            }
            try await LiveSite.open(adding: [route]) { site in
                let reply = try await site.get("/essai-flot")
                #expect(reply.body.count == count * piece.count)
            }
            let most = ahead.load(ordering: .relaxed)
            #expect(most < 2_000_000, "\(most) bytes were given while nothing could leave")
        }
    }
}
