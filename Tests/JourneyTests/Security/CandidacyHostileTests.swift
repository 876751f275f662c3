import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

extension SecurityJourneys {
    /// S-06 and S-04 for what candidates and organisers send: nothing breaks, and nobody ever reads another's words.
    @Suite(.serialized) struct CandidacyHostileTests {
        private static let start = CandidacyJourneys.start

        /// xorshift, so that a failure is played again from its seed.
        private struct Draw {
            var state: UInt64

            mutating func callAsFunction(_ bound: Int) -> Int {
                state ^= state << 13
                state ^= state >> 7
                state ^= state << 17
                return bound > 0 ? Int(state % UInt64(bound)) : 0
            }

            mutating func pick<T>(_ list: [T]) -> T { list[self(list.count)] }
        }

        private static let names = [
            "version", "titre", "resume", "structure", "siret", "cle_depot", "courriel", "role", "sections",
            "partenaire",
            "engagement", "accord", "motif", "suite", "ajouter", "retirer", "etape", "lieu", "voie", "arrivee",
            "deposant",
            "contenu", "decision", "question", "reponse", "limite", "lecture", "vague", "incident", "action",
            "definition",
            "vague.0.limite", "critere.0.libelle", "critere.0.poids", "a.b.c.d", "titre.lignes", ".", "", "titre.0.x",
        ]

        private static let values = [
            "", " ", "0", "-1", "1", "3", "9223372036854775808", "-9223372036854775809", "1e309", "NaN", "００", "١٢٣",
            "\u{0}", "\u{FFFE}", "\u{202E}abc", "e\u{301}", "oui", "on", "true", "null", "[]", "{}", "{\"a\":",
            "<b>&\"'",
            "2026-02-30T25:61", "2026-10-25T02:30", "99999-01-01T00:00", "avant le 31 février à minuit", "\u{1F3F4}",
            String(repeating: "a", count: 5_000), String(repeating: "é\n", count: 40_000), "8ZZZZZZZZZZZZ", "../../etc",
            "%00", "'; DROP TABLE candidacy; --", "=HYPERLINK(\"x\")", "lecture", "redaction", "partenaire", "online",
        ]

        @Test(arguments: Battery.engines)
        func hostileFormsBreakNothing(engine: TestEngine) async throws {
            let (seed, count) = (UInt64(20_261_016), Battery.isLong ? 12_000 : 500)
            try await LiveSite.open(
                engine, start: Self.start, receiptKeys: TrialCalls.keys(at: Self.start),
                printer: OwnAffairJourneys.Echo()
            ) { (site: LiveSite) async throws -> Void in
                let network = try await TrialNetwork(site)
                var draw = Draw(state: seed)
                let posts = SiteMap.all.filter { route in
                    route.method == .post && route.body == .form
                        && (route.pattern.hasPrefix("/appels") || route.pattern.hasPrefix("/candidatures"))
                        && !route.pattern.hasSuffix("/annulation")
                }
                #expect(posts.count > 20)
                let people: [TrialNetwork.Person] = [.account, .editor, .manager, .funder, .coordinator, .visitor]
                var refused = 0
                for number in 0..<count {
                    let (route, person) = (draw.pick(posts), draw.pick(people))
                    let candidacy = draw.pick([
                        network.calls.draft.text, network.calls.deposited.text, "x", "\u{1F3F4}",
                    ])
                    let path = network.path(
                        of: route, place: "",
                        call: draw.pick([network.calls.published.slug, network.calls.hidden.slug]),
                        candidacy: Paths.encode(candidacy))
                    let fields = (0..<draw(8)).map { _ in (draw.pick(Self.names), draw.pick(Self.values)) }
                    let reply = try await network.post(path, fields, as: person)
                    #expect(reply.status < 500, "\(number), seed \(seed): \(path) as \(person): \(reply.status)")
                    if reply.status >= 400 { refused += 1 }
                }
                #expect(refused > count / 4)
                // What was deposited is as it was, whatever was sent since.
                let deposits = try await site.reception.database.read {
                    try CandidacyDepositStore.deposits(of: network.calls.deposited, $0)
                }
                let kept = try #require(deposits.last)
                #expect(RulesText.fingerprint(kept.snapshot) == kept.digest && kept.snapshot.contains("Smaragdite"))
                #expect(try await site.reception.database.read { try Journal.verify($0) } > 0)
                print("hostile forms: \(count), \(refused) refused, seed \(seed), \(engine)")
            }
        }

