import Testing

@testable import MaillageWeb

/// No-break spaces made visible: `~` for U+00A0, `_` for U+202F.
private func shown(_ text: String) -> String {
    text.replacing("\u{A0}", with: "~").replacing("\u{202F}", with: "_")
}

@Suite("French writing")
struct FormatTests {
    @Test("Numbers are grouped by three")
    func numbers() {
        let cases = [
            (0, "0"), (7, "7"), (999, "999"), (1000, "1_000"), (12_345, "12_345"), (-1_234_567, "−1_234_567"),
            (100_000, "100_000"),
        ]
        for (number, text) in cases { #expect(shown(Format.number(number)) == text) }
        #expect(shown(Format.number(.min)) == "−9_223_372_036_854_775_808")
    }

    @Test("Decimals use a comma and end where they stop saying something")
    func decimals() {
        #expect(Format.decimal(3.25, places: 2) == "3,25")
        #expect(Format.decimal(3.0, places: 2) == "3")
        #expect(Format.decimal(3.0, places: 2, keepsZeros: true) == "3,00")
        #expect(Format.decimal(-0.04) == "0")
        #expect(Format.decimal(-2.5) == "−2,5")
        #expect(Format.decimal(.nan) == "—")
        #expect(Format.decimal(.infinity) == "—")
        #expect(Format.decimal(1e300) == "—")
        #expect(shown(Format.decimal(9_999.96)) == "10_000")
    }

    @Test("Amounts come from cents")
    func amounts() {
        #expect(shown(Format.amount(cents: 1_234_567)) == "12_345,67~€")
        #expect(shown(Format.amount(cents: 5)) == "0,05~€")
        #expect(shown(Format.amount(cents: -5)) == "−0,05~€")
        #expect(shown(Format.amount(cents: -123_450)) == "−1_234,50~€")
        #expect(shown(Format.euros(cents: 1_234_500)) == "12_345~€")
        #expect(shown(Format.euros(cents: 40_050)) == "400,50~€")
        #expect(shown(Format.amount(cents: .min)) == "−92_233_720_368_547_758,08~€")
    }

    @Test("Shares, distances, durations and sizes carry their unit")
    func units() {
        #expect(shown(Format.percent(0.375)) == "37,5~%")
        #expect(shown(Format.percent(1, of: 3)) == "33~%")
        #expect(Format.percent(1, of: 0) == "—")
        #expect(shown(Format.distance(metres: 852)) == "850~m")
        #expect(shown(Format.distance(metres: 42.4)) == "42~m")
        #expect(shown(Format.distance(metres: 997)) == "1~km")
        #expect(shown(Format.distance(metres: 3_249)) == "3,2~km")
        #expect(shown(Format.distance(metres: 12_400)) == "12~km")
        #expect(Format.distance(metres: -1) == "—")
        #expect(shown(Format.duration(minutes: 45)) == "45~min")
        #expect(shown(Format.duration(minutes: 60)) == "1~h")
        #expect(shown(Format.duration(minutes: 65)) == "1~h~05")
        #expect(shown(Format.fileSize(bytes: 512)) == "512 octets")
        #expect(shown(Format.fileSize(bytes: 1_240_000)) == "1,2~Mo")
    }

    @Test("The plural begins at two")
    func plurals() {
        #expect(Format.count(0, "lieu", "lieux") == "0 lieu")
        #expect(Format.count(1, "lieu", "lieux") == "1 lieu")
        #expect(Format.count(12, "lieu", "lieux") == "12 lieux")
        #expect(Format.list(["a", "b", "c"]) == "a, b et c")
        #expect(Format.list(["a", "b"], "ou") == "a ou b")
        #expect(Format.list(["a"]) == "a")
        #expect(Format.list([]) == "")
        #expect(Format.ordinal(1, isFeminine: true) == "1re")
        #expect(Format.ordinal(2) == "2e")
    }

    @Test("Dates are said with the day of the week")
    func dates() {
        #expect(
            shown(Format.moment(year: 2026, month: 10, day: 16, hour: 23, minute: 59))
                == "vendredi 16 octobre 2026 à 23~h~59")
        #expect(Format.longDate(year: 2000, month: 2, day: 29) == "mardi 29 février 2000")
        #expect(Format.longDate(year: 1970, month: 1, day: 1) == "jeudi 1er janvier 1970")
        #expect(Format.longDate(year: 1900, month: 3, day: 1) == "jeudi 1er mars 1900")
        #expect(shown(Format.time(hour: 9, minute: 0)) == "9~h")
        #expect(shown(Format.time(hour: 0, minute: 5)) == "0~h~05")
        #expect(Format.shortDate(year: 2026, month: 5, day: 3) == "03/05/2026")
        #expect(Format.isoDate(year: 987, month: 5, day: 3) == "0987-05-03")
        #expect(Format.date(year: 2026, month: 13, day: 3) == "3 — 2026")
        #expect(Format.weekdayName(year: .max, month: 1, day: 1) == "—")
        #expect(Format.period(from: (2026, 5, 3), to: (2026, 5, 5)) == "du 3 au 5 mai 2026")
        #expect(Format.period(from: (2026, 4, 30), to: (2026, 5, 2)) == "du 30 avril au 2 mai 2026")
        #expect(Format.period(from: (2025, 12, 31), to: (2026, 1, 1)) == "du 31 décembre 2025 au 1er janvier 2026")
        #expect(Format.period(from: (2026, 5, 3), to: (2026, 5, 3)) == "le 3 mai 2026")
    }

