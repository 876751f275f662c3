import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

extension SecurityJourneys {
    /// S-01: each route for each person, and nothing of what one may not know anywhere.
    @Suite(.serialized) struct PermissionMatrixTests {
        private typealias Person = TrialNetwork.Person
        private typealias Kind = TrialNetwork.Kind

        /// The short version leaves out those who may see no more than another.
        private static let readers: [Person] =
            Battery.isLong ? Person.allCases : [.visitor, .editor, .animator, .funder]

        /// What each person gets from pages whose rights are finer than their floor, in the order of `Person`:
        /// visitor, account, editor, manager, animator, funder, coordinator, operator.
        private static let finer: [String: [Int]] = [
            "/administration/comptes": [303, 403, 403, 403, 403, 403, 200, 200],
            "/administration/comptes/{account}": [303, 403, 403, 403, 403, 403, 200, 200],
            "/administration/journal": [303, 403, 403, 403, 403, 403, 200, 200],
            "/administration/courriers": [303, 403, 403, 403, 403, 403, 403, 200],
            "/administration/sauvegardes": [303, 403, 403, 403, 403, 403, 403, 200],
            "/exploitation": [303, 403, 403, 403, 403, 403, 403, 200],
            "/registre-des-traitements": [303, 403, 403, 403, 403, 403, 200, 200],
            "/registre-des-traitements.csv": [303, 403, 403, 403, 403, 403, 200, 200],
            // The audit is for those who keep the call; the proof of service comes after its limit.
            "/appels/{slug}/actes": [303, 403, 403, 403, 403, 200, 200, 403],
            "/appels/{slug}/actes.csv": [303, 403, 403, 403, 403, 200, 200, 403],
            "/appels/{slug}/preuve-de-service": [404, 404, 404, 404, 404, 404, 404, 404],
            "/appels/{slug}/preuve-de-service.json": [404, 404, 404, 404, 404, 404, 404, 404],
            // The sheet of a place that its editor and an animator of its circle may write; its manager is of another place.
            "/lieux/nouveau": [303, 200, 200, 200, 200, 200, 200, 200],
            "/lieux/{slug}": [200, 200, 200, 200, 200, 200, 200, 200],
            "/lieux/{slug}/modifier": [303, 403, 200, 403, 200, 403, 200, 403],
            "/lieux/{slug}/historique": [303, 403, 200, 403, 200, 403, 200, 403],
            "/lieux/{slug}/photos": [303, 403, 200, 403, 200, 403, 200, 403],
            "/lieux/{slug}/photos/{photo}": [303, 403, 404, 403, 404, 403, 404, 403],
            "/lieux/{slug}/equipe": [303, 403, 403, 403, 403, 403, 200, 403],
            "/lieux/{slug}/reglages": [303, 403, 403, 403, 403, 403, 200, 403],
            "/lieux/{slug}/corriger": [200, 200, 200, 200, 200, 200, 200, 200],
            // Funders open calls of their own; the published call of the trial is the funder's.
            "/appels/nouveau": [303, 403, 403, 403, 403, 200, 200, 403],
            "/appels/{slug}": [200, 200, 200, 200, 200, 200, 200, 200],
            "/appels/{slug}.ics": [200, 200, 200, 200, 200, 200, 200, 200],
            "/appels/{slug}/reglement": [200, 200, 200, 200, 200, 200, 200, 200],
            "/appels/{slug}/reglement.txt": [200, 200, 200, 200, 200, 200, 200, 200],
            "/appels/{slug}/reglement.pdf": [200, 200, 200, 200, 200, 200, 200, 200],
            "/appels/{slug}/dossier-type": [200, 200, 200, 200, 200, 200, 200, 200],
            "/appels/{slug}/dossier-type.pdf": [200, 200, 200, 200, 200, 200, 200, 200],
            "/appels/{slug}/dossier-type.docx": [200, 200, 200, 200, 200, 200, 200, 200],
            "/appels/{slug}/eligibilite": [200, 200, 200, 200, 200, 200, 200, 200],
            "/appels/{slug}/questions": [200, 200, 200, 200, 200, 200, 200, 200],
            "/appels/{slug}/candidater": [303, 200, 200, 200, 200, 200, 200, 200],
            "/appels/{slug}/modifier": [303, 403, 403, 403, 403, 200, 200, 403],
            "/appels/{slug}/modifier/dossier": [303, 403, 403, 403, 403, 200, 200, 403],
            "/appels/{slug}/modifier/{section}": [303, 403, 403, 403, 403, 200, 200, 403],
            "/appels/{slug}/publier": [303, 403, 403, 403, 403, 200, 200, 403],
            "/appels/{slug}/annulation": [303, 403, 403, 403, 403, 200, 200, 403],
            "/appels/{slug}/prolongation": [303, 403, 403, 403, 403, 200, 200, 403],
            "/appels/{slug}/equipe": [303, 403, 403, 403, 403, 200, 200, 403],
            "/appels/invitations/{secret}": [410, 410, 410, 410, 410, 410, 410, 410],
            "/appels/{slug}/candidatures": [303, 403, 403, 403, 403, 200, 200, 403],
            "/appels/{slug}/candidatures.csv": [303, 403, 403, 403, 403, 200, 200, 403],
            // The working copy of the form, and spots of it that there are not.
            "/appels/{slug}/formulaire/{stage}": [303, 403, 403, 403, 403, 200, 200, 403],
            "/appels/{slug}/formulaire/{stage}/titre": [303, 403, 403, 403, 403, 200, 200, 403],
            "/appels/{slug}/formulaire/{stage}/section": [303, 403, 403, 403, 403, 200, 200, 403],
            "/appels/{slug}/formulaire/{stage}/question": [303, 403, 403, 403, 403, 200, 200, 403],
            "/appels/{slug}/formulaire/{stage}/regle": [303, 403, 403, 403, 403, 200, 200, 403],
            "/appels/{slug}/formulaire/{stage}/copier": [303, 403, 403, 403, 403, 200, 200, 403],
            "/appels/{slug}/formulaire/{stage}/apercu": [303, 403, 403, 403, 403, 200, 200, 403],
            "/appels/{slug}/formulaire/{stage}/fichier": [303, 403, 403, 403, 403, 200, 200, 403],
            "/appels/{slug}/formulaire/{stage}/fichier.json": [303, 403, 403, 403, 403, 200, 200, 403],
            "/appels/{slug}/formulaire/{stage}/historique": [303, 403, 403, 403, 403, 200, 200, 403],
            "/appels/{slug}/formulaire/{stage}/publier": [303, 403, 403, 403, 403, 200, 200, 403],
            "/appels/{slug}/formulaire/{stage}/section/{section}": [303, 403, 403, 403, 403, 404, 404, 403],
            "/appels/{slug}/formulaire/{stage}/section/{section}/condition": [303, 403, 403, 403, 403, 404, 404, 403],
            "/appels/{slug}/formulaire/{stage}/question/{question}": [303, 403, 403, 403, 403, 404, 404, 403],
            "/appels/{slug}/formulaire/{stage}/question/{question}/nature": [303, 403, 403, 403, 403, 404, 404, 403],
            "/appels/{slug}/formulaire/{stage}/question/{question}/affichee": [303, 403, 403, 403, 403, 404, 404, 403],
            "/appels/{slug}/formulaire/{stage}/question/{question}/obligatoire": [
                303, 403, 403, 403, 403, 404, 404, 403,
            ],
            "/appels/{slug}/formulaire/{stage}/regle/{rule}": [303, 403, 403, 403, 403, 404, 404, 403],
            "/appels/{slug}/instruction": [303, 403, 403, 403, 403, 200, 200, 403],
            "/appels/{slug}/selection": [303, 403, 403, 403, 403, 200, 200, 403],
            "/appels/{slug}/decisions": [303, 403, 403, 403, 403, 200, 200, 403],
            "/appels/{slug}/aides": [303, 403, 403, 403, 403, 200, 200, 403],
            "/appels/{slug}/decisions/{id}": [303, 403, 403, 403, 403, 404, 404, 403],
            "/appels/{slug}/decisions/{id}/courrier.pdf": [303, 403, 403, 403, 403, 404, 404, 403],
            "/appels/{slug}/courriers": [303, 403, 403, 403, 403, 200, 200, 403],
            "/appels/{slug}/resultats": [200, 200, 200, 200, 200, 200, 200, 200],
            // Nothing was notified: there is no such page, for the lead either.
            "/candidatures/{id}/decision": [303, 404, 404, 404, 404, 404, 404, 404],
            "/candidatures/{id}/decision/courrier.pdf": [303, 404, 404, 404, 404, 404, 404, 404],
            // What was deposited stays shut until the limit, for those who keep the call too.
            "/appels/{slug}/candidatures/{id}": [303, 403, 403, 403, 403, 403, 403, 403],
            "/appels/{slug}/candidatures/{id}/fichiers/{file}": [303, 403, 403, 403, 403, 404, 404, 403],
            // A draft is its lead's (the account) and its writer's (the editor); for all others it is not there.
            "/candidatures": [303, 200, 200, 200, 200, 200, 200, 200],
            "/candidatures/{id}": [303, 200, 200, 404, 404, 404, 404, 404],
            "/candidatures/{id}/dossier/{section}": [303, 200, 200, 404, 404, 404, 404, 404],
            "/candidatures/{id}/verification": [303, 200, 403, 404, 404, 404, 404, 404],
            "/candidatures/{id}/recepisse": [303, 200, 200, 404, 404, 404, 404, 404],
            "/candidatures/{id}/recepisse.pdf": [303, 404, 404, 404, 404, 404, 404, 404],
            "/candidatures/{id}/recepisse.json": [303, 404, 404, 404, 404, 404, 404, 404],
            "/candidatures/{id}/recepisse.zip": [303, 404, 404, 404, 404, 404, 404, 404],
            "/candidatures/{id}/depose.json": [303, 404, 404, 404, 404, 404, 404, 404],
            "/candidatures/{id}/depose.pdf": [303, 404, 404, 404, 404, 404, 404, 404],
            // Nothing is instructed before the limit; an archive is asked for by a form first.
            "/candidatures/{id}/instruction/dossier.pdf": [303, 404, 404, 404, 404, 404, 404, 404],
            "/instruction/pieces/{request}.zip": [303, 403, 403, 403, 403, 403, 403, 403],
            "/candidatures/{id}/retrait": [303, 200, 403, 404, 404, 404, 404, 404],
            "/candidatures/{id}/garder": [303, 200, 403, 404, 404, 404, 404, 404],
            "/candidatures/{id}/historique": [303, 200, 200, 404, 404, 404, 404, 404],
            "/candidatures/{id}/reprise": [303, 200, 200, 404, 404, 404, 404, 404],
            "/candidatures/{id}/repartition": [303, 200, 200, 404, 404, 404, 404, 404],
            // The heads of receipts are everybody's; that of a day without receipts is not there.
            "/recepisses/tetes": [200, 200, 200, 200, 200, 200, 200, 200],
            "/recepisses/tetes.json": [200, 200, 200, 200, 200, 200, 200, 200],
            "/recepisses/tetes/{day}.json": [404, 404, 404, 404, 404, 404, 404, 404],
            "/recepisses/preuves/{fingerprint}.json": [404, 404, 404, 404, 404, 404, 404, 404],
            "/candidatures/{id}/equipe": [303, 200, 200, 404, 404, 404, 404, 404],
            "/candidatures/invitations/{secret}": [410, 410, 410, 410, 410, 410, 410, 410],
            // The ledger: nothing is in it but what is published; funders and the coordination keep it.
            "/financements": [200, 200, 200, 200, 200, 200, 200, 200],
            "/financements.csv": [200, 200, 200, 200, 200, 200, 200, 200],
            "/financements/nouveau": [303, 403, 403, 403, 403, 200, 200, 403],
            "/financements/financeurs": [303, 403, 403, 403, 403, 200, 200, 403],
            "/financements/enveloppes": [303, 403, 403, 403, 403, 200, 200, 403],
            "/financements/publication": [303, 403, 403, 403, 403, 200, 200, 403],
            "/financements/bilans": [303, 200, 200, 200, 200, 200, 200, 200],
            "/financements/mandats.csv": [303, 200, 200, 200, 200, 200, 200, 200],
            "/financements/{line}": [404, 404, 404, 404, 404, 404, 404, 404],
            "/financements/{line}/modifier": [303, 404, 404, 404, 404, 404, 404, 404],
            "/financements/{line}/convention": [303, 404, 404, 404, 404, 404, 404, 404],
            "/financements/{line}/convention/rediger": [303, 404, 404, 404, 404, 404, 404, 404],
            "/financements/{line}/echeances/{instalment}": [303, 404, 404, 404, 404, 404, 404, 404],
            "/financements/{line}/parts": [303, 404, 404, 404, 404, 404, 404, 404],
            "/financements/{line}/bilans": [303, 404, 404, 404, 404, 404, 404, 404],
            "/financements/{line}/bilans/{report}": [303, 404, 404, 404, 404, 404, 404, 404],
            "/flux": [200, 200, 200, 200, 200, 200, 200, 200],
            "/flux.csv": [200, 200, 200, 200, 200, 200, 200, 200],
            "/api/v1/funding.csv": [200, 200, 200, 200, 200, 200, 200, 200],
            "/api/v1/funding/360giving.json": [200, 200, 200, 200, 200, 200, 200, 200],
            // The safe of a place opens to those who manage that place: none of these does.
            "/lieux/{slug}/coffre": [303, 403, 403, 403, 403, 403, 403, 403],
            "/lieux/{slug}/coffre/{document}": [303, 403, 403, 403, 403, 403, 403, 403],
            "/coordination": [303, 403, 403, 403, 403, 403, 200, 403],
            "/coordination/disparus": [303, 403, 403, 403, 403, 403, 200, 403],
            // Everybody who signs in has a page of what waits for them, empty for most.
            "/moderation": [303, 200, 200, 200, 200, 200, 200, 200],
            // The machine interface says the same to all.
            "/api/v1/places": [200, 200, 200, 200, 200, 200, 200, 200],
            "/api/v1/places/{id}": [404, 404, 404, 404, 404, 404, 404, 404],
            "/api/v1/places.csv": [200, 200, 200, 200, 200, 200, 200, 200],
            "/api/v1/places.geojson": [200, 200, 200, 200, 200, 200, 200, 200],
            "/api/v1/places.xlsx": [200, 200, 200, 200, 200, 200, 200, 200],
            "/api/v1/mednum.csv": [200, 200, 200, 200, 200, 200, 200, 200],
            "/api/v1/circles": [200, 200, 200, 200, 200, 200, 200, 200],
            "/api/v1/map/{z}/{x}/{y}": [200, 200, 200, 200, 200, 200, 200, 200],
            // The network of the trial has its operator: there is no first account to make.
            "/premier-compte": [404, 404, 404, 404, 404, 404, 404, 404],
            // A sign-in page sends on those who are in.
            "/connexion": [200, 303, 303, 303, 303, 303, 303, 303],
            // The trial has no identity service.
            "/connexion/identite": [404, 404, 404, 404, 404, 404, 404, 404],
            "/connexion/identite/retour": [404, 404, 404, 404, 404, 404, 404, 404],
            "/deconnexion/identite": [404, 404, 404, 404, 404, 404, 404, 404],
            "/mon-compte/identite": [303, 404, 404, 404, 404, 404, 404, 404],
            "/connexion/lien/{secret}": [410, 410, 410, 410, 410, 410, 410, 410],
            "/invitations/{secret}": [410, 410, 410, 410, 410, 410, 410, 410],
            "/assets/{name}": [404, 404, 404, 404, 404, 404, 404, 404],
        ]

