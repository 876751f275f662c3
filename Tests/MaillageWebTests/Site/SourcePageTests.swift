import Testing

@testable import Maillage
@testable import MaillageWeb

/// The offer of section 13 of the licence.
@Suite struct SourcePageTests {
    @Test func everyPageLeadsToTheSource() async throws {
        try await MapSite.on(.sqlite) { site in
            let page = try await site.get("/lieux")
            #expect(page.text.contains("href=\"/code-source\""))
        }
    }

    @Test func withoutAnAddressItSaysWhichVersionRunsAndHowToAsk() async throws {
        var settings = Settings()
        settings.contactEmail = "code@reseau.test"
        try await MapSite.on(.sqlite, settings: settings) { site in
            let page = try await site.get("/code-source")
            #expect(page.status == 200)
            #expect(page.text.contains(ProgramVersion.name) && page.text.contains("mailto:code@reseau.test"))
            #expect(page.text.contains("donné gratuitement"))
        }
    }

    @Test func withAnAddressItLeadsThere() async throws {
        var settings = Settings()
        settings.sourceURL = "https://forge.test/maillage"
        try await MapSite.on(.sqlite, settings: settings) { site in
            let page = try await site.get("/code-source")
            #expect(page.text.contains("href=\"https://forge.test/maillage\""))
            #expect(!page.text.contains("donné gratuitement"))
        }
    }

    @Test func onlyAWebAddressIsAccepted() throws {
        #expect(throws: SettingError.self) {
            try Settings(environment: ["MAILLAGE_SOURCE_URL": "javascript:alert(1)"], file: [:])
        }
        let settings = try Settings(environment: [:], file: ["source_url": "https://forge.test/x"])
        #expect(settings.sourceURL == "https://forge.test/x")
    }
}
