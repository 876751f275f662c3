import Exchange
import Forms
import Storage
import Testing
import Workbench

@testable import Maillage

@Suite("Asking a candidate for more") struct PiecesRequestTests {
    private static func received(_ number: Int, _ family: FileFamily = .pdf) throws -> ReceivedFile {
        let digit = String(number, radix: 16)
        let digest = try #require(FileDigest(text: String(repeating: digit, count: 64)))
        return ReceivedFile(name: "statuts-\(number).pdf", family: family, size: 1_000, digest: digest)
    }

    // INST-13, INST-14, INST-15
    @Test(
        "only the questions asked reopen, both versions stay, the deposit never changes",
        arguments: TestEngine.available)
    func wholeWay(_ engine: TestEngine) async throws {
        try await InstructionWorld.on(engine) { world in
            let (id, ada) = (world.dossiers[0], world.holders[0])
            _ = try await world.desk.perform(
                AssignDossier(candidacy: id, instructor: world.ines.account), as: world.ines)
            let before = try await world.database.read { try CandidacyDepositStore.deposits(of: id, $0) }
            let request = try await world.ask(id, ["resume", "statuts"])
            #expect(try await world.read(id).state == .incomplete)
            #expect(try await world.read(id).holder == .candidate)
            let letter = try #require(try await world.letters(to: "porteuse1").last)
            #expect(
                letter.text.contains("Précisez resume.")
                    && letter.text.contains(DossierDeadline.words(request.closesAt)))

            let saved = try await world.desk.perform(
                SavePieces(
                    request: request.id, version: 1,
                    fields: [.init("resume", "Un atelier précisé."), .init("titre", "Autre titre")],
                    shelf: world.shelf), as: ada)
            #expect(saved.answers["titre"] == nil, "a question that was not asked is not read")
            let attached = try await world.desk.perform(
                AttachPieces(
                    request: request.id, question: "statuts", files: [try Self.received(1)], shelf: world.shelf),
                as: ada)
            let stale = SendPieces(request: request.id, version: saved.version, head: world.head, shelf: world.shelf)
            #expect(try await world.refusal(stale, as: ada) is Conflict)
            let sent = try await world.desk.perform(
                SendPieces(request: request.id, version: attached.version, head: world.head, shelf: world.shelf),
                as: ada)
            #expect(sent.state == .answered && !sent.isLate)
            #expect(try await world.read(id).state == .underReview)
            #expect(
                try await world.letters(to: "ines").last?.subject
                    == "Compléments reçus : La Fosse".replacing(" :", with: "\u{202F}:"))

