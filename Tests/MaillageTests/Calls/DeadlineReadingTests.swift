import Exchange
import Testing

@testable import Maillage

@Suite("The reading of a limit")
struct DeadlineReadingTests {
    /// The limits that a sentence may mean, as machines write them, read on Wednesday 2 September 2020 in Paris.
    private static func limits(
        _ text: String, asOf: String = "2020-09-02", zone: CivilZone = .paris
    ) throws -> [String] {
        let day = try #require(CivilDate(iso: asOf))
        return try DeadlineReading.readings(of: text, asOf: day, zone: zone).map(\.deadline.machineWords)
    }

    private static func readings(_ text: String, asOf: String = "2020-09-02") throws -> [DeadlineReading] {
        try DeadlineReading.readings(of: text, asOf: try #require(CivilDate(iso: asOf)))
    }

    private static func refusal(_ text: String) throws -> String {
        do throws(DeadlineRefusal) {
            guard let day = CivilDate(iso: "2020-09-02") else { return "" }
            let found = try DeadlineReading.readings(of: text, asOf: day)
            Issue.record("« \(text) » was read as \(found.map(\.deadline.machineWords))")
            return ""
        } catch {
            return error.reason
        }
    }

    // DEAD-3
    @Test(
        "midnight may end or begin the day, and ends it first",
        arguments: [
            "avant le vendredi 16 octobre 2020 à minuit", "Avant le 16 octobre, minuit", "minuit le 16 octobre",
            "jusqu'au vendredi 16 octobre 2020 à minuit", "jusqu’au 16 octobre 2020 avant minuit", "16/10/2020 minuit",
            "Le dossier de candidature dûment rempli doit être déposé avant le vendredi 16 octobre 2020 à minuit, par "
                + "voie électronique",
        ])
    func midnight(_ text: String) throws {
        #expect(try Self.limits(text) == ["2020-10-16T22:00:00Z", "2020-10-15T22:00:00Z"])
        let readings = try Self.readings(text)
        #expect(readings[0].explanation.contains("la fin du vendredi 16 octobre 2020"))
        #expect(readings[1].explanation.contains("la dernière journée est celle du jeudi 15 octobre 2020"))
    }

    // DEAD-3
    @Test func midnightIsClearWhenTheSentenceSaysWhichNight() throws {
        #expect(try Self.limits("jusqu’au 16 octobre inclus, minuit") == ["2020-10-16T22:00:00Z"])
        #expect(
            try Self.limits("dans la nuit du vendredi 16 au samedi 17 octobre à minuit") == ["2020-10-16T22:00:00Z"])
        #expect(try Self.limits("minuit le 16", asOf: "2020-10-02").first == "2020-10-16T22:00:00Z")
        #expect(try Self.limits("jusqu'au 9 mai 2021 avant minuit").first == "2021-05-09T22:00:00Z")
        #expect(try Self.limits("le 16 octobre 2020 à 24 h") == ["2020-10-16T22:00:00Z"])
    }