        @Test(arguments: Battery.engines)
        func everyPageForEveryPerson(engine: TestEngine) async throws {
            let printer = OwnAffairJourneys.Echo()
            try await LiveSite.open(engine, printer: printer) { (site: LiveSite) async throws -> Void in
                let network = try await TrialNetwork(site)
                // A jury has states of its own: `JuryMatrixTests` asks its pages in each.
                for route in SiteMap.all where route.method == .get && !route.pattern.hasPrefix("/appels/{slug}/jury") {
                    let path = network.path(of: route, place: network.slug(.open), account: network.account(.account))
                    for (index, person) in Person.allCases.enumerated() {
                        let reply = try await network.get(path, as: person)
                        if let row = Self.finer[route.pattern] {
                            #expect(reply.status == row[index], "\(path) as \(person): \(reply.status)")
                        } else {
                            // The floor alone decides: below it nobody comes in, on it nobody is refused.
                            let welcome: Set<Int> = [200, 204, 301, 303, 304, 308, 404, 410]
                            let allowed = isHigh(person, route) ? welcome : route.isAPI ? [401] : [303, 403]
                            #expect(allowed.contains(reply.status), "\(path) as \(person): \(reply.status)")
                        }
                        #expect(reply.status < 500, "\(path) as \(person)")
                    }
                }
            }
        }

