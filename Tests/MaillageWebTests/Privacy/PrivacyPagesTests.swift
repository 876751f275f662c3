import Maillage
import Testing
import Workbench

@testable import MaillageWeb

@Suite struct PrivacyPagesTests {
    // PRIV-1
    @Test func `the public page and the register say what the program applies`() async throws {
        try await AccountSite.on(.sqlite) { site in
            let visitor = AccountBrowser(site)
            try await visitor.get("/donnees-personnelles")
            #expect(visitor.status == 200)
            for declaration in DataRegister.declarations where !declaration.people.isEmpty {
                #expect(visitor.text.contains(declaration.purpose), "\(declaration.table)")
                #expect(visitor.text.contains(RetentionWords.term(declaration)), "\(declaration.table)")
            }
            #expect(!visitor.text.contains("candidacy_save"), "no table is named to the public")
            let boss = try await AccountBrowser.of(try await site.account("chef", Grant(.operator, on: .network)), site)
            try await boss.get("/registre-des-traitements")
            #expect(boss.status == 200)
            for processing in Processing.allCases {
                #expect(boss.text.contains(processing.purpose) && boss.text.contains(processing.basis.label))
            }
            try await boss.get("/registre-des-traitements.csv")
            let lines = boss.text.split(whereSeparator: \.isNewline)
            let personal = DataRegister.declarations.filter { !$0.people.isEmpty }
            #expect(lines.count == personal.count + 1)
            for declaration in personal { #expect(boss.text.contains(declaration.naming.joined(separator: ", "))) }
        }
    }

    // SRV-6
    @Test(arguments: TestEngine.available)
    func `those who keep a call read who did what on it, and nobody else`(engine: TestEngine) async throws {
        try await AccountSite.on(engine) { site in
            let desk = site.desk
            let lea = try await site.account("lea", Grant(.funder, on: .network))
            let keeper = Principal(account: lea, name: "Léa", grants: [Grant(.funder, on: .network)])
            let call = try await desk.perform(CreateCall(title: "Tiers-lieux", nature: .interest), as: keeper)
            let other = try await desk.perform(CreateCall(title: "Autre appel", nature: .interest), as: .house)
            let hers = try await AccountBrowser.of(lea, site)
            try await hers.get("/appels/\(call.slug)/actes")
            #expect(hers.status == 200)
            #expect(hers.text.contains("a créé l’appel") && hers.text.contains("Personne lea"))
            try await hers.get("/appels/\(call.slug)/actes.csv")
            #expect(hers.status == 200)
            #expect(hers.type.hasPrefix("text/csv"))
            try await hers.get("/appels/\(other.slug)/actes")
            #expect(hers.status == 404, "a draft of others is not there")
            let nobody = try await AccountBrowser.of(try await site.account("rien"), site)
            for path in ["/appels/\(call.slug)/actes", "/appels/\(call.slug)/actes.csv"] {
                try await nobody.get(path)
                #expect(nobody.status == 404)
            }
            let html = String(decoding: CallAuditView.sample.rendered(), as: UTF8.self)
            #expect(html.contains("a demandé des pièces"))
        }
    }

    // SRV-6
    @Test func `every audited act is in the book, and what prepares a candidacy is not audited`() {
        let book = Set(ActBook.all.map { $0.verb })
        #expect(Set(AuditedActs.verbs).subtracting(book).isEmpty)
        let drafts = [
            StartCandidacy.verb, SaveCandidacy.verb, DescribeCandidacy.verb, AttachFiles.verb, SavePart.verb,
            SaveSheet.verb, InviteToCandidacy.verb,
        ]
        #expect(Set(drafts).isDisjoint(with: AuditedActs.verbs))
    }
}
