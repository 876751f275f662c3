import Exchange
import Testing

@testable import Maillage

@Suite("A limit and its words")
struct DeadlineTests {
    static let zones: [CivilZone] = [
        .paris, .guadeloupe, .martinique, .guyane, .reunion, .mayotte, .saintPierreEtMiquelon, .nouvelleCaledonie,
        .wallisEtFutuna, .polynesie, .marquises, .utc,
    ]

    private static func deadline(_ iso: String, _ zone: CivilZone = .paris) throws -> Deadline {
        let date = try #require(CivilDate(iso: iso.prefix(10)))
        let parts = iso.dropFirst(11).split(separator: ":").compactMap { Int($0) }
        let time = try #require(CivilTime(date, hour: parts[0], minute: parts[1], second: parts[2]))
        return try #require(
            Deadline(limit: Instant(microseconds: CivilZone.utc.utc(of: time)), zone: zone, typed: ""))
    }

    // DEAD-1
    @Test func aLimitIsExclusive() throws {
        let deadline = try Self.deadline("2020-10-16T22:00:00")
        #expect(deadline.accepts(arrival: Instant(microseconds: deadline.limit.microseconds - 1)))
        #expect(!deadline.accepts(arrival: deadline.limit))
        #expect(!deadline.accepts(arrival: Instant(microseconds: .max)))
        #expect(deadline.accepts(arrival: Instant(microseconds: .min)))
    }

    // DEAD-1: what is not a whole second of our time is no limit.
    @Test func aLimitIsAWholeSecondOfOurTime() throws {
        #expect(Deadline(limit: Instant(microseconds: 1), zone: .paris, typed: "") == nil)
        #expect(Deadline(limit: Instant(microseconds: -1_000_000), zone: .paris, typed: "") == nil)
        #expect(Deadline(limit: Instant(microseconds: .max), zone: .paris, typed: "") == nil)
        #expect(Deadline(limit: Instant(seconds: 0), zoneIdentifier: "Europe/Berlin", typed: "") == nil)
        #expect(Deadline(limit: Instant(seconds: 0), zoneIdentifier: "Indian/Reunion", typed: "")?.zone == .reunion)
    }

    // DEAD-2
    @Test func theWordsAreThoseOfTheCall() throws {
        let deadline = try Self.deadline("2020-10-16T22:00:00")
        let plain = deadline.words.replacing("\u{A0}", with: " ")
        #expect(
            plain == "jusqu’au vendredi 16 octobre 2020 à 23 h 59 min 59 s (heure de Paris) — soit avant le samedi "
                + "17 octobre 2020 à 0 h 00")
        #expect(
            deadline.shortWords.replacing("\u{A0}", with: " ")
                == "jusqu’au 16 octobre 2020 à 23 h 59 min 59 s (heure de Paris)")
        #expect(!plain.contains("minuit"))
        let march = try Self.deadline("2021-03-01T11:00:00").words.replacing("\u{A0}", with: " ")
        #expect(march.hasPrefix("jusqu’au lundi 1er mars 2021 à 11 h 59 min 59 s (heure de Paris)"))
    }

    // DEAD-2
    @Test("the words read back to the same instant, in every zone, through two years and both nights", arguments: zones)
    func wordsReadBack(_ zone: CivilZone) throws {
        let asOf = try #require(CivilDate(iso: "2026-11-22"))
        let odd: Int64 = 13 * 3_600 + 17 * 60 + 41
        var instants: [Int64] = []
        for step in Int64(0)..<250 { instants.append(1_577_836_800 + step * 3 * (86_400 + odd)) }
        // Every twenty minutes, less or more a second, of the nights when Paris and Saint-Pierre change, and of a leap day.
        for night in [
            "2020-03-29T00:00:00", "2020-10-25T00:00:00", "2026-03-29T00:00:00", "2026-10-25T00:00:00",
            "2026-03-08T00:00:00", "2026-11-01T00:00:00", "2028-02-29T00:00:00",
        ] {
            let start = try Self.deadline(night).limit.seconds
            for step in Int64(-9)..<45 {
                let tenth = start + step * 1_200
                instants += [tenth - 1, tenth, tenth + 1]
            }
        }
        for instant in instants {
            let deadline = try #require(Deadline(limit: Instant(seconds: instant), zone: zone, typed: ""))
            let others = instant % 7 == 0 ? [deadline.words.uppercased()] : []
            for words in [deadline.words, deadline.shortWords] + others {
                // Another default zone: the words name their own.
                let read = try DeadlineReading.readings(of: words, asOf: asOf, zone: .marquises)
                #expect(read.count == 1 && read[0].deadline.limit == deadline.limit, "\(words)")
                #expect(read[0].deadline.zone == zone, "\(words)")
                #expect(read[0].deadline.words == deadline.words)
            }
        }
    }

    // DEAD-9: the table of the reference for Friday 16 October 2026, 24 h in Paris.
    @Test(
        "visitors read their own hour",
        arguments: [
            (CivilZone.guadeloupe, "vendredi 16 octobre 2026 à 17 h 59"),
            (.guyane, "vendredi 16 octobre 2026 à 18 h 59"),
            (.saintPierreEtMiquelon, "vendredi 16 octobre 2026 à 19 h 59"),
            (.mayotte, "samedi 17 octobre 2026 à 0 h 59"),
            (.reunion, "samedi 17 octobre 2026 à 1 h 59"), (.nouvelleCaledonie, "samedi 17 octobre 2026 à 8 h 59"),
            (.wallisEtFutuna, "samedi 17 octobre 2026 à 9 h 59"), (.polynesie, "vendredi 16 octobre 2026 à 11 h 59"),
            (.marquises, "vendredi 16 octobre 2026 à 12 h 29"),
        ] as [(CivilZone, String)])
    func visitors(_ zone: CivilZone, _ expected: String) throws {
        let deadline = try Self.deadline("2026-10-16T22:00:00")
        let words = try #require(deadline.visitorWords(in: zone)).replacing("\u{A0}", with: " ")
        #expect(words.hasPrefix(expected + " min 59 s (heure d"))
        #expect(deadline.visitorWords(in: .paris) == nil)
        // The second before, not the instant of the limit, decides of the offset.
        #expect(deadline.words(in: zone).contains(" — soit avant le "))
    }

    // DEAD-10
    @Test(
        "what remains is rounded down",
        arguments: [
            (1_987_205, "il reste 23 jours"), (277_199, "il reste 3 jours et 4 heures"),
            (86_400, "il reste 1 jour"), (3_660, "il reste 1 heure et 1 minute"), (3_599, "il reste 59 minutes"),
            (601, "il reste 10 minutes"), (250, "il reste 4 minutes et 10 secondes"), (59, "il reste 59 secondes"),
            (1, "il reste 1 seconde"), (0, "la limite vient de passer"), (-2, "la limite est passée depuis 2 secondes"),
            (-7_200, "la limite est passée depuis 2 heures"),
        ] as [(Int64, String)])
    func timeLeft(_ seconds: Int64, _ expected: String) throws {
        let deadline = try Self.deadline("2020-10-16T22:00:00")
        #expect(deadline.timeLeft(at: deadline.limit - .seconds(seconds)).replacing("\u{A0}", with: " ") == expected)
    }

    // DEAD-10
    @Test func theLastSecondIsHonest() throws {
        let deadline = try Self.deadline("2020-10-16T22:00:00")
        let near = Instant(microseconds: deadline.limit.microseconds - 1)
        #expect(deadline.timeLeft(at: near) == "il reste moins d’une seconde")
        #expect(deadline.timeLeft(at: deadline.limit) == "la limite vient de passer")
        #expect(deadline.timeLeft(at: Instant(microseconds: .min)).hasPrefix("il reste"))
        #expect(deadline.timeLeft(at: Instant(microseconds: .max)).hasPrefix("la limite est passée depuis"))
    }

    // DEAD-11
    @Test func aLimitMovesOnlyForward() throws {
        let first = try Self.deadline("2020-10-16T22:00:00")
        let later = try Self.deadline("2020-10-16T22:00:01", .reunion)
        #expect(first.isExtended(by: later))
        #expect(!later.isExtended(by: first))
        #expect(!first.isExtended(by: first))
    }

    // DEAD-12
    @Test func theDayOfTheLimitIsLookedAt() throws {
        let asOf = try #require(CivilDate(iso: "2020-09-02"))
        func remarks(_ text: String) throws -> [String] {
            try DeadlineReading.readings(of: text, asOf: asOf)[0].remarks
        }
        #expect(try remarks("avant le 18 octobre 2020 à 17 h") == ["Le dernier jour est un dimanche."])
        #expect(try remarks("avant le 11 novembre 2020 à 17 h") == ["Le dernier jour est férié (Armistice de 1918)."])
        #expect(
            try remarks("avant le 26 octobre 2020 à 1 h")
                == ["Les horloges changent d’heure à un jour de cette limite."])
        #expect(try remarks("avant le 1er septembre 2020 à 17 h") == ["Cette limite est déjà passée."])
        #expect(
            try remarks("avant le 20 décembre 2021 à 17 h, heure de La Réunion")
                == ["Le dernier jour est férié (Abolition de l’esclavage)."])
    }

    // DEAD-2
    @Test func theCalendarFileSaysTheSameWords() throws {
        let deadline = try Self.deadline("2020-10-16T22:00:00")
        let event = deadline.calendarEvent(
            uid: "a@b", stamp: Instant(seconds: 0), title: "Tiers-lieux", page: "https://example.org/appels/a")
        #expect(event.details == "Dépôts acceptés \(deadline.words).")
        let bytes = ICalendarWriter(name: "Appels").bytes([event])
        #expect(String(decoding: bytes, as: UTF8.self).contains("DTSTART:20201016T220000Z"))
    }
}