        private func isHigh(_ person: Person, _ route: Route) -> Bool {
            switch route.floor {
            case .everyone: true
            case .signedIn: person != .visitor
            case .coordinator: person == .coordinator
            case .operator: person == .operator
            }
        }

        /// An account's page says the same to those who may not read it, whether there is such an account or not.
        @Test func accountsCannotBeCounted() async throws {
            try await LiveSite.open { (site: LiveSite) async throws -> Void in
                let network = try await TrialNetwork(site)
                let known = try #require(network.account(.coordinator)).text
                let invented = try #require(network.places[.hidden]).id.text
                for person in [Person.visitor, .account, .editor, .manager, .animator, .funder] {
                    for suffix in ["", "/roles"] {
                        let (one, other) = (
                            "/administration/comptes/\(known)\(suffix)", "/administration/comptes/\(invented)\(suffix)"
                        )
                        let isGet = suffix.isEmpty
                        let fields = [("role", Role.coordinator.rawValue), ("reason", "Un motif assez long.")]
                        let first =
                            isGet
                            ? try await network.get(one, as: person) : try await network.post(one, fields, as: person)
                        let second =
                            isGet
                            ? try await network.get(other, as: person)
                            : try await network.post(other, fields, as: person)
                        #expect(
                            first.status == second.status, "\(suffix) as \(person): \(first.status), \(second.status)")
                        #expect(first.settled(known) == second.settled(invented), "\(suffix) as \(person)")
                    }
                }
            }
        }