        /// Several people write their own words at random, each on a dossier of theirs, and try those of the others.
        @Test(arguments: Battery.engines)
        func noAnswerEverHoldsTheWordsOfAnother(engine: TestEngine) async throws {
            let (seed, count) = (UInt64(7_201_969), Battery.isLong ? 6_000 : 400)
            try await LiveSite.open(engine, start: Self.start, receiptKeys: TrialCalls.keys(at: Self.start)) {
                (site: LiveSite) async throws -> Void in
                let call = try await CandidacyJourneys.call(site)
                var draw = Draw(state: seed)
                var people: [(account: Principal.ID, session: String, candidacy: String, word: String)] = []
                for index in 0..<5 {
                    let (account, session) = try await site.signIn("candidate\(index)")
                    let begun = try await site.desk.perform(
                        StartCandidacy(call: call.id, shelf: CandidacyFormShelf()),
                        as: Principal(account: account, name: "x", grants: []))
                    people.append((account, session, begun.id.text, "canari\(index)x\(index * 7_919 + 13)z"))
                }
                let pages = [
                    "", "/dossier/projet", "/verification", "/recepisse", "/recepisse.json", "/depose.json",
                    "/historique",
                    "/equipe", "/retrait",
                ]
                let elsewhere = [
                    "/candidatures", "/mon-compte", "/mon-compte/donnees.json", "/appels", "/appels/\(call.slug)",
                    "/appels/\(call.slug)/questions", "/appels.atom", "/sitemap.xml", "/api/v1/calls", "/",
                    "/appels/\(call.slug)/candidatures", "/appels/\(call.slug)/candidatures.csv",
                ]
                var answers = 0
                var own = 0
                for step in 0..<count {
                    let (me, target) = (draw.pick(people), draw.pick(people))
                    let page = "/candidatures/\(target.candidacy)"
                    let reply: Reply
                    switch draw(5) {
                    case 0:
                        reply = try await site.get(draw.pick(elsewhere), session: me.session)
                    case 1, 2:
                        reply = try await site.get(page + draw.pick(pages), session: me.session)
                    case 3:
                        let version = String(draw(6) + 1)
                        let fields = [
                            ("version", version), ("titre", "T \(me.word)"), ("resume", "R \(me.word) \(step)"),
                            ("structure", "S \(me.word)"), ("siret", ""),
                        ]
                        reply = try await site.post(
                            page + draw.pick(["", "/dossier/projet"]), fields, as: me.account, session: me.session)
                    default:
                        let check = try await site.get(page + "/verification", session: me.session).text
                        let key = CandidacyJourneys.hidden("cle_depot", in: check) ?? "rien"
                        let version = CandidacyJourneys.hidden("version", in: check) ?? "1"
                        reply = try await site.post(
                            page + draw.pick(["/depot", "/retrait", "/accord"]),
                            [("version", version), ("cle_depot", key), ("motif", me.word), ("accord", "oui")],
                            as: me.account, session: me.session)
                    }
                    answers += 1
                    #expect(reply.status < 500, "step \(step), seed \(seed): \(reply.status)")
                    for other in people where other.account != me.account {
                        #expect(!reply.text.contains(other.word), "step \(step), seed \(seed): the words of another")
                    }
                    if reply.text.contains(me.word) { own += 1 }
                }
                // The control: each reads their own words often enough.
                #expect(own > count / 40)
                print("words of others: 0 in \(answers) answers, own words in \(own), seed \(seed), \(engine)")
            }
        }
    }
}
