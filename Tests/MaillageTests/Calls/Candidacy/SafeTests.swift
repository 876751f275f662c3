import Exchange
import Forms
import Foundation
import Storage
import Testing
import Workbench

@testable import Maillage

@Suite("The safe of a structure") struct SafeTests {
    private struct Scene {
        let world: AttachmentWorld
        let place: Place
        let manager: Principal

        func add(
            _ file: ReceivedFile?, _ kind: SafeDocument.Kind? = .statutes, from: CivilDate? = nil,
            until: CivilDate? = nil, replacing: SafeDocument.ID? = nil
        ) -> AddSafeDocument {
            AddSafeDocument(
                place: place.id, kind: kind, file: file, datedOn: from, validUntil: until, replacing: replacing)
        }

        func documents(as principal: Principal) async throws -> [SafeDocument] {
            try await world.database.read { try SafeDocumentStore.documents(principal, of: [place.id], $0) }
        }
    }

    private static func on(_ engine: TestEngine, _ body: (Scene) async throws -> Void) async throws {
        try await AttachmentWorld.on(engine) { world in
            let place = try await world.desk.perform(
                CreatePlace(values: [.name: .text("La Fosse")], visibility: .everyone), as: .house)
            let manager = try await world.calls.calls.person(
                "marie", Grant(.placeManager, on: Scope(.place, place.id.number)))
            try await body(Scene(world: world, place: place, manager: manager))
        }
    }

    private static func problem(_ error: any Error, _ field: String) -> String {
        (error as? Problems)?.messages(for: field).first ?? "\(error)"
    }

    // ATT-14
    @Test(arguments: TestEngine.available)
    func aSafeExistsForThoseWhoAnswerForThePlaceAlone(_ engine: TestEngine) async throws {
        try await Self.on(engine) { scene in
            let world = scene.world
            let scope = Scope(.place, scene.place.id.number)
            let other = try await world.desk.perform(
                CreatePlace(values: [.name: .text("Ailleurs")], visibility: .everyone), as: .house)
            let strangers = [
                try await world.calls.person("eve"), try await world.calls.calls.coordinator(),
                try await world.calls.calls.funder(),
                try await world.calls.calls.person("edith", Grant(.placeEditor, on: scope)),
                try await world.calls.calls.person("max", Grant(.placeManager, on: Scope(.place, other.id.number))),
                .visitor, .house,
            ]
            let kept = try await world.pdf("Statuts")
            let document = try await world.desk.perform(scene.add(kept), as: scene.manager)
            #expect(try await scene.documents(as: scene.manager) == [document])
            let (edit, remove) = (
                EditSafeDocument(document: document.id, kind: .other, datedOn: nil, validUntil: nil),
                RemoveSafeDocument(document: document.id)
            )
            for stranger in strangers {
                #expect(try await scene.documents(as: stranger).isEmpty)
                #expect(try await world.calls.refusal(scene.add(kept), as: stranger) is Denied)
                #expect(try await world.calls.refusal(edit, as: stranger) is Missing)
                #expect(try await world.calls.refusal(remove, as: stranger) is Missing)
            }
            try await world.desk.perform(edit, as: scene.manager)
            #expect(try await scene.documents(as: scene.manager).first?.kind == .other)
            try await world.desk.perform(remove, as: scene.manager)
            #expect(try await scene.documents(as: scene.manager).isEmpty)
            #expect(try await world.calls.refusal(remove, as: scene.manager) is Missing)
        }
    }

    // ATT-13
    @Test(arguments: TestEngine.available)
    func whatIsWrongIsSaid(_ engine: TestEngine) async throws {
        try await Self.on(engine) { scene in
            let world = scene.world
            let kept = try await world.pdf("Statuts")
            func refused(_ act: AddSafeDocument, _ field: String) async throws -> String {
                Self.problem(try await world.calls.refusal(act, as: scene.manager), field)
            }
            #expect(try await refused(scene.add(nil), "fichier").contains("Choisissez"))
            #expect(try await refused(scene.add(kept, nil), "nature").contains("Dites"))
            let (past, future) = (CivilDate(year: 2026, month: 1, day: 1), CivilDate(year: 2027, month: 1, day: 1))
            #expect(try await refused(scene.add(kept, from: future), "date").contains("avenir"))
            let today = CivilDate(year: 2026, month: 9, day: 22)
            #expect(try await refused(scene.add(kept, from: today, until: past), "validite").contains("vient après"))
            let huge = AttachmentWorld.invented(1, size: SafeLimits.longest + 1)
            #expect(try await refused(scene.add(huge), "fichier").contains("dépasse 20"))
            try await world.database.write { writer in
                for number in 0..<SafeLimits.mostDocuments {
                    try SafeDocumentStore.insert(
                        SafeDocument(
                            id: world.desk.surroundings.identifier(), place: scene.place.id, kind: .other,
                            name: "d.pdf", family: .pdf, size: 10, digest: FileDigest(of: [UInt8(number)]),
                            datedOn: nil, validUntil: nil, addedAt: world.clock.now, addedBy: nil), writer)
                }
            }
            #expect(try await refused(scene.add(kept), "fichier").contains("est plein"))
        }
    }