        @Test(arguments: TestEngine.available)
        func aPlaceIsShownToThoseWhoMayKnowIt(engine: TestEngine) async throws {
            try await LiveSite.open(engine) { (site: LiveSite) async throws -> Void in
                let network = try await TrialNetwork(site)
                for kind in Kind.allCases {
                    for person in Person.allCases {
                        let reply = try await network.get("/lieux/" + network.slug(kind), as: person)
                        let wanted: Set<Int> =
                            !TrialNetwork.maySee(person, kind) ? [404] : kind == .merged ? [301, 308] : [200]
                        #expect(wanted.contains(reply.status), "\(kind) as \(person): \(reply.status)")
                        if reply.status == 200 { #expect(reply.text.contains(kind.rawValue)) }
                    }
                }
            }
        }

        /// What one may not know exists answers, at every address that names a place, exactly as what does not exist.
        @Test(arguments: Battery.engines)
        func whatIsHiddenAnswersLikeWhatIsNot(engine: TestEngine) async throws {
            try await LiveSite.open(engine) { (site: LiveSite) async throws -> Void in
                let network = try await TrialNetwork(site)
                let before = try await SecurityJourneys.digest(site, besides: ["session"])
                let routes = SiteMap.all.filter { route in
                    route.parameterNames.contains { ["slug", "id", "place"].contains($0) }
                        && (route.pattern.contains("lieu") || route.pattern.contains("place"))
                }
                #expect(routes.count >= 2)
                var compared = 0
                for kind in Kind.allCases where kind != .open && kind != .merged {
                    for person in Self.readers where !TrialNetwork.maySee(person, kind) {
                        let place = try #require(network.places[kind])
                        for route in routes {
                            let hidden = network.path(of: route, place: place.slug, number: place.id.text)
                            let absent = network.path(of: route, place: "lieu-jamais-vu", number: "8ZZZZZZZZZZZZ")
                            let isGet = route.method == .get
                            let one =
                                isGet
                                ? try await network.get(hidden, as: person) : try await network.post(hidden, as: person)
                            let other =
                                isGet
                                ? try await network.get(absent, as: person) : try await network.post(absent, as: person)
                            #expect(
                                one.status == other.status,
                                "\(route.method) \(hidden) as \(person): \(one.status), \(other.status)")
                            #expect(
                                one.settled(place.slug, place.id.text)
                                    == other.settled("lieu-jamais-vu", "8ZZZZZZZZZZZZ"),
                                "\(route.method) \(hidden) as \(person)")
                            #expect(
                                one.headers.map(\.name) == other.headers.map(\.name),
                                "\(route.method) \(hidden) as \(person)")
                            #expect(!one.text.contains(kind.rawValue), "\(route.method) \(hidden) as \(person)")
                            compared += 1
                        }
                    }
                }
                #expect(try await SecurityJourneys.digest(site, besides: ["session"]) == before)
                print("alike absences: \(compared) pairs on \(routes.count) routes, \(engine)")
            }
        }

        /// No page, list, count, search, feed, tile or export lets out a word of a place that its reader may not know.
        @Test(arguments: Battery.engines)
        func noSideViewLetsAnythingOut(engine: TestEngine) async throws {
            try await LiveSite.open(engine) { (site: LiveSite) async throws -> Void in
                let network = try await TrialNetwork(site)
                var seen = 0
                for person in Self.readers {
                    let unknown = Kind.allCases.filter { !TrialNetwork.maySee(person, $0) }
                    let queries =
                        [""] + unknown.map { "?q=" + $0.rawValue } + ["?q=Lens&embed=1", "?page=2", "?format=json"]
                    // A jury has states of its own: `JuryMatrixTests` asks its pages in each.
                    for route in SiteMap.all
                    where route.method == .get && !route.pattern.hasPrefix("/appels/{slug}/jury") {
                        let path = network.path(
                            of: route, place: network.slug(.open), account: network.account(.account))
                        for query in queries {
                            let reply = try await network.get(path + query, as: person)
                            let settled =
                                query.isEmpty ? reply.text : reply.text.replacing(query.dropFirst(3), with: "…")
                            for kind in unknown {
                                #expect(!settled.contains(kind.rawValue), "\(path)\(query) as \(person) names \(kind)")
                                #expect(
                                    !settled.contains(network.slug(kind)) || settled.contains("q=" + kind.rawValue),
                                    "\(path)\(query) as \(person) links to \(kind)")
                            }
                            seen += 1
                        }
                    }
                }
                print("side views: \(seen) answers, \(engine)")
            }
        }
    }
}
