import Exchange
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

extension SecurityJourneys {
    /// S-01 for Instruction: each page asked for by each person, with words that nothing else of the network holds.
    @Suite(.serialized) struct InstructionMatrixTests {
        private typealias Person = TrialNetwork.Person

        /// What only those who keep the call may read, what its candidate may too, and what an adviser is asked.
        private static let (note, message, question) = ("Uvarovite", "Andalousite", "Howlite")

        private struct Trial {
            let network: TrialNetwork
            let opinion: Opinion.ID
            let request: PiecesRequest.ID

            var id: Candidacy.ID { network.calls.deposited }
            var pages: [String] {
                ["", "/complements", "/messages", "/avis", "/alentours"].map {
                    "/candidatures/\(id.text)/instruction" + $0
                }
            }
        }

        /// The limit has passed, the dossier has a note, a message, a request and an opinion asked of the plain account.
        private static func play(_ engine: TestEngine, _ body: (Trial) async throws -> Void) async throws {
            let start = CandidacyJourneys.start
            try await LiveSite.open(
                engine, start: start, receiptKeys: TrialCalls.keys(at: start), printer: OwnAffairJourneys.Echo()
            ) { (site: LiveSite) async throws -> Void in
                let network = try await TrialNetwork(site)
                site.clock?.advance(by: .hours(3))
                let (shelf, head) = (site.reception.forms, LetterHead(site.reception.settings))
                _ = try await site.desk.perform(OpenInstructions(shelf: shelf), as: .house)
                let id = network.calls.deposited
                let funder = Principal(
                    account: network.account(.funder), name: "funder", grants: [Grant(.funder, on: .network)])
                func version() async throws -> Int {
                    try await site.desk.database.read { try InstructionStore.any(id, $0) }?.version ?? 0
                }
                _ = try await site.desk.perform(
                    AddInstructionNote(candidacy: id, kind: .alert, text: "Note \(note)."), as: funder)
                _ = try await site.desk.perform(
                    SendInstructionMessage(candidacy: id, side: .instruction, text: "Message \(message).", head: head),
                    as: funder)
                let today = CivilZone.paris.local(site.desk.surroundings.now().microseconds).date
                let day = CivilDate(daysSince1970: today.daysSince1970 + 5)
                let opinion = try await site.desk.perform(
                    AskOpinion(
                        candidacy: id, kind: .expert, email: "account@exemple.fr", question: "Question \(question) ?",
                        day: day, head: head), as: funder)
                let request = try await site.desk.perform(
                    AskForPieces(
                        candidacy: id, version: try await version(), items: [.init("resume", reason: "Précisez.")],
                        day: day, head: head, shelf: shelf), as: funder)
                try await body(Trial(network: network, opinion: opinion.id, request: request.id))
            }
        }

        // INST-3, INST-17, INST-18
        @Test(arguments: Battery.engines)
        func eachPageIsItsOwnPeoples(engine: TestEngine) async throws {
            try await Self.play(engine) { trial in
                for person in Person.allCases where person != .operator {
                    let keeps = person == .funder || person == .coordinator
                    for path in trial.pages {
                        let reply = try await trial.network.get(path, as: person)
                        let wanted = person == .visitor ? 303 : keeps ? 200 : 404
                        #expect(reply.status == wanted, "\(path) as \(person): \(reply.status)")
                    }
                    let list = try await trial.network.get(
                        "/appels/\(trial.network.calls.published.slug)/instruction", as: person)
                    #expect(list.status == (person == .visitor ? 303 : keeps ? 200 : 403), "\(person)")
                    for path in [
                        "/candidatures/\(trial.id.text)/suivi",
                        "/candidatures/\(trial.id.text)/complements/\(trial.request.text)",
                    ] {
                        let reply = try await trial.network.get(path, as: person)
                        let wanted = person == .visitor ? 303 : person == .manager ? 200 : 404
                        #expect(reply.status == wanted, "\(path) as \(person): \(reply.status)")
                    }
                    let opinion = try await trial.network.get("/avis/\(trial.opinion.text)", as: person)
                    #expect(opinion.status == (person == .visitor ? 303 : person == .account ? 200 : 404), "\(person)")
                    let board = try await trial.network.get("/instruction?onglet=tous", as: person)
                    #expect(board.status == (person == .visitor ? 303 : 200))
                    #expect(board.text.contains(TrialCalls.Word.deposited.rawValue) == keeps, "\(person)")
                }
            }
        }

        // INST-3, INST-16, INST-17: no page of the site lets a private word out.
        @Test(arguments: Battery.engines)
        func noPageLetsAWordOut(engine: TestEngine) async throws {
            try await Self.play(engine) { trial in
                let before = try await SecurityJourneys.digest(trial.network.site, besides: ["session"])
                var seen = 0
                for person in Person.allCases where person != .operator {
                    let keeps = person == .funder || person == .coordinator
                    var unknown: Set<String> = keeps ? [] : [Self.note, Self.question, Self.message]
                    if person == .account { unknown.remove(Self.question) }
                    if person == .manager { unknown.remove(Self.message) }
                    let routes = SiteMap.all.filter { $0.method == .get }.map {
                        trial.network.path(of: $0, place: trial.network.slug(.open), candidacy: trial.id.text)
                    }
                    for path in routes + ["/avis/\(trial.opinion.text)", "/instruction?onglet=tous&q=Uvarovite"] {
                        let text = try await trial.network.get(path, as: person).text
                            .replacing("q=Uvarovite", with: "").replacing("value=\"Uvarovite\"", with: "")
                        for word in unknown { #expect(!text.contains(word), "\(path) as \(person) names \(word)") }
                        seen += 1
                    }
                }
                #expect(seen > 500)
                #expect(try await SecurityJourneys.digest(trial.network.site, besides: ["session"]) == before)
            }
        }

        // INST-3: every write, asked for by who may not, changes nothing and tells nothing.
        @Test(arguments: Battery.engines)
        func onlyTheTeamWrites(engine: TestEngine) async throws {
            try await Self.play(engine) { trial in
                let before = try await SecurityJourneys.digest(trial.network.site, besides: ["session"])
                let writes = SiteMap.all.filter {
                    $0.method == .post && $0.body == .form && $0.pattern.hasPrefix("/candidatures/{id}/instruction")
                }
                #expect(writes.count >= 10)
                for route in writes {
                    for person in Person.allCases where ![.funder, .coordinator, .operator].contains(person) {
                        for candidacy in [trial.id.text, "8ZZZZZZZZZZZZ"] {
                            let path = trial.network.path(of: route, place: "", candidacy: candidacy)
                            let reply = try await trial.network.post(
                                path,
                                [
                                    ("instructeur", "personne"), ("issue", "recevable"), ("annotation", "x"),
                                    ("genre", "note"), ("message", "x"), ("raison", "x"),
                                ], as: person)
                            #expect(
                                person == .visitor ? [303, 403].contains(reply.status) : reply.status == 404,
                                "\(path) as \(person): \(reply.status)")
                        }
                    }
                }
                #expect(try await SecurityJourneys.digest(trial.network.site, besides: ["session"]) == before)
            }
        }
    }
}
