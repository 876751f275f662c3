import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// The word before a session ends: when it comes, on whose pages, and what it offers.
@Suite struct SessionNoticeTests {
    private static let start = Instant(seconds: 1_790_000_000)

    private static func term(_ limits: SessionLimits, age: Instant.Span, unused: Instant.Span) -> SessionTerm {
        SessionTerm(limits: limits, openedAt: start - age, lastSeenAt: start - unused)
    }

    // ACC-35: whatever was noted of the last use, and as near as the session is to its last end.
    @Test(arguments: [SessionLimits.coordinator, .operator])
    func theWordComesTenToSixteenMinutesBefore(limits: SessionLimits) throws {
        var waits: Set<Int> = []
        for age in stride(from: 0, to: limits.absolute.seconds, by: 97) {
            for unused in stride(from: 0, through: min(age, PrincipalReader.touchInterval.seconds), by: 37) {
                let term = Self.term(limits, age: .seconds(age), unused: .seconds(unused))
                let notice = try #require(SessionNotice(term, at: Self.start))
                let left = (term.end - Self.start).seconds - Int64(notice.minutes) * 60
                #expect(left < 16 * 60 + 1, "\(left) s before the end")
                #expect(left > 10 * 60 || notice.minutes == 0, "\(left) s before the end")
                #expect(notice.end == term.end && notice.isExtendable == term.isExtendable)
                waits.insert(notice.minutes)
            }
        }
        #expect(waits.contains(0) && waits.max() == Int(limits.idle.seconds / 60) - 15)
    }

    // ACC-35: what the page asks of the style sheet is there, for the waits of every limit.
    @Test(arguments: [SessionLimits.coordinator, .operator])
    func theStyleSheetHasAClassForEveryWait(limits: SessionLimits) throws {
        let assets = Assets.load()
        let address = try #require(assets.address(of: "maillage.css"))
        let sheet = String(buffer: try #require(assets.asset(served: String(address.dropFirst(8)))).plain)
        for left in stride(from: 0, through: limits.idle.seconds, by: 60) {
            let unused = Instant.Span.seconds(limits.idle.seconds - left)
            let notice = try #require(SessionNotice(Self.term(limits, age: unused, unused: unused), at: Self.start))
            let html = String(decoding: notice.rendered(), as: UTF8.self)
            #expect(html.contains(" data-wait=\"\(notice.minutes * 60)\""))
            let classes = try #require(html.firstMatch(of: /class="([^"]*)"/)?.1.split(separator: " "))
            var told = 0
            for name in classes where name.hasPrefix("after-") {
                let (variable, unit) = name.hasSuffix("h") ? ("hours", 60) : ("minutes", 1)
                let number = try #require(Int(name.dropFirst(6).dropLast()))
                #expect(sheet.contains(".\(name) { --\(variable): \(number); }"), "\(name)")
                told += number * unit
            }
            #expect(told == notice.minutes)
        }
    }

    // ACC-35
    @Test(arguments: TestEngine.available)
    func onlyWhoMayBeSignedOutBeforeTheDayIsOverIsTold(engine: TestEngine) async throws {
        try await AccountSite.on(engine) { site in
            let visitor = try await AccountBrowser(site).get("/contact")
            #expect(visitor.status == 200 && !visitor.text.contains("session-end"))
            let lea = try await AccountBrowser.of(site.account("lea", Grant(.placeManager, on: Scope(.place, 7))), site)
            try await lea.get("/contact")
            #expect(lea.text.contains("/deconnexion") && !lea.text.contains("session-end"))
            #expect(!lea.text.contains("session.js"))
            for (name, role, wait) in [("c", Role.coordinator, 225), ("o", .operator, 45)] {
                let browser = try await AccountBrowser.of(site.account(name, Grant(role, on: .network)), site)
                // Pages that are found, that are not, that are refused.
                for (path, status) in [("/contact", 200), ("/mon-compte", 200), ("/mon-compte/adresse/inconnue", 404)] {
                    try await browser.get(path)
                    #expect(browser.status == status)
                    #expect(browser.text.contains("data-wait=\"\(wait * 60)\""), "\(path)")
                    #expect(browser.text.contains("session.js"), "\(path)")
                }
            }
        }
    }

    // ACC-35: « Rester connecté » puts the end off; to look when it comes does not.
    @Test(arguments: TestEngine.available)
    func stayingSignedInIsOneVisitAndLookingIsNone(engine: TestEngine) async throws {
        try await AccountSite.on(engine) { site in
            let id = try await site.account("c", Grant(.coordinator, on: .network))
            let looks = try await AccountBrowser.of(id, site)
            let stays = try await AccountBrowser.of(id, site)
            site.clock.advance(by: .minutes(230))
            try await looks.get(Paths.sessionEnd)
            #expect(looks.status == 200 && looks.text.contains("data-wait=\"0\""))
            #expect(looks.text.contains("Sans autre usage du site, elle se fermera à "))
            #expect(looks.text.contains("href=\"\(Paths.sessionExtension)\" target=\"_blank\""))
            try await stays.get(Paths.sessionExtension)
            #expect(stays.status == 200 && stays.text.contains("C’est fait"))
            #expect(stays.text.contains("data-wait=\"13500\""), "the word comes again, in time for the new end")
            site.clock.advance(by: .minutes(10))
            try await looks.get(Paths.sessionEnd)
            #expect(
                looks.location?.hasPrefix("/connexion") == true, "the session that was looked at ended all the same")
            site.clock.advance(by: .minutes(229))
            try await stays.get(Paths.sessionEnd)
            #expect(stays.status == 200)
        }
    }

    // ACC-35
    @Test(arguments: TestEngine.available)
    func theLastEndIsToldWithAWayToSignInAnew(engine: TestEngine) async throws {
        try await AccountSite.on(engine) { site in
            let browser = try await AccountBrowser.of(site.account("o", Grant(.operator, on: .network)), site)
            try await browser.get(Paths.signIn())
            #expect(browser.location == Paths.account, "whoever is signed in has no use for the page")
            for _ in 0..<11 {
                site.clock.advance(by: .minutes(42))
                try await browser.get("/contact")
            }
            // 7 h 42: eighteen minutes are left, whatever is done.
            #expect(browser.text.contains("data-wait=\"300\"") && browser.text.contains("sans prolongation possible"))
            #expect(
                browser.text.contains("une session dure au plus 8\u{A0}h") && !browser.text.contains("Rester connecté"))
            try await browser.get(Paths.sessionExtension)
            #expect(browser.text.contains("Elle ne durera pas plus longtemps"))
            try await browser.get(Paths.signIn())
            #expect(browser.status == 200 && browser.text.contains("Mot de passe"))
            site.clock.advance(by: .minutes(18))
            #expect(try await browser.get("/mon-compte").location?.hasPrefix("/connexion") == true)
        }
    }
}
