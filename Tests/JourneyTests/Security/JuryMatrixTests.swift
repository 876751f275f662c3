import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

extension SecurityJourneys {
    /// S-01 for juries: every page and every form, state by state, for every person; a word written on a sheet shows nowhere else.
    @Suite(.serialized) struct JuryMatrixTests {
        private typealias Person = TrialNetwork.Person
        private static let start = CandidacyJourneys.start
        /// Written on the chair's sheet, and nowhere else.
        private static let canary = "Turquoise"
        private static let routes = SiteMap.all.filter { $0.pattern.hasPrefix("/appels/{slug}/jury") }

        /// A jury of the published call: the animator chairs, the account sits, the funder and the coordination keep the call.
        private struct Trial {
            let network: TrialNetwork
            let chair: Principal
            let juror: Principal
            let funder: Principal
            var call: Call { network.calls.published }
            var dossier: Candidacy.ID { network.calls.deposited }

            init(_ network: TrialNetwork) {
                func principal(_ person: Person, _ grants: [Grant] = []) -> Principal {
                    Principal(account: network.account(person), name: person.rawValue, grants: grants)
                }
                self.network = network
                chair = principal(.animator)
                juror = principal(.account)
                funder = principal(.funder, [Grant(.funder, on: .network)])
            }

            func perform<A: Act>(_ act: A, as principal: Principal) async throws -> A.Outcome {
                try await network.site.desk.perform(act, as: principal)
            }

            func compose() async throws {
                _ = try await perform(
                    ComposeJury(
                        call: call.id, version: nil,
                        settings: JurySettings(
                            criteria: [JuryCriterion("", "Ancrage", weight: 100)], readings: 2, quorum: 1)), as: funder)
                for (juror, role) in [(chair, JuryMember.Role.chair), (juror, .juror)] {
                    let address = "\(juror.name)@exemple.fr"
                    _ = try await perform(
                        InviteJuror(
                            call: call.id, email: address, role: role, head: LetterHead(network.site.reception.settings)
                        ),
                        as: funder)
                    let link = try await SecurityJourneys.lastLink(to: address, network.site)
                    guard let secret = Secret(text: String(link.split(separator: "/").last ?? "")) else {
                        throw Missing()
                    }
                    _ = try await perform(JoinJury(secret), as: juror)
                }
            }

            func open() async throws {
                let id = call.id
                _ = try await perform(OpenJury(call: id, version: 1), as: funder)
                let ties = try await network.site.desk.database.read { reader in
                    try JuryStore.juries(of: id, reader).flatMap { try JuryConflictStore.conflicts(of: $0.id, reader) }
                }
                for tie in ties {
                    _ = try await perform(
                        SettleConflict(call: id, conflict: tie.id, isConflict: false, reason: "Même adresse."),
                        as: funder)
                }
                _ = try await perform(
                    AssignReadings(call: id, head: LetterHead(network.site.reception.settings)), as: funder)
                _ = try await perform(
                    FinishSheet(
                        call: id, candidacy: dossier, version: 0,
                        entry: SheetEntry(notes: [JuryNote("ancrage", 3, comment: canary)], comment: canary)), as: chair
                )
            }
        }

        private static func play(_ engine: TestEngine, _ body: (Trial) async throws -> Void) async throws {
            try await LiveSite.open(
                engine, start: start, receiptKeys: TrialCalls.keys(at: start), printer: OwnAffairJourneys.Echo()
            ) { (site: LiveSite) async throws -> Void in try await body(Trial(try await TrialNetwork(site))) }
        }

        private static func path(_ route: Route, _ trial: Trial) -> String {
            trial.network.path(of: route, place: "", candidacy: trial.dossier.text)
        }

        /// Those whose session lasts through the trial.
        private static let people = Person.allCases.filter { $0 != .operator }