    // DEAD-4
    @Test(
        "an hour is sharp, a last minute is whole, a day is whole unless it is said « avant »",
        arguments: [
            ("jusqu’au 16 octobre 2020 à 23h59", ["2020-10-16T22:00:00Z"]),
            ("avant le 16 octobre 2020 23:59", ["2020-10-16T22:00:00Z", "2020-10-16T21:59:00Z"]),
            ("16/10/2020 23:59:59", ["2020-10-16T22:00:00Z"]),
            ("16/10/2020 17:00", ["2020-10-16T15:00:00Z", "2020-10-16T15:01:00Z"]),
            ("avant le 16 octobre 2020 à 17 h", ["2020-10-16T15:00:00Z"]),
            ("au plus tard le 30 à 12 h", ["2020-09-30T10:00:00Z", "2020-09-30T10:01:00Z"]),
            ("le 1er mars à midi", ["2021-03-01T11:00:00Z", "2021-03-01T11:01:00Z"]),
            ("le premier mars 2021 à midi et demi", ["2021-03-01T11:30:00Z", "2021-03-01T11:31:00Z"]),
            ("16 octobre 2019 à 0 h 01 dernier délai", ["2019-10-15T22:01:00Z", "2019-10-15T22:02:00Z"]),
            ("avant le 16 octobre", ["2020-10-15T22:00:00Z", "2020-10-16T22:00:00Z"]),
            ("avant le 16 octobre inclus", ["2020-10-16T22:00:00Z"]),
            ("jusqu’au 16 octobre", ["2020-10-16T22:00:00Z"]),
            ("jusqu’au 16 octobre exclu", ["2020-10-15T22:00:00Z"]),
            ("le 16 octobre 2020, à 5 h du soir, avant", ["2020-10-16T15:00:00Z"]),
            ("avant 5 heures de l’après-midi le 16 octobre", ["2020-10-16T15:00:00Z"]),
            ("2020-10-16T15:00:00Z", ["2020-10-16T15:00:00Z", "2020-10-16T15:00:01Z"]),
            ("Date limite\u{202F}: ven. 16 oct. 2020, 17h30", ["2020-10-16T15:30:00Z", "2020-10-16T15:31:00Z"]),
            ("du mardi 1er septembre au vendredi 16 octobre 2020", ["2020-10-16T22:00:00Z"]),
            (
                "du 1er septembre à midi au 16 octobre à 17 h 00 min 00 s",
                ["2020-10-16T15:00:01Z", "2020-10-16T15:00:00Z"]
            ),
        ] as [(String, [String])])
    func hours(_ text: String, _ expected: [String]) throws {
        #expect(Set(try Self.limits(text)) == Set(expected))
        #expect(try Self.limits(text).count == expected.count)
        if !text.contains("00 s") { #expect(try Self.limits(text) == expected) }
    }

    // DEAD-4: 0 h opens a day, and is often meant to close it.
    @Test func zeroHoursIsSaid() throws {
        let found = try Self.readings("le 16 octobre à 0 h")
        #expect(found.map(\.deadline.machineWords).contains("2020-10-15T22:00:00Z"))
        #expect(found.last?.deadline.machineWords == "2020-10-16T22:00:00Z")
        #expect(try Self.limits("avant le 17 octobre à 0 h") == ["2020-10-16T22:00:00Z"])
    }

    // DEAD-5
    @Test func aWeekdayThatContradictsTheDateIsSaid() throws {
        let found = try Self.readings("avant le vendredi 16 octobre 2021 à 17 h")
        #expect(found.map(\.deadline.machineWords) == ["2021-10-16T15:00:00Z", "2021-10-15T15:00:00Z"])
        #expect(found[0].remarks.contains { $0.contains("est un samedi, pas un vendredi") })
        #expect(found[1].explanation != "" && found[1].remarks.contains { $0.contains("le vendredi le plus proche") })
        // The year is unsaid: 2020 has passed, and its 16 October was a Friday.
        let next = try Self.readings("vendredi 16 octobre à 17 h", asOf: "2020-11-02")
        #expect(next.contains { $0.deadline.machineWords == "2020-10-16T15:00:00Z" })
        #expect(next.first?.deadline.machineWords == "2021-10-16T15:00:00Z")
        // Nothing is said against a weekday that is right.
        #expect(try Self.readings("vendredi 16 octobre 2020 à 17 h")[0].remarks == [])
    }

    // DEAD-6
    @Test(
        "what is unsaid is the next one",
        arguments: [
            ("avant le 1er septembre à 17 h", "2020-09-02", "2021-09-01T15:00:00Z"),
            ("avant le 2 septembre à 17 h", "2020-09-02", "2020-09-02T15:00:00Z"),
            ("avant le 31 à 17 h", "2020-09-02", "2020-10-31T16:00:00Z"),
            ("avant le 29 février à 17 h", "2021-01-10", "2024-02-29T16:00:00Z"),
            ("avant le 16 octobre prochain à 17 h", "2020-09-02", "2020-10-16T15:00:00Z"),
            ("fin octobre", "2020-09-02", "2020-10-31T23:00:00Z"),
            ("avant fin février", "2024-01-02", "2024-02-29T23:00:00Z"),
            ("avant la fin du mois d’octobre 2021", "2020-09-02", "2021-10-31T23:00:00Z"),
            ("d’ici la fin du mois", "2020-09-02", "2020-09-30T22:00:00Z"),
            ("avant la fin de l’année", "2020-09-02", "2020-12-31T23:00:00Z"),
            ("avant octobre", "2020-09-02", "2020-09-30T22:00:00Z"),
            ("avant vendredi à midi", "2020-09-02", "2020-09-04T10:00:00Z"),
            ("mercredi prochain avant 17 h", "2020-09-02", "2020-09-09T15:00:00Z"),
            ("demain avant 17 h", "2020-09-02", "2020-09-03T15:00:00Z"),
            ("après-demain avant 17 h", "2020-09-02", "2020-09-04T15:00:00Z"),
            ("dans quinze jours", "2020-09-02", "2020-09-17T22:00:00Z"),
            ("dans 2 semaines, avant midi", "2020-09-02", "2020-09-16T10:00:00Z"),
            ("ce soir à minuit", "2020-09-02", "2020-09-02T22:00:00Z"),
            ("à la mi-octobre", "2020-09-02", "2020-10-15T22:00:00Z"),
        ] as [(String, String, String)])
    func unsaid(_ text: String, _ asOf: String, _ expected: String) throws {
        #expect(try Self.limits(text, asOf: asOf).first == expected)
    }

    // DEAD-9
    @Test(
        "a sentence may name its zone",
        arguments: [
            ("avant le 16 octobre 2020 à 18 h, heure de La Réunion", "2020-10-16T14:00:00Z", "Indian/Reunion"),
            ("avant le 16 octobre 2020 à 18 h (heure de la Martinique)", "2020-10-16T22:00:00Z", "America/Martinique"),
            ("avant le 16 octobre 2020 à 18 heures de Paris", "2020-10-16T16:00:00Z", "Europe/Paris"),
            ("avant le 16 octobre 2020 à 18 h, heure locale", "2020-10-16T22:00:00Z", "America/Guadeloupe"),
            ("avant le 16/10/2020 18:00 UTC", "2020-10-16T18:00:00Z", "UTC"),
            (
                "avant le 16 octobre 2020 à 18 h heure de Saint-Pierre-et-Miquelon", "2020-10-16T20:00:00Z",
                "America/Miquelon"
            ),
            ("avant le 16 octobre 2020 à 18 h heure des Marquises", "2020-10-17T03:30:00Z", "Pacific/Marquesas"),
        ] as [(String, String, String)])
    func zones(_ text: String, _ expected: String, _ zone: String) throws {
        let day = try #require(CivilDate(iso: "2020-09-02"))
        let found = try DeadlineReading.readings(of: text, asOf: day, zone: .guadeloupe)
        #expect(found.map(\.deadline.machineWords) == [expected])
        #expect(found[0].deadline.zone.identifier == zone)
    }

    // DEAD-7
    @Test func theSkippedAndTheRepeatedHourAreSaid() throws {
        let spring = try Self.readings("avant le 28 mars 2021 à 2 h 30")
        #expect(spring.map(\.deadline.machineWords) == ["2021-03-28T01:30:00Z", "2021-03-28T01:00:00Z"])
        #expect(spring.allSatisfy { $0.remarks.contains { $0.contains("n’existe pas") } })
        let autumn = try Self.readings("avant le 25 octobre 2020 à 2 h 30")
        #expect(autumn.map(\.deadline.machineWords) == ["2020-10-25T01:30:00Z", "2020-10-25T00:30:00Z"])
        #expect(autumn[0].remarks.contains { $0.contains("le second passage, à l’heure d’hiver") })
        #expect(
            try Self.limits("avant le 25 octobre 2020 à 2 h 30, heure d’été") == ["2020-10-25T00:30:00Z"])
        let miquelon = try Self.limits("avant le 14 mars 2021 à 2 h 30, heure de Saint-Pierre-et-Miquelon")
        #expect(miquelon == ["2021-03-14T05:30:00Z", "2021-03-14T05:00:00Z"])
        // The whole days of both nights are 23 and 25 hours long.
        #expect(try Self.limits("jusqu’au 25 octobre 2020") == ["2020-10-25T23:00:00Z"])
        #expect(try Self.limits("jusqu’au 29 mars 2020", asOf: "2020-01-02") == ["2020-03-29T22:00:00Z"])
    }

