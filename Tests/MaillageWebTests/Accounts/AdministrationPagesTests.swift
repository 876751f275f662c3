import Maillage
import Testing
import Workbench

@testable import MaillageWeb

@Suite struct AdministrationPagesTests {
    private let pages = [
        "/exploitation", "/administration/comptes", "/administration/courriers", "/administration/journal",
        "/administration/sauvegardes",
    ]

    // ACC-22
    @Test(arguments: TestEngine.available)
    func `the pages of administration are closed to everybody else`(engine: TestEngine) async throws {
        try await AccountSite.on(engine) { site in
            _ = try await site.account("canari")
            let visitor = AccountBrowser(site)
            let people = [
                try await AccountBrowser.of(try await site.account("rien"), site),
                try await AccountBrowser.of(
                    try await site.account("resp", Grant(.placeManager, on: Scope(.place, 7))), site),
                try await AccountBrowser.of(try await site.account("fin", Grant(.funder, on: .network)), site),
            ]
            for page in pages {
                try await visitor.get(page)
                #expect(visitor.status == 303)
                for person in people {
                    try await person.get(page)
                    #expect(person.status == 403, "\(page)")
                    #expect(!person.text.contains("canari"))
                }
            }
        }
    }

    // ACC-16, ACC-17, ACC-18
    @Test(arguments: TestEngine.available)
    func `an operator appoints with a reason, and ends it`(engine: TestEngine) async throws {
        try await AccountSite.on(engine) { site in
            let lea = try await site.account("lea")
            let boss = try await AccountBrowser.of(try await site.account("chef", Grant(.operator, on: .network)), site)
            try await boss.get("/administration/comptes?q=lea")
            #expect(boss.text.contains("lea@exemple.fr"))
            #expect(!boss.text.contains("chef@exemple.fr"))
            let sheet = "/administration/comptes/\(lea.text)"
            try await boss.get(sheet)
            #expect(!boss.text.contains("value=\"editeur_lieu\""))
            try await boss.submit(sheet + "/roles", ["role": "coordination", "reason": "non"])
            #expect(boss.status == 422)
            #expect(boss.text.contains("champ-reason-erreur"))
            #expect(boss.text.contains("value=\"non\""))
            try await boss.submit(
                sheet + "/roles", ["role": "coordination", "reason": "Élue par l’assemblée", "until": "2030-02-30"])
            #expect(boss.status == 422)
            try await boss.submit(
                sheet + "/roles", ["role": "coordination", "reason": "Élue par l’assemblée", "until": ""])
            #expect(boss.status == 422 && boss.text.contains("champ-until-erreur"))
            try await boss.submit(
                sheet + "/roles", ["role": "coordination", "reason": "Élue par l’assemblée", "until": "2027-12-31"])
            #expect(boss.status == 303)
            // ACC-29: another person confirms, from the page of accounts that the home page leads to.
            try await boss.follow()
            #expect(boss.text.contains("Élue par l’assemblée") && !boss.text.contains(">Confirmer<"))
            let second = try await AccountBrowser.of(
                try await site.account("seconde", Grant(.operator, on: .network)), site)
            try await second.get("/")
            #expect(second.text.contains("1 demande attend") || second.text.contains("une seconde personne"))
            try await second.get("/administration/comptes")
            let order = try #require(second.between("action=\"/administration/demandes/", "/confirmation"))
            try await second.submit("/administration/demandes/\(order)/confirmation")
            #expect(second.status == 303)
            try await second.follow()
            #expect(second.text.contains("jusqu’au 31 décembre 2027"))
            try await boss.get(sheet)
            #expect(boss.text.contains("Élue par l’assemblée"))

            let coordinator = try await AccountBrowser.of(lea, site)
            try await coordinator.get("/administration/journal")
            #expect(coordinator.status == 200)
            try await coordinator.get("/administration/courriers")
            #expect(coordinator.status == 403)
            // Nobody gives themselves a role, even by a form written by hand.
            try await coordinator.get("/administration/comptes/\(lea.text)")
            #expect(!coordinator.text.contains("Confier un rôle"))

            let now = site.clock.now
            let directory = try await site.desk.database.read {
                try AccountDirectory.entry(lea, as: .house, at: now, $0)
            }
            let grant = try #require(directory.grants.first)
            try await boss.submit("/administration/roles/\(grant.id.text)/fin", ["reason": "Fin de mandat ce soir"])
            #expect(boss.status == 303)
            try await coordinator.get("/administration/journal")
            #expect(coordinator.status == 403)
        }
    }