            let dossier = try await world.dossier(id, as: world.yann)
            let kept = try #require(dossier.requests.first)
            #expect(kept.former["resume"] == .text("Un atelier ouvert."))
            #expect(kept.answers["resume"] == .text("Un atelier précisé."))
            #expect(dossier.standing?.answers["resume"] == .text("Un atelier précisé."))
            #expect(dossier.standing?.answers["titre"] == .text("La Fosse"))
            #expect(dossier.opened.dossier?.state.answers["resume"] == .text("Un atelier ouvert."))
            #expect(try await world.database.read { try CandidacyDepositStore.deposits(of: id, $0) } == before)
            // What came with the answer is downloaded by those who instruct.
            guard case .files(let files) = kept.answers["statuts"], let file = CandidacyFile.ID(text: files[0].id)
            else {
                Issue.record("no file")
                return
            }
            let (now, shelf) = (world.clock.now, world.shelf)
            let found = try await world.database.read {
                try InstructionDossier.file(world.ines, id, file, at: now, shelf: shelf, $0)
            }
            #expect(found.name == "statuts-1.pdf")
            // Sent, it changes no more.
            let more = SavePieces(
                request: request.id, version: sent.version, fields: [.init("resume", "Encore.")], shelf: world.shelf)
            #expect(try await world.refusal(more, as: ada) is Problems)
        }
    }

    // INST-14
    @Test("what is missing, what is refused, and who may", arguments: TestEngine.available)
    func refusals(_ engine: TestEngine) async throws {
        try await InstructionWorld.on(engine) { world in
            let (id, ada, bob) = (world.dossiers[0], world.holders[0], world.holders[1])
            func ask(_ items: [PiecesRequest.Item], day: CivilDate?) -> AskForPieces {
                AskForPieces(candidacy: id, version: 1, items: items, day: day, head: world.head, shelf: world.shelf)
            }
            let (soon, past) = (world.day(in: 5), world.day(in: -1))
            #expect(try await world.refusal(ask([], day: soon), as: world.ines) is Problems)
            #expect(try await world.refusal(ask([.init("resume", reason: " ")], day: soon), as: world.ines) is Problems)
            #expect(try await world.refusal(ask([.init("resume", reason: "x")], day: past), as: world.ines) is Problems)
            #expect(try await world.refusal(ask([.init("resume", reason: "x")], day: nil), as: world.ines) is Problems)
            #expect(
                try await world.refusal(ask([.init("inconnue", reason: "x")], day: soon), as: world.ines) is Missing)

            let request = try await world.ask(id, ["resume", "statuts"])
            let twice = AskForPieces(
                candidacy: id, version: try await world.read(id).version, items: [.init("titre", reason: "x")],
                day: soon,
                head: world.head, shelf: world.shelf)
            #expect(try await world.refusal(twice, as: world.ines) is Problems, "one request at a time")
            #expect(
                try await world.refusal(try await world.decide(id, false), as: world.ines) is Problems,
                "nothing is decided while the candidate may answer")

            for stranger in [bob, world.ines, Principal.visitor] {
                for error in [
                    try await world.refusal(
                        SavePieces(request: request.id, version: 1, fields: [], shelf: world.shelf), as: stranger),
                    try await world.refusal(
                        SendPieces(request: request.id, version: 1, head: world.head, shelf: world.shelf), as: stranger),
                    try await world.refusal(
                        AttachPieces(
                            request: request.id, question: "statuts", files: [try Self.received(2)], shelf: world.shelf),
                        as: stranger),
                ] { #expect(error is Missing) }
            }
            #expect(
                try await world.refusal(CancelPiecesRequest(request: request.id, head: world.head), as: ada) is Missing)

            let emptied = try await world.desk.perform(
                SavePieces(request: request.id, version: 1, fields: [.init("resume", "")], shelf: world.shelf), as: ada)
            let bare = SendPieces(request: request.id, version: emptied.version, head: world.head, shelf: world.shelf)
            #expect((try await world.refusal(bare, as: ada) as? Problems)?.list.first?.field == "resume")
            let picture = AttachPieces(
                request: request.id, question: "statuts", files: [try Self.received(3, .png)], shelf: world.shelf)
            #expect(try await world.refusal(picture, as: ada) is Problems)
            let crowd = AttachPieces(
                request: request.id, question: "statuts", files: try (4...6).map { try Self.received($0) },
                shelf: world.shelf)
            #expect(try await world.refusal(crowd, as: ada) is Problems)
            let other = AttachPieces(
                request: request.id, question: "resume", files: [try Self.received(4)], shelf: world.shelf)
            #expect(try await world.refusal(other, as: ada) is Missing)
        }
    }

    // INST-15
    @Test(
        "the limit is one exclusive instant; after it an answer is refused, or kept as late",
        arguments: TestEngine.available)
    func limits(_ engine: TestEngine) async throws {
        try await InstructionWorld.on(engine) { world in
            let strict = try await world.ask(world.dossiers[0])
            let lenient = try await world.ask(world.dossiers[1], takesLate: true)
            #expect(strict.closesAt == lenient.closesAt)
            _ = try await world.desk.perform(
                AssignDossier(candidacy: world.dossiers[0], instructor: world.yann.account), as: world.ines)
            let tend = TendInstructionDeadlines(head: world.head)
            world.world.goTo(strict.closesAt - .days(2))
            #expect(try await world.desk.perform(tend, as: .house) == 2, "both are reminded of")
            #expect(try await world.desk.perform(tend, as: .house) == 0, "once")
            #expect(
                try await world.letters(to: "porteuse1").last?.subject.hasPrefix("Votre réponse est attendue") == true)
            world.world.goTo(strict.closesAt)
            let send = { (request: PiecesRequest, version: Int) in
                SendPieces(request: request.id, version: version, head: world.head, shelf: world.shelf)
            }
            let version = try await world.database.read { try PiecesRequestStore.request(strict.id, $0) }?.version ?? 0
            #expect(try await world.refusal(send(strict, version), as: world.holders[0]) is Problems)
            #expect(try await world.desk.perform(tend, as: .house) == 2)
            #expect(try await world.read(world.dossiers[0]).state == .underReview)
            #expect(try await world.letters(to: "yann").last?.subject.hasPrefix("Sans réponse à temps") == true)
            let expired = try #require(try await world.database.read { try PiecesRequestStore.request(lenient.id, $0) })
            #expect(expired.state == .expired)
            let late = try await world.desk.perform(send(lenient, expired.version), as: world.holders[1])
            #expect(late.state == .answered && late.isLate)
            #expect(try await world.read(world.dossiers[1]).state == .underReview)
            #expect(try await world.refusal(tend, as: world.ines) is Missing)
        }
    }

    // INST-13
    @Test("a request taken back closes, and its candidate is told", arguments: TestEngine.available)
    func cancelling(_ engine: TestEngine) async throws {
        try await InstructionWorld.on(engine) { world in
            let request = try await world.ask(world.dossiers[2])
            try await world.desk.perform(CancelPiecesRequest(request: request.id, head: world.head), as: world.yann)
            #expect(try await world.read(world.dossiers[2]).state == .underReview)
            #expect(try await world.letters(to: "porteuse3").last?.subject.hasPrefix("Il n’y a plus rien") == true)
            let again = CancelPiecesRequest(request: request.id, head: world.head)
            #expect(try await world.refusal(again, as: world.yann) is Problems)
            let save = SavePieces(request: request.id, version: 2, fields: [.init("resume", "x")], shelf: world.shelf)
            #expect(try await world.refusal(save, as: world.holders[2]) is Problems)
            // Withdrawn with a request open: it closes with the rest.
            let open = try await world.ask(world.dossiers[2])
            _ = try await world.desk.perform(
                WithdrawCandidacy(candidacy: world.dossiers[2], reason: "", head: world.head), as: world.holders[2])
            _ = try await world.desk.perform(OpenInstructions(shelf: world.shelf), as: .house)
            #expect(try await world.database.read { try PiecesRequestStore.request(open.id, $0) }?.state == .cancelled)
        }
    }

    // INST-8
    @Test("a day given is a limit told in the same words as those of calls")
    func words() throws {
        let day = try #require(CivilDate(iso: "2020-10-16"))
        let limit = DossierDeadline.end(of: day)
        #expect(limit.iso.hasPrefix("2020-10-16T22:00:00"))
        #expect(
            DossierDeadline.words(limit).contains(
                "vendredi 16 octobre 2020 à 23\u{A0}h\u{A0}59\u{A0}min\u{A0}59\u{A0}s (heure de Paris)"))
        #expect(DossierDeadline.lastDay(limit) == day)
        let clocks = try #require(CivilDate(iso: "2020-10-25"))
        #expect(DossierDeadline.end(of: clocks).iso.hasPrefix("2020-10-25T23:00:00"))
    }
}