    // DEAD-8
    @Test(
        "nonsense is refused with its reason",
        arguments: [
            ("", "Écrivez la date"), ("bonjour", "Aucune date"), ("à 17 h", "le jour manque"),
            ("le 31 février 2021", "Le 31 février 2021 n’existe pas."), ("avant le 29/02/2021", "n’existe pas"),
            ("le 30 février", "n’existe pas"), ("10/16/2020", "Le mois 16 n’existe pas"), ("le 45 octobre", "jour 45"),
            ("le 16 octobre à 25 h", "n’existe pas"), ("le 16 octobre à 17 h 75", "n’existe pas"),
            ("le 16 octobre ou le 17 octobre", "annonce un choix"), ("le 16 octobre, le 17 octobre", "deux dates"),
            ("le 16 octobre à 17 h à midi", "deux heures"), ("le 16 octobre vers 17 h", "instant précis"),
            ("le 16 octobre à midi moins le quart", "calcul"), ("le 16 octobre à minuit et demi", "en lettres"),
            ("la veille du 16 octobre", "autre jour"), ("vendredi dernier à 17 h", "passé"),
            ("fin du mois prochain", "jour précis"), ("le 16 octobre en fin de journée", "pas un instant"),
            ("le ١٦ octobre", "chiffre"), ("le 16 octobre à 17 h ½", "chiffre"),
            ("dans 3 jours ouvrés", "jours travaillés"), ("dans 48 h", "jours ou en semaines"),
            ("vendredi après-midi", "n’est pas une heure"), ("le 16 octobre au matin", "instant précis"),
            ("après le 16 octobre", "dit un début"), ("début octobre", "n’est pas un jour"),
            ("jusqu’en octobre", "Il manque le jour"), ("le 16 octobre, 42", "Que veut dire"),
            ("le 16 octobre 0020", "n’est pas celle d’un appel"), ("le 1234567890", "n’est ni un jour"),
            ("le 16 octobre à 17 h, heure de Tombouctou", "n’est pas connue"),
            ("avant le 16 octobre à 17 h, soit avant le 17 octobre à 17 h", "ne tombent pas au même instant"),
            (String(repeating: "le 16 octobre ", count: 60), "trop longue"),
        ] as [(String, String)])
    func nonsense(_ text: String, _ reason: String) throws {
        #expect(try Self.refusal(text).contains(reason))
    }

