import Exchange
import Storage
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

extension SecurityJourneys {
    /// The secrets of the rooms after the deposit, each a word that nothing else holds: planted by acts, then looked for in every
    /// page, feed, export, search, refused form and letter of each person. One who may read it does find it.
    @Suite(.serialized) struct SecretTests {
        private typealias Person = TrialNetwork.Person

        private enum Canary: String, CaseIterable {
            case note = "Uvarovite"
            case message = "Andalousite"
            case question = "Howlite"
            case opinion = "Larimar"
            case sheet = "Turquoise"
            case conflict = "Charoite"
            case decision = "Danburite"
            case rules = "Iolite"
            case envisaged = "Prehnite"
            case history = "Morganite"
            case report = "Kunzite"
            case holder = "Sugilite"
            case account = "FR1420041010050500013M02606"

            /// The candidate is the manager, the adviser the editor, the chair the animator, the juror the account; the funder and
            /// the coordination keep the call and the ledger.
            var readers: Set<Person> {
                let keepers: Set<Person> = [.funder, .coordinator]
                switch self {
                case .note, .decision, .rules, .envisaged, .account: return keepers
                case .message, .history, .report, .holder: return keepers.union([.manager])
                case .question, .opinion: return keepers.union([.editor])
                case .conflict: return keepers.union([.animator, .account])
                case .sheet: return [.animator]
                }
            }

            /// Who gave an account finds it in the archive of their own data; its pages mask it.
            func mayStand(at path: String, for person: Person) -> Bool {
                readers.contains(person)
                    || (self == .account && person == .manager && path == "/mon-compte/donnees.json")
            }
        }

        private static let people = Person.allCases.filter { $0 != .operator }

        /// What the addresses of a route may name.
        private struct Trial {
            let network: TrialNetwork
            let opinion: Opinion.ID
            let request: PiecesRequest.ID
            let lines: [FundingLine.ID]
            let instalment: Instalment.ID
            let report: FundingReport.ID

            func paths(of route: Route) -> [String] {
                let path = network.path(
                    of: route, place: network.slug(.open),
                    number: route.pattern.hasPrefix("/avis") ? opinion.text : "1", account: network.account(.account),
                    candidacy: network.calls.deposited.text)
                guard route.pattern.contains("{line}") || route.pattern.contains("{request}") else { return [path] }
                var pattern = route.pattern
                for (name, value) in [
                    ("id", network.calls.deposited.text), ("request", request.text), ("instalment", instalment.text),
                    ("report", report.text), ("question", "resume"),
                ] { pattern = pattern.replacing("{\(name)}", with: value) }
                return lines.map { pattern.replacing("{line}", with: $0.text) }
            }
        }

        private static func play(_ engine: TestEngine, _ body: (Trial) async throws -> Void) async throws {
            let start = CandidacyJourneys.start
            try await LiveSite.open(
                engine, start: start, receiptKeys: TrialCalls.keys(at: start), printer: OwnAffairJourneys.Echo()
            ) { (site: LiveSite) async throws -> Void in
                let network = try await TrialNetwork(site)
                site.clock?.advance(by: .hours(3))
                let (opinion, request) = try await instruct(network)
                try await judge(network)
                try await decide(network)
                let (lines, instalment, report) = try await finance(network)
                try await body(
                    Trial(
                        network: network, opinion: opinion, request: request, lines: lines, instalment: instalment,
                        report: report))
            }
        }

        private static func principal(_ person: Person, _ network: TrialNetwork) -> Principal {
            let grants: [Grant] =
                switch person {
                case .funder: [Grant(.funder, on: .network)]
                case .coordinator: [Grant(.coordinator, on: .network)]
                case .manager:
                    network.places[.hidden].map { [Grant(.placeManager, on: Scope(.place, $0.id.number))] } ?? []
                default: []
                }
            return Principal(account: network.account(person), name: person.rawValue, grants: grants)
        }

