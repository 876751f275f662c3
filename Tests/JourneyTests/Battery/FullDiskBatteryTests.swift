import Foundation
import Synchronization
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// a disk that fills up. Pages are still read, what cannot be written is refused whole, and all is well once there is
/// room again, without a restart.
@Suite(.serialized) struct FullDiskBatteryTests {
    @Test func aFullDiskRefusesAndRecovers() async throws {
        for kilobytes in Battery.isLong ? [4_096, 6_144, 8_192, 12_288, 16_384, 24_576] : [6_144] {
            _ = try await withSmallDisk(kilobytes: kilobytes) { folder in
                try await trial(folder + "/data", disk: kilobytes)
            }
        }
    }

    private func trial(_ folder: String, disk: Int) async throws {
        let site = try await StandingSite(folder, people: 4)
        let program = try Program(site.arguments)
        let caller = Caller(port: try await program.port())
        var acknowledged = [Int](repeating: 0, count: site.people.count)
        var names = [String](repeating: "", count: site.people.count)
        var refused = 0

        func rename(_ index: Int) async throws -> Int {
            let name = "Nom \(index) \(acknowledged[index])"
            let reply = try await caller.post("/mon-compte/nom", [("name", name)], as: site.people[index])
            if reply.status == 303 {
                acknowledged[index] += 1
                names[index] = name
            } else {
                refused += 1
                #expect(reply.status == 507, "\(reply.status)")
                #expect(reply.text.contains("Plus de place"))
            }
            return reply.status
        }

        for round in 0..<2 {
            let before = refused
            #expect(try await rename(0) == 303, "round \(round)")
            // Whatever is left, to the last block.
            let ballast = folder + "/ballast"
            #expect(fillUp(ballast))
            // What the log already holds may take a few more.
            for attempt in 0..<200 where try await rename(attempt % 4) == 507 { break }
            #expect(refused > before)
            for attempt in 0..<10 {
                // Refused, or done when a checkpoint has just made room: `rename` checks which, and what was acknowledged.
                _ = try await rename(attempt % 4)
                for path in ["/", "/connexion", "/mentions-legales", "/healthz"] {
                    #expect(try await caller.get(path).status == 200, "\(path)")
                }
                let own = try await caller.get("/mon-compte", session: site.people[attempt % 4].session)
                #expect(own.status == 200)
                if !names[attempt % 4].isEmpty { #expect(own.text.contains(names[attempt % 4])) }
            }
            unlink(ballast)
            for index in 0..<4 { #expect(try await rename(index) == 303) }
        }
        #expect(program.isRunning)
        program.signal(SIGTERM)
        #expect(await program.end(within: 120) == 0)
        let found = try await site.names()
        for index in acknowledged.indices {
            #expect(found[index].changes == acknowledged[index])
            #expect(found[index].name == names[index])
        }
        let check = try await Program.run(["check", "--data", site.folder])
        #expect(check.status == 0, "\(check.err)")
        print("disk of \(disk) kB: \(acknowledged.reduce(0, +)) changes, \(refused) refused")
    }

    private func fillUp(_ path: String) -> Bool {
        let descriptor = open(path, O_CREAT | O_WRONLY, 0o600)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        let block = [UInt8](repeating: 0x2E, count: 4_096)
        while write(descriptor, block, block.count) > 0 {}
        return errno == ENOSPC
    }
}
