import Exchange
import Testing

@Suite struct OpeningHoursFrenchTests {
    /// Spaces that do not break are written `_` in these tests.
    private func plain(_ text: String) -> String {
        String(text.map { $0 == "\u{202F}" || $0 == "\u{A0}" ? "_" : $0 })
    }

    @Test(arguments: [
        ("Mo-Fr 09:00-12:30,14:00-18:00", "Lundi au vendredi_: 9_h – 12_h_30 et 14_h – 18_h"),
        ("24/7", "Tous les jours_: 24_h sur 24"),
        ("Mo,Tu,Sa 09:00-12:00; PH off", "Lundi, mardi et samedi_: 9_h – midi | Jours fériés_: fermé"),
        ("Fr 20:00-24:00", "Vendredi_: 20_h – minuit"),
        ("Mo 09:00-12:00; We \"sur rendez-vous\"", "Lundi_: 9_h – midi | Mercredi_: sur rendez-vous"),
        ("Mo 09:00-11:00 open \"adhérents\"", "Lundi_: 9_h – 11_h (adhérents)"),
        ("Sa[1] 10:00-11:00", "Premier samedi du mois_: 10_h – 11_h"),
        ("Mo 10:00-11:00; Dec 24-Jan 01 off", "Lundi_: 10_h – 11_h | 24_décembre au 1er_janvier_: fermé"),
        ("Apr-Sep Mo 10:00-11:00", "Lundi, avril à septembre_: 10_h – 11_h"),
        ("Sa,PH 10:00-11:00", "Samedi_: 10_h – 11_h | Jours fériés_: 10_h – 11_h"),
        ("Mo 10:00+", "Lundi_: 10_h – minuit (heure de fin non précisée)"),
        ("Mo off", "Tous les jours_: fermé"),
    ])
    func writesFrenchLines(_ text: String, _ expected: String) throws {
        let lines = try OpeningHours(parsing: text).lines.map(\.sentence).joined(separator: " | ")
        #expect(plain(lines) == expected)
    }

    @Test func theTableHasSevenDays() throws {
        let table = try #require(try OpeningHours(parsing: "Mo,We 09:00-12:00").table)
        #expect(table.map(\.label).first == "Lundi")
        let closed = Array(repeating: "fermé", count: 4)
        #expect(table.map { plain($0.hours) } == ["9_h – midi", "fermé", "9_h – midi"] + closed)
    }

    @Test(arguments: [
        ("Mo-Fr 09:00-18:00", "2025-03-03 10:00", "Ouvert jusqu’à 18_h"),
        ("Mo-Fr 09:00-18:00", "2025-03-03 08:00", "Fermé, ouvre à 9_h"),
        ("Mo-Fr 09:00-18:00", "2025-03-03 19:00", "Fermé, ouvre demain à 9_h"),
        ("Mo-Fr 09:00-18:00", "2025-03-07 19:00", "Fermé, ouvre lundi à 9_h"),
        ("Fr 20:00-24:00", "2025-03-07 21:00", "Ouvert jusqu’à minuit"),
        ("Fr 20:00-02:00", "2025-03-07 21:00", "Ouvert jusqu’à 2_h"),
        ("24/7", "2025-03-07 21:00", "Ouvert en continu"), ("off", "2025-03-07 21:00", "Fermé"),
        ("Jan 3 09:00-12:00", "2025-12-07 21:00", "Fermé, ouvre le 3_janvier 2026 à 9_h"),
        ("off \"travaux\"", "2025-03-07 21:00", "Fermé (travaux)"),
        ("Mo-Su \"sur rendez-vous\"", "2025-03-07 21:00", "Horaires à confirmer (sur rendez-vous)"),
    ])
    func saysNowInOneSentence(_ text: String, _ time: String, _ expected: String) throws {
        #expect(plain(try OpeningHours(parsing: text).sentence(at: try moment(time))) == expected)
    }

    @Test(arguments: [
        "Mo-Fr 09:00-12:00,14:00-18:00; Sa 10:00-12:00; PH off", "Mo,We-Fr 22:00-02:00", "Mo-Su 00:00-24:00",
        "Sa 20:00-24:00",
    ])
    func theGridAndTheSyntaxAreTheSame(_ text: String) throws {
        let grid = try #require(WeekGrid(try OpeningHours(parsing: text)))
        #expect(grid.syntax == text)
    }

