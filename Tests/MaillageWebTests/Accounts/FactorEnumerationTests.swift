import HTTPTypes
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// Nobody learns at the door whether an account has a second factor, nor whether there is an account.
@Suite(.serialized) struct FactorEnumerationTests {
    private static let password = "tulipes violettes au marché"

    /// Three addresses: with a password and a factor, with a password alone, and nobody's.
    private func withThree(_ engine: TestEngine, _ body: (AccountSite, [String]) async throws -> Void) async throws {
        try await AccountSite.on(engine) { site in
            for name in ["avec", "sans"] {
                let email = try EmailAddress("\(name)@exemple.fr")
                let new = try await site.reception.passwords.prepare(Self.password, name: "Léa", email: email)
                let id = try await site.desk.perform(
                    AddAccount(email: email, name: PersonName("Léa"), password: new), as: .house)
                guard name == "avec" else { continue }
                let browser = try await AccountBrowser.of(id, site)
                try await browser.get("/mon-compte/second-facteur")
                _ = try await browser.enrol()
            }
            try await body(site, ["avec", "sans", "rien"])
        }
    }

    /// What the page says, but for what was typed and the tokens.
    private func said(_ browser: AccountBrowser, _ name: String) -> String {
        var text = ""
        var rest = browser.text[...]
        while let start = rest.firstIndex(of: "<") {
            text += rest[..<start]
            let tag = rest[start...].prefix { $0 != ">" }
            if !tag.contains("type=\"hidden\"") { text += tag }
            rest = rest[start...].dropFirst(tag.count)
        }
        return text.replacing("\(name)@", with: "x@")
    }

    private func wrong(_ browser: AccountBrowser, _ name: String, _ password: String) async throws {
        try await browser.get("/connexion")
        try await browser.submit(
            "/connexion/mot-de-passe", ["adresse": "\(name)@exemple.fr", "mot_de_passe": password])
    }

    // ACC-9, ACC-22, ACC-26
    @Test(arguments: TestEngine.available)
    func aWrongPasswordIsAnsweredAlikeWithAndWithoutFactor(engine: TestEngine) async throws {
        try await withThree(engine) { site, names in
            var answers: Set<String> = []
            for name in names {
                let browser = AccountBrowser(site)
                try await wrong(browser, name, "une autre phrase de passe")
                #expect(browser.status == 422)
                #expect(Set(browser.cookies.keys).isDisjoint(with: ["session", "etape"]), "\(name)")
                answers.insert(said(browser, name))
            }
            #expect(answers.count == 1)
            // The link is asked for alike too, and so is the second step of who has none to pass.
            answers = []
            for name in names {
                let browser = AccountBrowser(site)
                try await browser.get("/connexion")
                try await browser.submit("/connexion", ["email": "\(name)@exemple.fr"])
                #expect(browser.status == 303)
                answers.insert((browser.location ?? "") + browser.cookies.keys.sorted().joined(separator: " "))
                try await browser.get("/connexion/second-facteur")
                try await browser.submit("/connexion/second-facteur", ["code": "123456"])
                #expect(browser.status == 303 && browser.location == "/connexion")
            }
            #expect(answers.count == 1)
            // The right password alone says which it is.
            let browser = AccountBrowser(site)
            try await wrong(browser, "avec", Self.password)
            #expect(browser.location == "/connexion/second-facteur" && browser.cookies["session"] == nil)
        }
    }

    // ACC-7: what is refused for its number is refused alike as well.
    @Test(arguments: TestEngine.available)
    func tooManyTriesAreAnsweredAlike(engine: TestEngine) async throws {
        try await withThree(engine) { site, names in
            var answers: Set<String> = []
            for name in names {
                let browser = AccountBrowser(site)
                for _ in 0..<10 { try await wrong(browser, name, "une autre phrase de passe") }
                #expect(browser.status == 422)
                try await wrong(browser, name, Self.password)
                #expect(browser.status == 429, "\(name): even the right one waits")
                answers.insert(said(browser, name))
            }
            #expect(answers.count == 1)
        }
    }

    // ACC-9: by the clock. The least of several, taken in turn, so that a busy machine slows all alike; of more, while it does not.
    @Test func aWrongPasswordTakesAsLongWithAndWithoutFactor() async throws {
        try await withThree(.sqlite) { site, names in
            let clock = ContinuousClock()
            var least = [Duration](repeating: .seconds(60), count: names.count)
            var (quickest, slowest) = (Duration.zero, Duration.seconds(60))
            for round in 0..<150 where round < 12 || slowest >= quickest * 2 {
                site.clock.advance(by: .minutes(5))
                for place in names.indices {
                    let index = (place + round) % names.count
                    let browser = AccountBrowser(site)
                    try await browser.get("/connexion")
                    let start = clock.now
                    try await browser.submit(
                        "/connexion/mot-de-passe",
                        ["adresse": "\(names[index])@exemple.fr", "mot_de_passe": "une autre phrase \(round)"])
                    least[index] = min(least[index], clock.now - start)
                    #expect(browser.status == 422)
                }
                (quickest, slowest) = (least.min() ?? .zero, least.max() ?? .zero)
            }
            // A missing computation would make one of them several times as quick, however often it is asked.
            #expect(slowest < quickest * 2, "\(zip(names, least).map { "\($0): \($1)" })")
        }
    }
}
