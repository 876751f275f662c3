import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

extension SecurityJourneys {
    /// S-01 for calls and candidacies, state by state, and S-04 of the same: what one may not know answers as what is not.
    @Suite(.serialized) struct CandidacyMatrixTests {
        private typealias Person = TrialNetwork.Person
        private typealias Word = TrialCalls.Word
        private static let start = CandidacyJourneys.start
        /// An identifier that names nothing.
        private static let absent = "8ZZZZZZZZZZZZ"

        private static func play(
            _ engine: TestEngine, _ body: (TrialNetwork) async throws -> Void
        ) async throws {
            try await LiveSite.open(
                engine, start: start, receiptKeys: TrialCalls.keys(at: start), printer: OwnAffairJourneys.Echo()
            ) { (site: LiveSite) async throws -> Void in try await body(try await TrialNetwork(site)) }
        }

        private static let candidacyPages = SiteMap.all.filter { $0.pattern.hasPrefix("/candidatures/{id}") }
        private static let callPages = SiteMap.all.filter { $0.pattern.hasPrefix("/appels/{slug}") }

        /// What a deposited candidacy answers to its lead, by page; the same to nobody else of the network.
        private static let ledAndDeposited: [String: Int] = [
            "/candidatures/{id}/recepisse": 200, "/candidatures/{id}/recepisse.pdf": 200,
            "/candidatures/{id}/recepisse.json": 200, "/candidatures/{id}/recepisse.zip": 200,
            "/candidatures/{id}/depose.json": 200, "/candidatures/{id}/retrait": 200,
            "/candidatures/{id}/verification": 200, "/candidatures/{id}/historique": 200,
            "/candidatures/{id}/equipe": 200, "/candidatures/{id}/dossier/{section}": 200, "/candidatures/{id}": 200,
        ]

