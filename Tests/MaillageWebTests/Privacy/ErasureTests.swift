import Exchange
import Foundation
import Storage
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// PRIV-5: what an account that closes leaves behind, looked for in every column of words of every table.
@Suite struct ErasureTests {
    private static let start = Instant(seconds: 1_790_000_000)
    private static let head = LetterHead(
        networkName: "Réseau d’essai", baseURL: "https://reseau.test", contactEmail: "aide@reseau.test")
    private static let form = """
        {"format":"maillage-form","formatVersion":1,"key":"dossier","title":"Dossier","sections":[
        {"key":"projet","title":"Le projet","questions":[{"key":"resume","label":"Le projet","kind":"longText"}]}]}
        """

    private struct World {
        let database: Database
        let desk: Desk
        let clock: FixedClock
        let call: Call
        let office: DepositOffice
        let shelf: CandidacyFormShelf

        func person(_ name: String, _ address: String) async throws -> Principal {
            let id = try await desk.perform(
                AddAccount(email: EmailAddress(address), name: PersonName(name)), as: .house)
            return Principal(account: id, name: name, grants: [])
        }

        func draft(by principal: Principal, _ title: String) async throws -> Candidacy {
            let begun = try await desk.perform(StartCandidacy(call: call.id, shelf: shelf), as: principal)
            let described = try await desk.perform(
                DescribeCandidacy(
                    candidacy: begun.id, version: begun.version, title: title, structure: "Association \(title)",
                    siret: ""), as: principal)
            return try await desk.perform(
                SaveCandidacy(
                    candidacy: begun.id, version: described.version, section: "projet",
                    fields: [.init("resume", "Ce que veut \(title).")], shelf: shelf), as: principal
            ).candidacy
        }
    }

    private func world(_ engine: TestEngine, _ body: (World) async throws -> Void) async throws {
        try await withFreshDatabase(engine, Schema.migrations) { database in
            let (surroundings, clock) = Surroundings.fixed(at: Self.start)
            let desk = Desk(database: database, surroundings: surroundings)
            var call = try await desk.perform(CreateCall(title: "Tiers-lieux", nature: .interest), as: .house)
            var calendar = CallCalendar()
            calendar.waves = [
                CallWave(
                    id: surroundings.identifier(), opensAt: nil, closesAt: Self.start + .days(30), words: "bientôt")
            ]
            let identity = CallIdentity(
                title: "Tiers-lieux", nature: .interest, organiser: "L’agglomération", service: "Service",
                serviceAddress: "1 place Essai, 62300 Lens", email: "ami@agglo.example", summary: "Un essai.")
            for section: CallSection in [
                .identity(identity), .calendar(calendar),
                .criteria([CallCriterion("", "Ancrage", weight: 40), CallCriterion("", "Viabilité", weight: 60)]),
            ] {
                call = try await desk.perform(
                    EditCall(call: call.id, version: call.version, section: section), as: .house)
            }
            _ = try await desk.perform(SetCallForm(call: call.id, title: "Dossier", definition: Self.form), as: .house)
            call = try await desk.perform(
                PublishCall(call: call.id, version: call.version, head: Self.head), as: .house)
            let folder = FileManager.default.temporaryDirectory.path + "/maillage-erasure-" + UUID().uuidString
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let keys = try ReceiptKeys.load(
                dataDirectory: folder, now: Self.start, secret: { count in (0..<count).map { UInt8($0) } })
            let shelf = CandidacyFormShelf()
            try await body(
                World(
                    database: database, desk: desk, clock: clock, call: call,
                    office: DepositOffice(head: Self.head, keys: keys, shelf: shelf), shelf: shelf))
        }
    }