        private static func instruct(_ network: TrialNetwork) async throws -> (Opinion.ID, PiecesRequest.ID) {
            let (site, id) = (network.site, network.calls.deposited)
            let (shelf, head) = (site.reception.forms, LetterHead(site.reception.settings))
            let funder = principal(.funder, network)
            _ = try await site.desk.perform(OpenInstructions(shelf: shelf), as: .house)
            _ = try await site.desk.perform(
                AddInstructionNote(candidacy: id, kind: .alert, text: "Note \(Canary.note.rawValue)."), as: funder)
            _ = try await site.desk.perform(
                SendInstructionMessage(
                    candidacy: id, side: .instruction, text: "Message \(Canary.message.rawValue).", head: head),
                as: funder)
            let day = CivilZone.paris.local(site.desk.surroundings.now().microseconds).date.adding(days: 5)
            let opinion = try await site.desk.perform(
                AskOpinion(
                    candidacy: id, kind: .expert, email: "editor@exemple.fr",
                    question: "Question \(Canary.question.rawValue) ?", day: day, head: head), as: funder)
            _ = try await site.desk.perform(
                GiveOpinion(
                    opinion: opinion.id, position: .reserved, answer: "Avis \(Canary.opinion.rawValue).", head: head),
                as: principal(.editor, network))
            let version = try await site.desk.database.read { try InstructionStore.any(id, $0) }?.version ?? 0
            let request = try await site.desk.perform(
                AskForPieces(
                    candidacy: id, version: version, items: [.init("resume", reason: "Précisez.")], day: day,
                    head: head, shelf: shelf), as: funder)
            return (opinion.id, request.id)
        }

        private static func judge(_ network: TrialNetwork) async throws {
            let (site, call) = (network.site, network.calls.published)
            let head = LetterHead(site.reception.settings)
            let (funder, chair, juror) = (
                principal(.funder, network), principal(.animator, network), principal(.account, network)
            )
            _ = try await site.desk.perform(
                ComposeJury(
                    call: call.id, version: nil,
                    settings: JurySettings(
                        criteria: [JuryCriterion("", "Ancrage", weight: 100)], readings: 1, quorum: 1)), as: funder)
            for (person, role) in [(chair, JuryMember.Role.chair), (juror, .juror)] {
                let address = "\(person.name)@exemple.fr"
                _ = try await site.desk.perform(
                    InviteJuror(call: call.id, email: address, role: role, head: head), as: funder)
                let link = try await SecurityJourneys.lastLink(to: address, site)
                guard let secret = Secret(text: String(link.split(separator: "/").last ?? "")) else {
                    throw Missing()
                }
                _ = try await site.desk.perform(JoinJury(secret), as: person)
            }
            _ = try await site.desk.perform(OpenJury(call: call.id, version: 1), as: funder)
            let ties = try await site.desk.database.read { reader in
                try JuryStore.juries(of: call.id, reader).flatMap { try JuryConflictStore.conflicts(of: $0.id, reader) }
            }
            for tie in ties {
                _ = try await site.desk.perform(
                    SettleConflict(call: call.id, conflict: tie.id, isConflict: false, reason: "Même adresse."),
                    as: funder)
            }
            _ = try await site.desk.perform(
                DeclareConflict(
                    call: call.id, candidacy: network.calls.deposited, nature: .other,
                    words: "Lien \(Canary.conflict.rawValue)."), as: juror)
            _ = try await site.desk.perform(AssignReadings(call: call.id, head: head), as: funder)
            _ = try await site.desk.perform(
                FinishSheet(
                    call: call.id, candidacy: network.calls.deposited, version: 0,
                    entry: SheetEntry(
                        notes: [JuryNote("ancrage", 3, comment: Canary.sheet.rawValue)],
                        comment: Canary.sheet.rawValue)), as: chair)
        }

        /// Prepared, and told to nobody.
        private static func decide(_ network: TrialNetwork) async throws {
            let (site, call, funder) = (network.site, network.calls.published, principal(.funder, network))
            let wave = try #require(call.settings.waves.first).id
            let score = try #require(ScoreText.read("15"))
            _ = try await site.desk.perform(
                SaveSelectionScores(
                    call: call.id, wave: wave, version: 0,
                    lines: [.init(number: 1, score: score, minimum: 100_000, maximum: 100_000, tags: [], territory: "")]
                ), as: funder)
            var rules = SelectionRules()
            rules.included = [1]
            rules.reason = "Motif \(Canary.rules.rawValue)."
            _ = try await site.desk.perform(
                SetSelectionRules(call: call.id, wave: wave, version: 1, rules: rules), as: funder)
            let today = CivilZone.paris.local(site.desk.surroundings.now().microseconds).date
            var words = RecordDecision.Words(.reserved, body: "Bureau", on: today)
            words.amount = 100_000
            words.conditions = "Réserve \(Canary.decision.rawValue)."
            _ = try await site.desk.perform(
                RecordDecision(candidacy: network.calls.deposited, version: 0, words: words), as: funder)
        }