        // CAND-1, CAND-11
        @Test(arguments: Battery.engines)
        func aDepositedCandidacyIsItsLeadsAlone(engine: TestEngine) async throws {
            try await Self.play(engine) { network in
                for route in Self.candidacyPages where route.method == .get {
                    let path = network.path(of: route, place: "", candidacy: network.calls.deposited.text)
                    for person in Person.allCases {
                        let reply = try await network.get(path, as: person)
                        let wanted =
                            person == .visitor ? 303 : person == .manager ? Self.ledAndDeposited[route.pattern] : 404
                        if let wanted { #expect(reply.status == wanted, "\(path) as \(person): \(reply.status)") }
                        #expect(reply.status < 500, "\(path) as \(person): \(reply.status)")
                        if person != .manager {
                            for word in [Word.deposited, .answer] { #expect(!reply.text.contains(word.rawValue)) }
                        }
                    }
                }
            }
        }

        // CALL-4: a call that is not published is its team's and the coordination's.
        @Test(arguments: Battery.engines)
        func aCallThatIsNotPublishedIsItsTeams(engine: TestEngine) async throws {
            try await Self.play(engine) { network in
                for route in Self.callPages where route.method == .get {
                    let path = network.path(of: route, place: "", call: network.calls.hidden.slug)
                    for person in Person.allCases {
                        let reply = try await network.get(path, as: person)
                        #expect(reply.status < 500, "\(path) as \(person): \(reply.status)")
                        guard person != .coordinator else {
                            if !path.contains("candidatures/") { #expect(reply.status != 403, "\(path)") }
                            continue
                        }
                        let wanted = person == .visitor && route.floor != .everyone ? 303 : 404
                        #expect(reply.status == wanted, "\(path) as \(person): \(reply.status)")
                        #expect(!reply.text.contains(Word.hidden.rawValue), "\(path) as \(person)")
                    }
                }
            }
        }

        // CAND-12: until the limit the team knows that something came, and not what it says.
        @Test(arguments: Battery.engines)
        func whatWasDepositedOpensToItsTeamAtTheLimit(engine: TestEngine) async throws {
            try await Self.play(engine) { network in
                let list = "/appels/\(network.calls.published.slug)/candidatures"
                let one = list + "/" + network.calls.deposited.text
                for person in Person.allCases {
                    let keeps = person == .funder || person == .coordinator
                    for path in [list, list + ".csv", one] {
                        let reply = try await network.get(path, as: person)
                        let wanted = person == .visitor ? 303 : keeps && path != one ? 200 : 403
                        #expect(reply.status == wanted, "\(path) as \(person): \(reply.status)")
                        #expect(!reply.text.contains(Word.answer.rawValue), "\(path) as \(person)")
                        #expect(!reply.text.contains(Word.draft.rawValue), "\(path) as \(person)")
                        #expect(reply.text.contains(Word.deposited.rawValue) == (keeps && path != one), "\(person)")
                    }
                }
                network.site.clock?.advance(by: .hours(3))
                // An operator's session is shorter than that.
                for person in Person.allCases where person != .operator {
                    let keeps = person == .funder || person == .coordinator
                    let reply = try await network.get(one, as: person)
                    #expect(reply.status == (person == .visitor ? 303 : keeps ? 200 : 403), "\(person)")
                    #expect(reply.text.contains(Word.answer.rawValue) == keeps, "\(person)")
                    let draft = try await network.get(list + "/" + network.calls.draft.text, as: person)
                    #expect(draft.status == (person == .visitor ? 303 : keeps ? 404 : 403), "\(person)")
                    #expect(!draft.text.contains(Word.draft.rawValue), "a draft never deposited stays its own people’s")
                }
            }
        }

        // CALL-3: what changes a call, and what is decided of its candidacies, is its team's and the coordination's.
        @Test(arguments: Battery.engines)
        func onlyItsTeamWritesToACall(engine: TestEngine) async throws {
            try await Self.play(engine) { network in
                let before = try await SecurityJourneys.digest(network.site, besides: ["session"])
                let open: Set<String> = ["/appels/{slug}/questions", "/appels/{slug}/candidater"]
                let writes = Self.callPages.filter {
                    $0.method == .post && $0.body == .form && !open.contains($0.pattern)
                }
                #expect(writes.count >= 10)
                for route in writes {
                    for person in Person.allCases where person != .funder && person != .coordinator {
                        let path = network.path(of: route, place: "")
                        let reply = try await network.post(
                            path,
                            [
                                ("motif", "Un motif."), ("courriel", "editor@exemple.fr"), ("decision", "admettre"),
                                ("reponse", "Une réponse."),
                            ], as: person)
                        // A question that nobody answered yet is not known to others.
                        let wanted =
                            person == .visitor
                            ? [303, 403] : route.pattern.hasPrefix("/appels/{slug}/questions") ? [404] : [403]
                        #expect(wanted.contains(reply.status), "\(path) as \(person): \(reply.status)")
                    }
                }
                #expect(try await SecurityJourneys.digest(network.site, besides: ["session"]) == before)
            }
        }

        /// The writer reads and writes; what binds the candidacy is the lead's.
        @Test(arguments: Battery.engines)
        func aWriterDoesNotBindTheCandidacy(engine: TestEngine) async throws {
            try await Self.play(engine) { network in
                let own = "/candidatures/" + network.calls.draft.text
                let denied: [(String, [(String, String)])] = [
                    ("", [("version", "3"), ("titre", "Pris"), ("structure", "Pris"), ("siret", "")]),
                    ("/depot", [("version", "3"), ("cle_depot", "cle")]), ("/retrait", [("motif", "pris")]),
                    ("/equipe", [("courriel", "pris@exemple.fr"), ("role", "lecture")]),
                    ("/accord", [("accord", "oui")]),
                ]
                let before = try await SecurityJourneys.digest(network.site, besides: ["session"])
                for (page, fields) in denied {
                    let reply = try await network.post(own + page, fields, as: .editor)
                    #expect(reply.status == 403, "\(page): \(reply.status)")
                }
                #expect(try await SecurityJourneys.digest(network.site, besides: ["session"]) == before)
                let written = try await network.post(
                    own + "/dossier/projet", [("version", "3"), ("titre", "À deux"), ("resume", "Un résumé.")],
                    as: .editor)
                #expect(written.status == 303)
            }
        }

        // CAND-1, CAND-2: nobody learns that somebody prepares a dossier.
        @Test(arguments: Battery.engines)
        func aDraftAnswersLikeWhatIsNot(engine: TestEngine) async throws {
            try await Self.play(engine) { network in
                let before = try await SecurityJourneys.digest(network.site, besides: ["session"])
                var pairs = Pairs(network: network)
                let (draft, deposited) = (network.calls.draft.text, network.calls.deposited.text)
                for person in Person.allCases {
                    for route in Self.candidacyPages {
                        if person != .account, person != .editor {
                            try await pairs.compare(route, draft, Self.absent, as: person)
                        }
                        if person != .manager { try await pairs.compare(route, deposited, Self.absent, as: person) }
                    }
                    // Those who keep the call included.
                    for route in Self.callPages where route.parameterNames.contains("id") {
                        try await pairs.compare(route, draft, Self.absent, as: person)
                    }
                }
                #expect(pairs.count > 250)
                #expect(try await SecurityJourneys.digest(network.site, besides: ["session"]) == before)
                print("drafts that are not there: \(pairs.count) pairs, \(engine)")
            }
        }

        // CALL-4
        @Test(arguments: Battery.engines)
        func aCallOfOthersAnswersLikeWhatIsNot(engine: TestEngine) async throws {
            try await Self.play(engine) { network in
                let before = try await SecurityJourneys.digest(network.site, besides: ["session"])
                var pairs = Pairs(network: network)
                let slug = network.calls.hidden.slug
                for person in Person.allCases where person != .coordinator {
                    for route in Self.callPages {
                        try await pairs.compareCalls(route, slug, "appel-jamais-vu", as: person)
                    }
                }
                #expect(pairs.count > 200)
                #expect(try await SecurityJourneys.digest(network.site, besides: ["session"]) == before)
                print("calls that are not there: \(pairs.count) pairs, \(engine)")
            }
        }

        // CAND-2: those who read the journal or the letters that wait learn nothing of drafts either.
        @Test(arguments: TestEngine.available)
        func theMachineryTellsNothingOfDrafts(engine: TestEngine) async throws {
            try await Self.play(engine) { network in
                let head = LetterHead(network.site.reception.settings)
                _ = try await network.site.desk.perform(RemindCandidates(head: head), as: .house)
                for person in [Person.coordinator, .operator] {
                    let journal = try await network.get("/administration/journal", as: person).text
                    #expect(journal.contains("CreatePlace") && journal.contains("confidentiel"))
                    for word in [
                        "StartCandidacy", "SaveCandidacy", "InviteToCandidacy", "RemindCandidates", "letters=",
                        network.calls.draft.text, network.calls.member.text,
                    ] {
                        #expect(!journal.contains(word), "\(word) as \(person)")
                    }
                }
                let letters = try await network.get("/administration/courriers", as: .operator).text
                #expect(letters.contains("account@exemple.fr"))
                for word in ["brouillon", "candidature", "Récépissé"] {
                    #expect(!letters.contains(word), "\(word)")
                }
            }
        }

        /// No list, count, search, feed or export of the site lets out a word of what its reader may not know.
        @Test(arguments: Battery.engines)
        func noSideViewLetsACandidacyOut(engine: TestEngine) async throws {
            try await Self.play(engine) { network in
                var seen = 0
                // S-05: reading, whoever reads and however often, changes nothing.
                let before = try await SecurityJourneys.digest(network.site, besides: ["session"])
                for person in Person.allCases {
                    var unknown: Set<Word> = [.hidden, .draft, .deposited, .answer]
                    switch person {
                    case .account, .editor: unknown.remove(.draft)
                    case .manager: unknown.subtract([.deposited, .answer])
                    case .funder: unknown.remove(.deposited)
                    case .coordinator: unknown.subtract([.hidden, .deposited])
                    case .visitor, .animator, .operator: break
                    }
                    for route in SiteMap.all where route.method == .get {
                        let path = network.path(
                            of: route, place: network.slug(.open), account: network.account(.account))
                        for query in ["", "?q=Lazurite", "?page=2"] {
                            let text = try await network.get(path + query, as: person).text
                                .replacing(query.dropFirst(3), with: "…")
                            for word in unknown {
                                #expect(!text.contains(word.rawValue), "\(path)\(query) as \(person) names \(word)")
                                #expect(!text.contains(word.rawValue.lowercased()), "\(path)\(query) as \(person)")
                            }
                            for id in [network.calls.draft.text] where unknown.contains(.draft) {
                                #expect(
                                    path.contains(id) || !text.contains(id), "\(path)\(query) as \(person) links to it")
                            }
                            seen += 1
                        }
                    }
                }
                #expect(try await SecurityJourneys.digest(network.site, besides: ["session"]) == before)
                print("side views of candidacies: \(seen) answers, \(engine)")
            }
        }
    }

    /// Answers asked for two by two: to what is there and to what is not.
    private struct Pairs {
        let network: TrialNetwork
        private(set) var count = 0

        init(network: TrialNetwork) {
            self.network = network
        }

        mutating func compare(
            _ route: Route, _ there: String, _ nowhere: String, as person: TrialNetwork.Person
        ) async throws {
            try await compare(
                route, network.path(of: route, place: "", candidacy: there),
                network.path(of: route, place: "", candidacy: nowhere), there, nowhere, as: person)
        }

        mutating func compareCalls(
            _ route: Route, _ there: String, _ nowhere: String, as person: TrialNetwork.Person
        ) async throws {
            try await compare(
                route, network.path(of: route, place: "", call: there),
                network.path(of: route, place: "", call: nowhere), there, nowhere, as: person)
        }

        private mutating func compare(
            _ route: Route, _ there: String, _ nowhere: String, _ word: String, _ otherWord: String,
            as person: TrialNetwork.Person
        ) async throws {
            // What a form of the page would send, so that a refusal of the words cannot hide one of the right.
            let fields = [
                ("version", "3"), ("titre", "Un titre"), ("resume", "Un résumé."), ("structure", "Une structure"),
                ("courriel", "pris@exemple.fr"), ("role", "lecture"), ("motif", "Un motif assez long."),
                ("reponse", "Une réponse."), ("decision", "admettre"), ("cle_depot", "une-cle"), ("accord", "oui"),
            ]
            let isGet = route.method == .get
            let one =
                isGet ? try await network.get(there, as: person) : try await network.post(there, fields, as: person)
            let other =
                isGet ? try await network.get(nowhere, as: person) : try await network.post(nowhere, fields, as: person)
            let name = "\(route.method) \(there) as \(person)"
            #expect(one.status == other.status, "\(name): \(one.status), \(other.status)")
            #expect(one.settled(word) == other.settled(otherWord), "\(name)")
            #expect(one.headers.map(\.name) == other.headers.map(\.name), "\(name)")
            count += 1
        }
    }
}