        // JURY-1, JURY-7, JURY-8
        @Test(arguments: Battery.engines)
        func aJuryIsItsMembersAndItsKeepers(engine: TestEngine) async throws {
            try await Self.play(engine) { trial in
                #expect(Self.routes.count > 25)
                func check(_ state: String, showing readers: Set<Person>) async throws {
                    for route in Self.routes where route.method == .get {
                        let path = Self.path(route, trial)
                        for person in Self.people {
                            let reply = try await trial.network.get(path, as: person)
                            let isIn =
                                [.funder, .coordinator].contains(person)
                                || ([.animator, .account].contains(person) && state != "none")
                            if person == .visitor {
                                #expect(reply.status == 303, "\(path), \(state)")
                            } else if !isIn {
                                #expect(reply.status == 403, "\(path) as \(person), \(state): \(reply.status)")
                            } else {
                                #expect(
                                    [200, 403, 404].contains(reply.status),
                                    "\(path) as \(person), \(state): \(reply.status)")
                            }
                            if !readers.contains(person) {
                                #expect(!reply.text.contains(Self.canary), "\(path) as \(person), \(state)")
                            }
                            if !isIn { #expect(!reply.text.contains("Rhodonite"), "\(path) as \(person), \(state)") }
                        }
                    }
                }
                trial.network.site.clock?.advance(by: .hours(3))
                try await check("none", showing: [])
                try await trial.compose()
                try await check("preparing", showing: [])
                try await trial.open()
                try await check("reading", showing: [.animator])
                let id = trial.call.id
                let jury = try #require(
                    try await trial.network.site.desk.database.read { try JuryStore.juries(of: id, $0).last })
                _ = try await trial.perform(OpenJurySession(call: id, version: jury.version), as: trial.chair)
                try await check("session", showing: [.animator, .account, .funder, .coordinator])
                let sheet = try await trial.network.get(
                    "/appels/\(trial.call.slug)/jury/dossiers/\(trial.dossier.text)", as: .funder)
                #expect(sheet.status == 200 && sheet.text.contains(Self.canary))
                // A tie closes it again, to the juror alone.
                _ = try await trial.perform(
                    DeclareConflict(call: id, candidacy: trial.dossier, nature: .other, words: ""), as: trial.juror)
                try await check("session", showing: [.animator, .funder, .coordinator])
            }
        }

        // JURY-7: before the session the word is nowhere of the whole site.
        @Test(arguments: Battery.engines)
        func noSideViewLetsANoteOut(engine: TestEngine) async throws {
            try await Self.play(engine) { trial in
                trial.network.site.clock?.advance(by: .hours(3))
                try await trial.compose()
                try await trial.open()
                for person in Self.people where person != .animator {
                    for route in SiteMap.all where route.method == .get {
                        let path = trial.network.path(
                            of: route, place: trial.network.slug(.open), account: trial.network.account(.account),
                            candidacy: trial.dossier.text)
                        let text = try await trial.network.get(path, as: person).text
                        #expect(!text.contains(Self.canary), "\(path) as \(person)")
                    }
                }
            }
        }