    // DEAD-8: words may be left aside, and are told; numbers never are.
    @Test func whatIsLeftAsideIsTold() throws {
        let found = try Self.readings("avant le 16 octobre 2020 à 17 h chez Madame Zibeline")
        #expect(found[0].remarks.contains { $0.contains("«\u{202F}Zibeline\u{202F}»") })
    }

    // DEAD-8: whatever is typed, an answer comes.
    @Test func anythingTypedIsAnswered() throws {
        let day = try #require(CivilDate(iso: "2020-09-02"))
        let pieces = [
            "le", "16", "octobre", "2020", "à", "minuit", "17", "h", "30", ":", "/", "-", "avant", "jusqu’au",
            "nuit du",
            "soit", "fin", "heure", "de", "Paris", "inclus", "vendredi", "99999", "1er", "dans", "jours", "é", "\u{0}",
            "🕛",
            "min", "s", "mi", "dernier", "jour", "après", "demain", "ce", "du", "au", ".", "T", "Z", "UTC", "d’été",
        ]
        var state: UInt64 = 20_201_016
        func chance(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(count))
        }
        var read = 0
        for _ in 0..<20_000 {
            let words = (0..<chance(12)).map { _ in pieces[chance(pieces.count)] }
            let text = words.joined(separator: chance(3) == 0 ? "" : " ")
            do throws(DeadlineRefusal) {
                let found = try DeadlineReading.readings(of: text, asOf: day)
                #expect(!found.isEmpty && found.count <= 8, "\(text)")
                read += 1
            } catch {
                #expect(error.reason.utf8.count > 10, "\(text)")
            }
        }
        #expect(read > 100)
    }
}
