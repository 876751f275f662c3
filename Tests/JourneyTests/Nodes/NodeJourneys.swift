import Storage
import Synchronization
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// One network on two nodes: what is written on one is read on the other.
@Suite struct NodeJourneys {
    /// Asks until the page says it; answers how long it took, but for what the machine took.
    private static func wait(_ site: LiveSite, _ path: String, until says: (Reply) -> Bool) async throws -> Duration? {
        let clock = ContinuousClock()
        let start = clock.now
        let (took, late) = try await Lateness.during { () -> Duration? in
            while clock.now - start < .seconds(60) {
                if says(try await site.get(path)) { return clock.now - start }
                try await Task.sleep(for: .milliseconds(10))
            }
            return nil
        }
        return took.map { $0 - late }
    }

    private static func add(_ name: String, on site: LiveSite) async throws -> Place {
        try await site.desk.perform(
            CreatePlace(values: [.name: .text(name)], visibility: .everyone, circles: []), as: .house)
    }

    // NODE-1
    @Test func `a place made on one node is found on it at once, and on the other within a second`() async throws {
        try await TwoNodes.open { one, two in
            _ = try await one.desk.perform(CreateCircle(code: "LEN", name: "Lensois", kind: .territorial), as: .house)
            for (writer, other, name) in [(one, two, "Premier atelier"), (two, one, "Second atelier")] {
                // Both have the page in their cache.
                #expect(try await !writer.get("/lieux").text.contains(name))
                #expect(try await !other.get("/lieux").text.contains(name))
                let place = try await Self.add(name, on: writer)
                #expect(try await writer.get("/lieux").text.contains(name), "its own write")
                let took = try #require(try await Self.wait(other, "/lieux") { $0.text.contains(name) })
                #expect(took < .seconds(1))
                // What was kept by the other before is forgotten too.
                #expect(try await other.get("/lieux/\(place.slug)").text.contains(name))
                try await writer.desk.perform(
                    SetPlaceState(place: place.id, isPublished: false, reason: "essai"), as: .house)
                let gone = try #require(try await Self.wait(other, "/lieux/\(place.slug)") { $0.status != 200 })
                #expect(gone < .seconds(1))
                #expect(try await !other.get("/lieux").text.contains(name))
            }
        }
    }

    // NODE-1
    @Test func `an address kept by a browser from one node is asked of the other without a lie`() async throws {
        try await TwoNodes.open { one, two in
            _ = try await Self.add("Premier atelier", on: one)
            _ = try await Self.wait(two, "/lieux") { $0.text.contains("Premier atelier") }
            let old = try await one.get("/lieux")
            _ = try await Self.add("Second atelier", on: two)
            let tag = try #require(old["etag"])
            let fresh = try await two.get("/lieux", headers: ["If-None-Match": tag])
            #expect(fresh.status == 200 && fresh.text.contains("Second atelier"))
        }
    }

    // NODE-6
    @Test func `somebody who signed in on one node is known on the other, and out of both at once`() async throws {
        try await TwoNodes.open { one, two in
            let person = try await one.signIn("lea")
            #expect(try await one.get("/mon-compte", session: person.session).status == 200)
            #expect(try await two.get("/mon-compte", session: person.session).status == 200)
            let left = try await two.post("/deconnexion", as: person.account, session: person.session)
            #expect(left.status == 303)
            #expect(try await one.get("/mon-compte", session: person.session).status != 200)
        }
    }

    // NODE-6
    @Test func `attempts spent on one node are spent on the other`() async throws {
        try await TwoNodes.open { one, two in
            let email = ("email", "lea@exemple.fr")
            // Five in half an hour for one address, whoever counts them.
            for site in [one, one, two, one, two] {
                #expect(try await site.post("/connexion", [email]).status == 303)
            }
            for site in [two, one] {
                #expect(try await site.post("/connexion", [email]).status == 429)
            }
            let other = try await two.post("/connexion", [("email", "paul@exemple.fr")])
            #expect(other.status == 303, "another address is another count")
        }
    }

    // NODE-6
    @Test func `a form of one node is taken by the other`() async throws {
        try await TwoNodes.open { one, two in
            let person = try await one.signIn("lea")
            let token = one.token(for: "/deconnexion", account: person.account)
            let reply = try await two.post("/deconnexion", as: person.account, session: person.session, token: token)
            #expect(reply.status == 303)
        }
    }

    // NODE-7
    @Test func `a file begun on one node is ended on the other, one at a time`() async throws {
        try await TwoNodes.open { one, two in
            let (here, there) = (one.reception.photos.vault, two.reception.photos.vault)
            let part = try await here.beginPart()
            try await here.append(toPart: part) { writer in
                try await writer.write(Array("Bon".utf8), limit: 7)
                await #expect(throws: PartBusy.self) { _ = try await there.append(toPart: part) { $0.size } }
                await #expect(throws: PartBusy.self) { _ = try await there.file(ofPart: part) }
            }
            #expect(try await there.size(ofPart: part) == 3)
            try await there.append(toPart: part) { try await $0.write(Array("jour".utf8), limit: 7) }
            let kept = try await #require(try await here.file(ofPart: part)).keep()
            #expect(kept.size == 7)
            #expect(try await there.isWhole(kept.digest))
        }
    }

    // NODE-7
    @Test func `a file swept by one node while the other keeps it again is there`() async throws {
        try await TwoNodes.open { one, two in
            let (here, there) = (one.reception.photos.vault, two.reception.photos.vault)
            let bytes = Array("la même pièce".utf8)
            @Sendable func keep(_ vault: FileVault) async throws -> FileVault.Kept {
                let left = Mutex<[UInt8]?>(bytes)
                return try await vault.keep(limit: 100) {
                    left.withLock { left in
                        defer { left = nil }
                        return left
                    }
                }
            }
            let kept = try await keep(here)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for _ in 0..<100 {
                        // Nothing names it, and every file is old: it goes whenever it is not being kept.
                        try await here.sweep(olderThan: .days(-1), at: one.reception.surroundings.now()) { _ in [] }
                    }
                }
                group.addTask {
                    // What is on its way in looks old too, and goes: that attempt is refused, and the next one is made.
                    for _ in 0..<100 { _ = try? await keep(there) }
                }
                try await group.waitForAll()
            }
            _ = try await keep(there)
            #expect(try await here.isWhole(kept.digest))
        }
    }

    // NODE-8
    @Test func `a node that leaves says so and goes on answering`() async throws {
        try await LiveSite.open { (site: LiveSite) async throws -> Void in
            #expect(try await site.get("/healthz").status == 200)
            site.reception.leaving.say()
            let health = try await site.get("/healthz")
            #expect(health.status == 503 && health.text.contains("\"leaving\""))
            #expect(try await site.get("/").status == 200)
            #expect(try await site.get("/etat").text.contains("Le service fonctionne"))
        }
    }
}