    // ACC-30
    @Test(arguments: TestEngine.available)
    func `a role taken in an emergency stands on the home page until it ends`(engine: TestEngine) async throws {
        try await AccountSite.on(engine) { site in
            let boss = try await AccountBrowser.of(try await site.account("chef", Grant(.operator, on: .network)), site)
            let lea = try await AccountBrowser.of(try await site.account("lea"), site)
            try await boss.get("/exploitation")
            #expect(boss.text.contains("/exploitation/urgence"))
            try await boss.get("/exploitation/urgence")
            try await boss.submit(
                "/exploitation/urgence", ["role": "coordination", "heures": "9", "motif": "Une limite à repousser"])
            #expect(boss.status == 422 && boss.text.contains("champ-heures-erreur"))
            try await boss.submit(
                "/exploitation/urgence", ["role": "coordination", "heures": "2", "motif": "Une limite à repousser"])
            #expect(boss.status == 303)
            try await boss.follow()
            #expect(boss.text.contains("pris en urgence") && boss.text.contains("Une limite à repousser"))
            try await boss.get("/mon-compte")
            #expect(boss.text.contains("pris en urgence"))
            // Everybody who is signed in knows of it; its reason is for those who run the network.
            try await lea.get("/")
            #expect(lea.text.contains("pris en urgence") && !lea.text.contains("Une limite à repousser"))
            let visitor = AccountBrowser(site)
            try await visitor.get("/")
            #expect(!visitor.text.contains("pris en urgence"))
            site.clock.advance(by: .hours(2))
            try await lea.get("/")
            #expect(!lea.text.contains("pris en urgence"))
        }
    }

    @Test(arguments: TestEngine.available)
    func `the operator sees which letters wait, never their words`(engine: TestEngine) async throws {
        try await AccountSite.on(engine) { site in
            let boss = try await AccountBrowser.of(try await site.account("chef", Grant(.operator, on: .network)), site)
            let visitor = AccountBrowser(site)
            try await visitor.get("/connexion")
            try await visitor.submit("/connexion", ["email": "lea@exemple.fr"])
            let link = try await site.link(to: "lea@exemple.fr")
            try await boss.get("/administration/courriers")
            #expect(boss.text.contains("lea@exemple.fr"))
            // CAND-2: what a letter is about could tell who prepares a candidacy.
            #expect(!boss.text.contains("Créez votre compte"))
            #expect(!boss.text.contains(link))
            try await boss.get("/administration/journal")
            #expect(boss.text.contains("RequestSignIn"))
            #expect(!boss.text.contains("lea@exemple.fr"))
        }
    }

    @Test(arguments: TestEngine.available)
    func `an account is created from the list, or said to exist, with what was typed`(engine: TestEngine) async throws {
        try await AccountSite.on(engine) { site in
            let boss = try await AccountBrowser.of(
                try await site.account("co", Grant(.coordinator, on: .network)), site)
            try await boss.get("/administration/comptes")
            try await boss.submit("/administration/comptes", ["email": "co@exemple.fr", "name": "Encore moi"])
            #expect(boss.status == 422)
            #expect(boss.text.contains("value=\"Encore moi\""))
            try await boss.submit("/administration/comptes", ["email": "paul@exemple.fr", "name": "Paul"])
            try await boss.follow()
            #expect(boss.text.contains("paul@exemple.fr"))
        }
    }

    @Test(arguments: TestEngine.available)
    func `a role on a place that cannot be found is refused beside its field`(engine: TestEngine) async throws {
        try await AccountSite.on(engine) { site in
            let lea = try await site.account("lea")
            let boss = try await AccountBrowser.of(
                try await site.account("co", Grant(.coordinator, on: .network)), site)
            let sheet = "/administration/comptes/\(lea.text)"
            try await boss.get(sheet)
            try await boss.submit(sheet + "/roles", ["role": "editeur_lieu", "scope": "https://x.fr/lieux/nulle-part"])
            #expect(boss.status == 422)
            #expect(boss.text.contains("champ-scope-erreur"))
            #expect(boss.text.contains("https://x.fr/lieux/nulle-part"))
            try await boss.submit(sheet + "/roles", ["role": "roi", "scope": ""])
            #expect(boss.status == 422)
            #expect(boss.text.contains("champ-role-erreur"))
        }
    }
}