    @Test("Moments are told by their distance")
    func relative() {
        let cases = [
            (0, "à l’instant"), (59, "à l’instant"), (60, "il y a 1 minute"), (7_200, "il y a 2 heures"),
            (-7_200, "dans 2 heures"),
            (259_200, "il y a 3 jours"), (2_629_800 * 3, "il y a 3 mois"), (31_557_600 * 2, "il y a 2 ans"),
        ]
        for (seconds, text) in cases { #expect(Format.relative(secondsAgo: seconds) == text) }
        #expect(Format.relative(secondsAgo: .min).hasPrefix("dans "))
    }

    @Test(
        "French signs keep their spaces",
        arguments: [
            ("Bonjour !", "Bonjour_!"), ("Bonjour!", "Bonjour_!"), ("Quoi ?!", "Quoi_?!"), ("un : deux", "un_: deux"),
            ("10:30", "10:30"),
            ("« oui »", "«_oui_»"), ("«oui»", "«_oui_»"), ("l'atelier d'à côté", "l’atelier d’à côté"),
            ("rock 'n' roll", "rock 'n' roll"),
            ("attendez...", "attendez…"), ("https://a.fr/?x=1;y!", "https://a.fr/?x=1;y!"), ("a@b.fr?", "a@b.fr?"),
            ("voir www.a.fr !", "voir www.a.fr_!"),
            ("fin ; suite", "fin_; suite"), ("déjà\u{A0}; bien", "déjà_; bien"),
            ("déjà\u{202F}; bien", "déjà_; bien"), ("", ""), ("!", "!"),
            ("ligne\nligne", "ligne\nligne"), ("(?)", "(?)"),
        ])
    func typography(input: String, output: String) {
        #expect(shown(Format.typography(input)) == output)
        #expect(
            Format.typography(Format.typography(input)) == Format.typography(input),
            "done twice, it changes nothing more")
    }

    @Test("A text is cut between words")
    func excerpts() {
        #expect(Format.excerpt("un deux trois", limit: 20) == "un deux trois")
        #expect(Format.excerpt("un deux, trois quatre", limit: 12) == "un deux…")
        #expect(Format.excerpt("anticonstitutionnellement", limit: 10) == "anticonst…")
        #expect(Format.excerpt("  un\n\n deux ", limit: 20) == "un deux")
        #expect(Format.excerpt("", limit: 5) == "")
        #expect(Format.excerpt("mot", limit: 0) == "…")
        for limit in 1...40 {
            #expect(Format.excerpt("un deux trois quatre cinq six sept huit", limit: limit).count <= limit)
        }
    }

    @Test("Telephone numbers are written by pairs")
    func phones() {
        for typed in ["0320000000", "03.20.00.00.00", "+33 3 20 00 00 00", "0033320000000", "+33(0)320000000"] {
            #expect(shown(Format.phone(typed)) == "03~20~00~00~00", "\(typed)")
        }
        #expect(Format.phone("+32 2 000 00 00") == "+32 2 000 00 00")
        #expect(Format.phone("3949") == "3949")
        #expect(Format.phone("sur demande") == "sur demande")
    }
}