    // ATT-13, ATT-6, ATT-7
    @Test(arguments: TestEngine.available)
    func aDocumentOfTheSafeIsAttachedInOnePress(_ engine: TestEngine) async throws {
        try await Self.on(engine) { scene in
            let world = scene.world
            let draft = try await world.calls.start(by: scene.manager)
            let kept = try await world.pdf("Statuts")
            let day = CivilDate(year: 2026, month: 9, day: 1)
            let document = try await world.desk.perform(scene.add(kept, from: day), as: scene.manager)
            let reuse = ReuseSafeDocument(
                candidacy: draft.id, question: "statuts", document: document.id, shelf: world.calls.shelf)
            let outcome = try await world.desk.perform(reuse, as: scene.manager)
            #expect(outcome.added.map(\.name) == ["Statuts.pdf"] && outcome.added.first?.digest == kept.digest)
            #expect(try await world.answered(draft.id, "statuts").first?.datedOn == day)
            #expect(try await world.desk.perform(reuse, as: scene.manager).added.isEmpty, "twice is once")

            // Somebody who writes with her cannot reach her safe, nor the one who leaves it.
            let bob = try await world.member("bob", of: draft.id, .writer, invitedBy: scene.manager)
            let letters = ReuseSafeDocument(
                candidacy: draft.id, question: "lettres", document: document.id, shelf: world.calls.shelf)
            #expect(try await world.calls.refusal(letters, as: bob) is Missing)
            let eve = try await world.calls.person("eve")
            #expect(try await world.calls.refusal(letters, as: eve) is Missing)

            // Past its date it serves no more, and it is said.
            try await world.desk.perform(
                EditSafeDocument(
                    document: document.id, kind: .statutes, datedOn: day,
                    validUntil: CivilDate(year: 2026, month: 9, day: 21)
                ), as: scene.manager)
            #expect(
                Self.problem(try await world.calls.refusal(letters, as: scene.manager), "lettres").contains(
                    "n’est plus valable"))

            // Out of the safe, it stays in the candidacy, and the other way round.
            try await world.desk.perform(RemoveSafeDocument(document: document.id), as: scene.manager)
            let ahead = Instant(seconds: Int64(Date().timeIntervalSince1970)) + .days(40)
            if world.clock.now < ahead { world.goTo(ahead) } else { world.clock.advance(by: .days(40)) }
            #expect(try await VaultUpkeep.sweep(world.desk, world.vault) == 0)
            #expect(try await world.vault.isWhole(kept.digest))
            let whole = try await VaultUpkeep.look(world.database, world.vault, at: world.clock.now)
            #expect(whole.faults.isEmpty && whole.count == 1)
        }
    }

    @Test func datesSayWhatServesAndWhatDoesNot() throws {
        let day = try #require(CivilDate(year: 2026, month: 9, day: 22))
        func document(_ end: CivilDate?) -> SafeDocument {
            SafeDocument(
                id: SafeDocument.ID(1), place: Place.ID(1), kind: .insurance, name: "a.pdf", family: .pdf, size: 1,
                digest: FileDigest(of: [1]), datedOn: nil, validUntil: end, addedAt: Instant(seconds: 0), addedBy: nil)
        }
        #expect(!document(nil).isExpired(on: day) && !document(nil).expiresSoon(on: day))
        #expect(!document(day).isExpired(on: day) && document(day).expiresSoon(on: day))
        #expect(document(CivilDate(year: 2026, month: 9, day: 21)).isExpired(on: day))
        #expect(!document(CivilDate(year: 2027, month: 9, day: 21)).expiresSoon(on: day))
    }

    // BAK-8
    @Test(arguments: TestEngine.available)
    func aDocumentTakenOutIsTakenOutAgainInAnOlderNetwork(_ engine: TestEngine) async throws {
        var listed: [Erasure] = []
        try await Self.on(engine) { scene in
            let world = scene.world
            let document = try await world.desk.perform(
                scene.add(try await world.pdf("Statuts")), as: scene.manager)
            _ = try await world.desk.perform(scene.add(try await world.pdf("RIB"), .other), as: scene.manager)
            try await world.desk.perform(RemoveSafeDocument(document: document.id), as: scene.manager)
            listed = try await world.database.read { try CallErasure.document.known(Instant(seconds: 0), $0) }
            #expect(listed.map(\.subject) == [document.id.number] && listed.map(\.kind) == ["coffre"])
        }
        try await Self.on(engine) { scene in
            let world = scene.world
            let document = try await world.desk.perform(
                scene.add(try await world.pdf("Statuts")), as: scene.manager)
            let other = try await world.desk.perform(
                scene.add(try await world.pdf("RIB"), .other), as: scene.manager)
            #expect(document.id.number == listed.first?.subject, "the world repeats")
            let outcome = try await ErasureUpkeep.again(listed, world.desk, CallErasure.kinds)
            #expect(outcome == ErasureUpkeep.Outcome(again: 1, standing: 0))
            #expect(try await scene.documents(as: scene.manager) == [other])
            let twice = try await ErasureUpkeep.again(listed, world.desk, CallErasure.kinds)
            #expect(twice == ErasureUpkeep.Outcome(again: 0, standing: 1))
        }
    }
}