        /// A line that its beneficiary does not know of yet, and one in force, with an account and a payment ordered.
        private static func finance(
            _ network: TrialNetwork
        ) async throws -> ([FundingLine.ID], Instalment.ID, FundingReport.ID) {
            let desk = network.site.desk
            let head = LetterHead(network.site.reception.settings)
            let (agent, other, manager) = (
                principal(.funder, network), principal(.coordinator, network), principal(.manager, network)
            )
            let today = CivilZone.paris.local(desk.surroundings.now().microseconds).date
            let funder = try await desk.perform(AddFunder(name: "Fondation d’essai", kind: .foundation), as: agent)
            func open(_ object: String) async throws -> FundingLine {
                var facts = FundingFacts(
                    funder: funder.id, beneficiary: "Association d’essai", object: object, year: today.year)
                facts.place = network.places[.hidden]?.id
                return try await desk.perform(OpenFundingLine(facts), as: other)
            }
            let envisaged = try await open("Objet \(Canary.envisaged.rawValue)")
            var line = try await open("Un atelier")
            for (step, words) in [(FundingStep.ask, "Note \(Canary.history.rawValue)"), (.grant, "Délibération 9")] {
                line = try await desk.perform(
                    AdvanceFunding(
                        line: line.id, version: line.version, step: step, amount: 100_000, on: today, words: words),
                    as: agent)
            }
            var agreement = try await desk.perform(
                WriteAgreement(
                    line: line.id, number: "C-9", amount: 100_000, startsOn: today, months: 12,
                    articles: Dictionary(uniqueKeysWithValues: AgreementArticle.allCases.map { ($0, "Texte.") }),
                    schedule: [InstalmentPlan(label: "Avance", amount: 100_000, trigger: .signature)]), as: agent)
            agreement = try await desk.perform(
                SendAgreement(agreement: agreement.id, edition: agreement.edition, head: head), as: agent)
            for (side, person) in [(AgreementSide.beneficiary, manager), (.funder, agent)] {
                agreement = try await desk.perform(
                    SignAgreement(agreement: agreement.id, version: 1, side: side, quality: "Pour l’essai"), as: person)
            }
            _ = try await desk.perform(
                GiveBankAccount(
                    agreement: agreement.id, iban: Canary.account.rawValue,
                    holder: "Titulaire \(Canary.holder.rawValue)"),
                as: manager)
            let id = agreement.id
            let (account, instalments, reports) = try await desk.database.read { reader in
                (
                    try BankAccountStore.accounts(of: id, reader).first,
                    try InstalmentStore.instalments(of: id, reader), try FundingReportStore.reports(of: id, reader)
                )
            }
            let (instalment, report) = (try #require(instalments.first), try #require(reports.first))
            try await desk.perform(VerifyBankAccount(account: try #require(account).id), as: agent)
            try await desk.perform(CheckInstalment(instalment: instalment.id), as: agent)
            try await desk.perform(OrderInstalment(instalment: instalment.id, number: "M-9"), as: other)
            try await desk.perform(
                SubmitReport(
                    report: report.id, edition: 1, narrative: "Récit \(Canary.report.rawValue).",
                    accounts: [.init("60 Achats", planned: 1, realised: 1)]), as: manager)
            return ([envisaged.id, line.id], instalment.id, report.id)
        }

        // INST-16, INST-17, JURY-7, JURY-8, DECI-7, FUND-1, FUND-13
        @Test(arguments: Battery.engines)
        func noPageNamesASecretToOthers(engine: TestEngine) async throws {
            try await Self.play(engine) { trial in
                let before = try await SecurityJourneys.digest(trial.network.site, besides: ["session"])
                var found: Set<Canary> = []
                var asked = 0
                let routes = SiteMap.all.filter { $0.method == .get }
                for person in Self.people {
                    for path in routes.flatMap(trial.paths) + ["/instruction?onglet=tous"] {
                        let text = try await trial.network.get(path, as: person).text
                        for secret in Canary.allCases where text.contains(secret.rawValue) {
                            #expect(secret.mayStand(at: path, for: person), "\(path) as \(person) names \(secret)")
                            found.insert(secret)
                        }
                        asked += 1
                    }
                }
                #expect(found == Set(Canary.allCases), "a secret that nobody reads proves nothing")
                #expect(try await SecurityJourneys.digest(trial.network.site, besides: ["session"]) == before)
                print("secrets: \(asked) answers, \(engine)")
            }
        }

        // A search, a filter or a page number finds of a secret what it finds of nothing.
        @Test(arguments: Battery.engines)
        func noSearchTellsThatASecretIsThere(engine: TestEngine) async throws {
            try await Self.play(engine) { trial in
                let routes = SiteMap.all.filter { $0.method == .get && $0.parameterNames.isEmpty }
                let readers: [Person] = Battery.isLong ? Self.people : [.visitor, .account, .manager]
                for person in readers {
                    let unknown = Canary.allCases.filter { !$0.readers.contains(person) && $0 != .account }
                    for secret in Battery.isLong ? unknown : Array(unknown.prefix(3)) {
                        let (word, nothing) = (secret.rawValue, "Zzyzx\(secret.rawValue.dropFirst(5))")
                        for route in routes {
                            let one = try await trial.network.get(route.pattern + "?q=" + word, as: person)
                            let other = try await trial.network.get(route.pattern + "?q=" + nothing, as: person)
                            #expect(one.status == other.status, "\(route.pattern) as \(person), \(secret)")
                            // Archives and workbooks hold, compressed, the second they were made in; the rows of the
                            // workbook are those of the CSV.
                            let kind = one["content-type"] ?? ""
                            let isPacked = kind == "application/zip" || kind.hasPrefix("application/vnd.openxml")
                            guard route.pattern != "/healthz", one.status == 200, !isPacked else { continue }
                            #expect(
                                Self.plain(one, word) == Self.plain(other, nothing),
                                "\(route.pattern) as \(person), \(secret)")
                        }
                    }
                }
            }
        }

        /// An answer without the word that was asked, as it was typed or folded, and without what changes at each answer.
        private static func plain(_ reply: Reply, _ word: String) -> Int {
            reply.settled(word, word.lowercased()).filter { !$0.isNumber }.count
        }

        // A form sent by somebody who may not is refused without a word of what is behind.
        @Test(arguments: Battery.engines)
        func noRefusedFormNamesASecret(engine: TestEngine) async throws {
            try await Self.play(engine) { trial in
                let rooms = [
                    "/candidatures/{id}/instruction", "/appels/{slug}/jury", "/appels/{slug}/selection",
                    "/appels/{slug}/decisions", "/appels/{slug}/notification", "/appels/{slug}/resultats",
                    "/appels/{slug}/courriers", "/appels/{slug}/aides", "/appels/{slug}/instruction", "/financements",
                    "/avis",
                ]
                let routes = SiteMap.all.filter { route in
                    route.method == .post && route.body == .form && rooms.contains { route.pattern.hasPrefix($0) }
                }
                #expect(routes.count > 50)
                let fields = [("version", "1"), ("edition", "1"), ("motif", ""), ("montant", "douze"), ("vague", "0")]
                for person in Self.people where person != .funder && person != .coordinator {
                    for path in routes.flatMap(trial.paths) {
                        let reply = try await trial.network.post(path, fields, as: person)
                        #expect(reply.status < 500, "\(path) as \(person): \(reply.status)")
                        for secret in Canary.allCases where !secret.readers.contains(person) {
                            #expect(!reply.text.contains(secret.rawValue), "\(path) as \(person) names \(secret)")
                        }
                    }
                }
            }
        }

        // INST-18: letters hold a secret only when they go to one who may read it.
        @Test(arguments: Battery.engines)
        func noLetterCarriesASecretToOthers(engine: TestEngine) async throws {
            try await Self.play(engine) { trial in
                let now = trial.network.site.reception.surroundings.now()
                let letters = try await trial.network.site.reception.database.read { reader in
                    try Outbox.due(at: now, limit: 1_000, reader).map(\.letter)
                }
                #expect(letters.count > 5)
                for letter in letters {
                    let person = Self.people.first { letter.recipient == "\($0.rawValue)@exemple.fr" }
                    for secret in Canary.allCases
                    where letter.text.contains(secret.rawValue) || letter.subject.contains(secret.rawValue) {
                        #expect(
                            person.map { secret.readers.contains($0) } == true,
                            "\(letter.recipient) is written \(secret): \(letter.subject)")
                    }
                }
            }
        }
    }
}
