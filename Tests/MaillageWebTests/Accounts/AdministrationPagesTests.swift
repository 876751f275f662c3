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
            #expect(boss.status == 303)
            try await boss.follow()
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
