import Exchange
import Forms
import Storage
import Testing
import Workbench

@testable import Maillage

/// The documents that a partner attaches to its own part.
@Suite("Documents of a partner’s part") struct PartFileTests {
    static let form: Form = {
        var form = PartTests.form
        form.sections[1].questions.append(
            Question("bilan", "Bilan", .attachment(AttachmentRules([.pdf], maxCount: 2)), .required))
        return form
    }()

    private static func attaching(
        _ world: CandidacyWorld, _ id: Candidacy.ID, _ partner: CandidacyPartner.ID?, _ file: ReceivedFile,
        replacing: CandidacyFile.ID? = nil
    ) -> AttachFiles {
        AttachFiles(
            candidacy: id, part: partner, question: "bilan", files: [file], replacing: replacing, shelf: world.shelf)
    }

    private static func files(_ world: CandidacyWorld, _ id: Candidacy.ID) async throws -> [CandidacyFile] {
        try await world.database.read { try CandidacyFileStore.files(of: id, $0) }
    }

    // CAND-38, ATT-1, ATT-6, ATT-8
    @Test("are attached by its people, frozen by the deposit, and on the receipt", arguments: TestEngine.available)
    func deposited(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine, isConsortium: true, form: Self.form) { world in
            let (ada, bob, cleo, eve) = (
                try await world.person("ada"), try await world.person("bob"), try await world.person("cleo"),
                try await world.person("eve")
            )
            let draft = try await world.complete(by: ada)
            let halle = try await PartTests.join(world, draft.id, "La Halle", bob, by: ada)
            let friche = try await PartTests.join(world, draft.id, "La Friche", cleo, by: ada)
            let act = Self.attaching(world, draft.id, halle, AttachmentWorld.invented(1))
            #expect(try await world.refusal(act, as: eve) is Missing)
            #expect(try await world.refusal(act, as: .visitor) is Missing)
            #expect(try await world.refusal(act, as: ada) is Denied, "the lead reads it only")
            #expect(try await world.refusal(act, as: cleo) is Denied, "another partner")
            let misplaced = Self.attaching(world, draft.id, nil, AttachmentWorld.invented(1))
            #expect(try await world.refusal(misplaced, as: ada) is Missing, "the lead is not asked for it")
            let nowhere = Self.attaching(world, draft.id, CandidacyPartner.ID(7), AttachmentWorld.invented(1))
            #expect(try await world.refusal(nowhere, as: bob) is Missing)
            let wrong = Self.attaching(world, draft.id, halle, AttachmentWorld.invented(1, family: .png))
            #expect((try await world.refusal(wrong, as: bob) as? Problems)?.list.first?.field == "bilan")

            // The same bytes in two parts are two documents; each counts for its own part.
            let version = try await world.read(draft.id).version
            let first = try await world.desk.perform(act, as: bob)
            #expect(first.added.first?.partner == halle && first.candidacy.version == version + 1)
            #expect(try await world.desk.perform(act, as: bob).known == ["document-1.pdf"])
            let other = try await world.desk.perform(
                Self.attaching(world, draft.id, friche, AttachmentWorld.invented(1)), as: cleo)
            let theirs = try #require(other.added.first?.id)
            let mine = try #require(first.added.first?.id)
            let replacing = Self.attaching(world, draft.id, halle, AttachmentWorld.invented(2), replacing: theirs)
            #expect(try await world.refusal(replacing, as: bob) is Missing, "not a document of this part")
            let rename = RenameAttachment(candidacy: draft.id, file: mine, name: "Bilan 2025", shelf: world.shelf)
            for person in [ada, cleo] { #expect(try await world.refusal(rename, as: person) is Denied) }
            #expect(try await world.refusal(rename, as: eve) is Missing)
            _ = try await world.desk.perform(rename, as: bob)
            let remove = RemoveAttachment(candidacy: draft.id, file: theirs, shelf: world.shelf)
            #expect(try await world.refusal(remove, as: bob) is Denied)
            _ = try await world.desk.perform(remove, as: cleo)
            #expect(try await Self.files(world, draft.id).map(\.id) == [mine])
            let lacks = try await PartTests.review(world, draft.id).shortfalls
            #expect(lacks.contains { $0.place == .part(friche, section: "chiffres", key: "bilan") })
            #expect(!lacks.contains { $0.place == .part(halle, section: "chiffres", key: "bilan") })

            _ = try await world.desk.perform(
                Self.attaching(world, draft.id, friche, AttachmentWorld.invented(3)), as: cleo)
            for (partner, person) in [(halle, bob), (friche, cleo)] {
                let shown = try await PartTests.partner(world, partner).version
                _ = try await world.desk.perform(
                    PartTests.save(world, draft.id, partner, shown, PartTests.figures("10", visits: "1")), as: person)
                try await world.desk.perform(
                    CommitPartner(candidacy: draft.id, agrees: true, head: world.head, shelf: world.shelf), as: person)
            }
            let outcome = try await world.deposit(try await world.read(draft.id), 1, by: ada)
            let names = outcome.receipt.receipt.files.map(\.name)
            #expect(names == ["Bilan 2025.pdf", "document-3.pdf"], "\(names)")
            #expect(
                outcome.receipt.receipt.files.map(\.fingerprint.text)
                    == [1, 3].map { AttachmentWorld.invented($0).digest.text })
            let deposit = outcome.deposit.id
            let frozen = try await world.database.read { try CandidacyFileStore.file(mine, frozenBy: deposit, $0) }
            #expect(frozen?.partner == halle)
            // A document that changes ends what was committed (CAND-31).
            let again = Self.attaching(world, draft.id, halle, AttachmentWorld.invented(4))
            _ = try await world.desk.perform(again, as: bob)
            #expect(try await PartTests.partner(world, halle).state == .answering)
            #expect(try await world.read(draft.id).hasNewerDraft)
            // The lead alone puts an end to a part; whoever left attaches nothing to it.
            let member = try #require(
                try await world.database.read { try CandidacyMemberStore.own(bob, of: draft.id, $0) })
            try await world.desk.perform(
                LeaveCandidacy(candidacy: draft.id, member: member.id, head: world.head), as: bob)
            #expect(try await world.refusal(again, as: bob) is Missing)
        }
    }

    // CAND-38, ATT-11
    @Test("arrive in pieces too", arguments: TestEngine.available)
    func inPieces(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine, isConsortium: true, form: Self.form) { world in
            let (ada, bob) = (try await world.person("ada"), try await world.person("bob"))
            let draft = try await world.complete(by: ada)
            let halle = try await PartTests.join(world, draft.id, "La Halle", bob, by: ada)
            let begin = BeginUpload(
                candidacy: draft.id, partner: halle, question: "bilan", name: "bilan.pdf", size: 1_000,
                part: "une-part", shelf: world.shelf)
            #expect(try await world.refusal(begin, as: ada) is Denied)
            let upload = try await world.desk.perform(begin, as: bob)
            #expect(upload.partner == halle)
            let finish = FinishUpload(
                candidacy: draft.id, upload: upload.id, file: AttachmentWorld.invented(1), shelf: world.shelf)
            #expect(try await world.refusal(finish, as: ada) is Missing, "who began it alone goes on")
            let outcome = try await world.desk.perform(finish, as: bob)
            #expect(outcome.added.first?.partner == halle)
            let part = try await PartTests.partner(world, halle)
            guard case .files(let files) = part.answers["bilan"] else { throw Missing() }
            #expect(files.map(\.id) == outcome.added.map(\.id.text))
        }
    }
}