        // JURY-21: the addresses of a call of two waves name the wave; who is not of its jury learns nothing there.
        @Test(arguments: Battery.engines)
        func eachWaveHasItsPages(engine: TestEngine) async throws {
            try await Self.play(engine) { trial in
                let site = trial.network.site
                site.clock?.advance(by: .hours(3))
                try await trial.compose()
                let id = trial.call.id
                let call = try #require(try await site.desk.database.read { try CallStore.any(id, $0) })
                var calendar = call.settings.calendar
                calendar.isPermanent = true
                calendar.waves.append(
                    CallWave(
                        id: site.desk.surroundings.identifier(), closesAt: site.desk.surroundings.now() + .days(40),
                        words: "dans quarante jours"))
                let (first, second) = (calendar.waves[0].id.text, calendar.waves[1].id.text)
                _ = try await trial.perform(
                    AmendCall(
                        call: id, version: call.version, section: .calendar(calendar), reason: "Une vague de plus.",
                        head: LetterHead(site.reception.settings)), as: .house)
                let jury = "/appels/\(call.slug)/jury"
                let empty = try await trial.network.get("\(jury)?vague=\(second)", as: .funder)
                #expect(empty.status == 200 && empty.text.contains("Pas encore de jury"))
                #expect(empty.text.contains("href=\"\(jury)?vague=\(first)\"") && empty.text.contains("Vague 2"))
                #expect(empty.text.contains("\(jury)/reglages?vague=\(second)"))
                #expect(try await trial.network.get("\(jury)?vague=\(second)", as: .account).status == 403)
                #expect(try await trial.network.get("\(jury)?vague=\(first)", as: .account).status == 200)
                #expect(try await trial.network.get("\(jury)?vague=0", as: .funder).status == 404)
                let form = try await trial.network.get("\(jury)/reglages?vague=\(second)", as: .funder)
                #expect(form.text.contains("value=\"Ancrage\""), "the grid of the first is proposed")
                let fields = [
                    ("critere.0.libelle", "Ancrage"), ("critere.0.poids", "100"), ("lectures", "2"), ("quorum", "1"),
                ]
                let settings = "\(jury)/reglages"
                func save(_ person: Person) async throws -> Reply {
                    let account = trial.network.account(person)
                    return try await site.post(
                        "\(settings)?vague=\(second)", fields, as: account, session: trial.network.session(person),
                        token: site.token(for: settings, account: account))
                }
                for person in [Person.account, .animator, .editor, .manager] {
                    #expect(try await save(person).status == 403, "\(person)")
                }
                let saved = try await save(.funder)
                #expect(saved.status == 303, "\(saved.text)")
                #expect(saved["location"] == "\(jury)?vague=\(second)")
                let page = try await trial.network.get("\(jury)?vague=\(second)", as: .funder)
                #expect(page.text.contains("action=\"\(jury)/membres?vague=\(second)\""))
                #expect(page.text.contains("\(jury)/seance?vague=\(second)") == false, "it is being prepared")
                #expect(try await trial.network.get("\(jury)?vague=\(second)", as: .account).status == 403)
                let juries = try await site.desk.database.read { try JuryStore.juries(of: id, $0) }
                #expect(juries.map { $0.wave?.text } == [first, second])
            }
        }

        // JURY-3, JURY-5, JURY-18: nothing of a jury is written by who is not of it, and nothing organises it from a mere seat.
        @Test(arguments: Battery.engines)
        func onlyItsPeopleWriteToAJury(engine: TestEngine) async throws {
            try await Self.play(engine) { trial in
                trial.network.site.clock?.advance(by: .hours(3))
                try await trial.compose()
                try await trial.open()
                let before = try await SecurityJourneys.digest(trial.network.site, besides: ["session"])
                let fields = [
                    ("version", "2"), ("courriel", "pris@exemple.fr"), ("role", "jure"), ("motif", "Un motif."),
                    ("decision", "non"), ("avis", "favorable"), ("texte", "Pris."), ("position", "1"),
                    ("dossier", trial.dossier.text), ("nature", "autre"), ("note.ancrage", "4"), ("ordre", "1"),
                    ("membre", String(repeating: "0", count: 13)), ("suite", "rendre"), ("libelle", "Pris"),
                ]
                for route in Self.routes where route.method == .post {
                    for person in [Person.visitor, .editor, .manager] {
                        let path = Self.path(route, trial)
                        let reply = try await trial.network.post(path, fields, as: person)
                        #expect(
                            (person == .visitor ? [303, 403] : [403]).contains(reply.status),
                            "\(path) as \(person): \(reply.status)")
                    }
                }
                let keepers = [
                    "membres", "ouverture", "reglages", "lectures", "conflits", "seance", "seance/presences",
                    "classement", "proces-verbal", "lectures/" + trial.dossier.text,
                    "seance/dossiers/" + trial.dossier.text, "seance/dossiers/\(trial.dossier.text)/avis",
                    "seance/dossiers/\(trial.dossier.text)/passage",
                ]
                for page in keepers {
                    let reply = try await trial.network.post(
                        "/appels/\(trial.call.slug)/jury/\(page)", fields, as: .account)
                    #expect(reply.status == 403, "\(page) as a juror: \(reply.status)")
                }
                #expect(try await SecurityJourneys.digest(trial.network.site, besides: ["session"]) == before)
            }
        }
    }
}