    @Test func theGridRefusesWhatItCannotShow() throws {
        let texts = [
            "Apr Mo 10:00-12:00", "Mo 10:00-12:00 \"bus\"", "PH off; Mo 10:00-12:00", "Mo 17:00-12:00", "Mo 08:00+",
            "Mo 8:00-9:00,10:00-11:00,12:00-13:00,14:00-15:00", "Sa,PH 10:00-12:00",
        ]
        for text in texts {
            #expect(WeekGrid(try OpeningHours(parsing: text)) == nil, "\(text)")
        }
        var grid = WeekGrid()
        #expect(grid.syntax == "")
        grid[1] = [.init(840, 840)]
        grid[9] = [.init(0, 1)]
        #expect(grid.syntax == nil)
    }

    @Test func readsTheColumnsOfFranceServices() throws {
        let usual = "09:00 - 12:00 / 13:30 - 17:00"
        let cells = [usual, usual, "09:00-12:00 13:30-17:00", "-", "00 :30-08:30", ""]
        #expect(OpeningHours.franceServices(week: cells)?.source == "Mo-We 09:00-12:00,13:30-17:00; Fr 00:30-08:30")
        let doubtful = [
            "09:00-12:00-13:30-17:00", "09:00:12:00", "12:00 - 09:00", "fermé le matin", "09:00-12:00-/3:00-17:00",
        ]
        for cell in doubtful {
            #expect(OpeningHours.franceServices(week: [cell, "", "", "", "", ""]) == nil, "\(cell)")
        }
        #expect(OpeningHours.franceServices(week: ["", "-"]) == nil)
    }

    @Test(arguments: [
        ("Lundi au vendredi de 10h à 12h et de 14h à 17h", "Mo-Fr 10:00-12:00,14:00-17:00"),
        ("Mardi au vendredi de 8h30 à 12h et le samedi de 9h à 12h", "Tu-Fr 08:30-12:00; Sa 09:00-12:00"),
        ("Tous les jours de 8h à 20h", "Mo-Su 08:00-20:00"), ("Lundi au samedi de 8 à 20h", "Mo-Sa 08:00-20:00"),
        (
            "Lundi et mercredi de 14h à 18h30, Jeudi et vendredi de 9hà 12h et de 14h à 18h30",
            "Mo,We 14:00-18:30; Th-Fr 09:00-12:00,14:00-18:30"
        ),
        (
            "Lundi de 13h30 à 17h, du Mardi au vendredi de 9h à 12h, du Mardi au Jeudi de 13h30 à 17h",
            "Mo 13:30-17:00; Tu-Th 09:00-12:00,13:30-17:00; Fr 09:00-12:00"
        ),
        ("Lundi : 8h30 – 12h30 et 13h30 – 15h00", "Mo 08:30-12:30,13:30-15:00"),
        ("du lundi au jeudi de 9 h à midi", "Mo-Th 09:00-12:00"),
    ])
    func readsPlainFrenchSentences(_ text: String, _ expected: String) {
        #expect(OpeningHours.frenchProse(text)?.source == expected)
    }

    @Test(arguments: [
        "Accueil sur rendez-vous", "Deux vendredis par mois", "Lundi à vendredi 9h12h-14h-17h", "Lundi au vendredi",
        "Mercredi de 10h à 12h ou sur rdv toute la semaine",
        "Lundi, mardi de 9h à 12h, Fermé pendant vacances scolaires",
        "Lundi, mardi, jeudi de 8h30 à 11h30. Ces mêmes jours, sur rdv de 16h à 17h", "Mardi de 17h à 12h", "",
        "Lundi au vendredi de 10h à 12h et de 14h- à 18h30", "Mardi 9h-12h et mercredi", "de 9h à 12h",
    ])
    func keepsDoubtfulSentencesAsText(_ text: String) {
        #expect(OpeningHours.frenchProse(text) == nil)
    }

    @Test func givesValuesToSearchEngines() throws {
        let values = try OpeningHours(parsing: "Mo-Tu 09:00-24:00; PH off; 2025 Dec 24-26 off").schemaOrg
        #expect(values.map(\.opens) == ["09:00", "00:00", "00:00"])
        #expect(values.map(\.closes) == ["23:59", "00:00", "00:00"])
        #expect(values[0].daysOfWeek == ["https://schema.org/Monday", "https://schema.org/Tuesday"])
        #expect(values[1].daysOfWeek == ["https://schema.org/PublicHolidays"])
        #expect(values[2].validThrough?.description == "2025-12-26")
    }
}
