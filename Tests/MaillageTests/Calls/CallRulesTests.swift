import Exchange
import Testing

@testable import Maillage

// CALL-8
@Suite("The règlement") struct CallRulesTests {
    private static var settings: CallSettings {
        var settings = CallSettings(identity: CallWorld.identity)
        settings.presentation.context = "Un réseau est en cours.\n\nArticle 99 – Faux article\n• un point\n• un autre"
        settings.envelope.floor = 7_500_000
        settings.envelope.ceiling = 15_000_000
        settings.envelope.months = 36
        settings.criteria = [
            CallCriterion("a", "Ancrage", guide: "Les partenaires.", weight: 1),
            CallCriterion("b", "Viabilité", weight: 2),
        ]
        settings.attachments = [CallAttachment("s", "Statuts", requiredIf: "si association", kinds: ["pdf"])]
        settings.calendar.waves = [
            // Friday 16 October 2020 at midnight: the first instant that is too late is 22:00 UTC.
            CallWave(id: CallWave.ID(1), closesAt: Instant(seconds: 1_602_885_600), words: "avant le 16 à minuit")
        ]
        return settings
    }

    @Test("is made of the settings, in numbered articles") func articles() {
        let text = CallRules.text(of: Self.settings, version: 3).text
        #expect(
            text.hasPrefix(
                "Règlement de l’appel à manifestation d’intérêt «\u{A0}Tiers-lieux du bassin\u{A0}»\nVersion 3\n"))
        #expect(text.contains("Article 1 – Objet\n"))
        #expect(text.contains("de 75\u{202F}000\u{A0}€ à 150\u{202F}000\u{A0}€"))
        #expect(text.contains("Durée\u{202F}: 3\u{A0}ans"))
        #expect(text.contains("vendredi 16 octobre 2020 à 23\u{A0}h\u{A0}59"))
        #expect(!text.contains("à minuit"))
        #expect(text.contains("33,33\u{A0}% du total. Les partenaires.") && text.contains("66,67\u{A0}% du total"))
        #expect(text.contains("- Statuts, si association (PDF)"))
        #expect(!text.contains("Comité"))
    }

    @Test("reads back as it was written, whatever people wrote in it") func readBack() {
        let rules = CallRules.text(of: Self.settings, version: 1)
        let read = RulesText(reading: rules.text)
        #expect(read == rules)
        #expect(read.text == rules.text)
        #expect(!read.articles.contains { $0.title == "Faux article" })
    }

    @Test("has the fingerprint that sha256sum prints") func fingerprint() {
        #expect(
            RulesText.fingerprint("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test("amounts, rates and lengths are written as people read them") func words() throws {
        #expect(CallWords.euros(0) == "0\u{A0}€")
        #expect(CallWords.euros(-123_456_705) == "\u{2212}1\u{202F}234\u{202F}567,05\u{A0}€")
        #expect(
            CallWords.rate(8_000) == "80\u{A0}%" && CallWords.rate(3_750) == "37,5\u{A0}%"
                && CallWords.rate(5) == "0,05\u{A0}%")
        #expect(
            [6, 12, 18, 24, 30, 36].map { CallWords.duration(months: $0) } == [
                "6\u{A0}mois", "1\u{A0}an", "18\u{A0}mois", "2\u{A0}ans", "2\u{A0}ans et 6\u{A0}mois", "3\u{A0}ans",
            ])
        let start = try #require(CivilDate(iso: "2024-02-29"))
        #expect(CallWords.months(from: start, to: try #require(CivilDate(iso: "2025-02-28"))) == 11)
    }
}