    @Test(arguments: TestEngine.available)
    func `what named a person is nowhere, but where the register says it is kept`(engine: TestEngine) async throws {
        try await world(engine) { world in
            let desk = world.desk
            let canary = try await world.person("Zoé Canarinom", "canarimail@exemple.fr")
            let friend = try await world.person("Ami", "ami@exemple.fr")
            let account = try #require(canary.account)
            let session = try await desk.perform(OpenSession(account: account, device: "Canariappareil"), as: .house)
            try await desk.perform(
                RequestEmailChange(
                    to: EmailAddress("canarimail2@exemple.fr"), session: session.session, head: Self.head), as: canary)
            _ = try await desk.perform(
                RequestSignIn(email: EmailAddress("canarimail@exemple.fr"), browser: nil, origin: nil, head: Self.head),
                as: .visitor)
            // A draft of her own, with somebody invited to read it: the mail to him names her.
            let draft = try await world.draft(by: canary, "Canaribrouillon")
            _ = try await desk.perform(
                InviteToCandidacy(
                    candidacy: draft.id, email: "ami@exemple.fr", role: .reader, head: Self.head, shelf: world.shelf),
                as: canary)
            let digest = try #require(FileDigest(text: String(repeating: "ab", count: 32)))
            let file = CandidacyFile(
                id: desk.surroundings.identifier(), candidacy: draft.id, partner: nil, question: "resume",
                name: "Canarifichier.pdf", family: .pdf, size: 12, digest: digest, addedAt: world.clock.now,
                addedBy: account, removedAt: nil)
            try await world.database.write { try CandidacyFileStore.insert(file, $0) }
            // One that was deposited, one of a friend who has her as a reader.
            let deposited = try await world.draft(by: canary, "Canaridepot")
            _ = try await desk.perform(
                DepositCandidacy(
                    candidacy: deposited.id, version: deposited.version,
                    key: try #require(DepositKey(text: "cle-de-depot-numero-1")), arrival: world.clock.now,
                    office: world.office), as: canary)
            let other = try await world.draft(by: friend, "Autre")
            _ = try await desk.perform(
                InviteToCandidacy(
                    candidacy: other.id, email: "canarimail@exemple.fr", role: .reader, head: Self.head,
                    shelf: world.shelf), as: friend)
            _ = try await desk.perform(
                AskCallQuestion(call: world.call.id, question: "Canariquestion, est-ce possible ?"), as: canary)

            let names = ["Canarinom", "canarimail"]
            let before = try await world.database.read { try KeptTables.holding(names + ["Canaribrouillon"], $0) }
            #expect(Set(before.keys).isSuperset(of: ["account", "letter", "candidacy", "candidacy_member"]))

            try await desk.perform(
                CloseAccount(
                    session: session.session, isConfirmed: true, leavesPlacesAlone: true, head: Self.head,
                    traces: .network), as: canary)

            // What stays is what the register says, with a reason.
            let kept = Set(
                DataRegister.declarations.filter { declaration in
                    if case .kept(let reason) = declaration.closing { return !reason.isEmpty }
                    return false
                }.map(\.table))
            let after = try await world.database.read { try KeptTables.holding(names, $0) }
            // The last letter tells her that it is done; a receipt says who deposited.
            #expect(after["letter"] == ["recipient"])
            #expect(Set(after.keys).subtracting(kept) == ["letter"])
            let last = try await world.database.read { try Outbox.letters(to: "canarimail@exemple.fr", $0) }
            #expect(last.map(\.subject) == ["Votre compte est fermé"])
            let words = ["Canaribrouillon", "Canarifichier", "Canariappareil"]
            let left = try await world.database.read { try KeptTables.holding(words, $0) }
            // The mail to him says the title of her draft, until sent mail is erased (ACC-24).
            #expect(left == ["letter": ["text"]])
            let now = world.clock.now
            #expect(try await world.database.read { try VaultUpkeep.named([digest], at: now, $0) }.isEmpty)

            let stays = try await world.database.read { try KeptTables.holding(["Canaridepot", "Canariquestion"], $0) }
            #expect(Set(stays.keys).subtracting(kept).isEmpty)
            #expect(stays["candidacy_deposit"]?.contains("snapshot") == true)
            #expect(try await world.database.read { try Journal.verify($0) } > 10)
            #expect(try await world.database.read { try SaveSeals.check($0) }.fault == nil)
            // Her friend's draft is his.
            let his = try await world.database.read { try KeptTables.holding(["Autre"], $0) }
            #expect(his.keys.contains("candidacy"))
        }
    }

    @Test(arguments: TestEngine.available)
    func `a draft that others write stays theirs`(engine: TestEngine) async throws {
        try await world(engine) { world in
            let desk = world.desk
            let lea = try await world.person("Léa", "lea@exemple.fr")
            let paul = try await world.person("Paul", "paul@exemple.fr")
            let session = try await desk.perform(
                OpenSession(account: try #require(lea.account), device: ""), as: .house)
            let draft = try await world.draft(by: lea, "Commune")
            _ = try await desk.perform(
                InviteToCandidacy(
                    candidacy: draft.id, email: "paul@exemple.fr", role: .writer, head: Self.head, shelf: world.shelf),
                as: lea)
            let now = world.clock.now
            let letter = try await world.database.read {
                try Outbox.due(at: now, limit: 100, $0).map(\.letter).last { $0.recipient == "paul@exemple.fr" }
            }
            let link = try #require(
                letter?.text.split(whereSeparator: \.isWhitespace).last { $0.contains("/candidatures/invitations/") })
            let secret = try #require(link.split(separator: "/").last.flatMap { Secret(text: String($0)) })
            _ = try await desk.perform(AcceptCandidacyInvitation(secret), as: paul)
            try await desk.perform(
                CloseAccount(
                    session: session.session, isConfirmed: true, leavesPlacesAlone: true, head: Self.head,
                    traces: .network), as: lea)
            #expect(try await world.database.read { try CandidacyStore.own(paul, draft.id, $0) } != nil)
        }
    }
}
