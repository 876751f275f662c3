import Exchange

@testable import Maillage

extension Parser {
    /// Limits of calls, as organisers write them.
    static let moments = [deadline]

    private static let deadline = Parser(
        "deadline",
        texts: [
            "avant le vendredi 16 octobre 2026 à minuit", "le 16/10/2026 à 17h30, heure de La Réunion",
            "jusqu’au 1er mars inclus",
            "lundi prochain à midi et demi", "31 décembre, soit le jeudi 31/12/2026 à 23h59", "2026-10-16T17:00",
            "dans la nuit du 24 au 25 octobre 2026 à 2 h 30", "fin du mois, dernier délai",
            "au plus tard le 29 février 2028 à 24 h",
        ],
        read: { text in
            guard let today = CivilDate(year: 2_026, month: 11, day: 23),
                let readings = given({ try DeadlineReading.readings(of: text, asOf: today) })
            else { return }
            mustHold((1...8).contains(readings.count), "one reading at least, and eight at most")
            mustHold(Set(readings.map(\.deadline.limit)).count == readings.count, "no instant twice")
            for reading in readings {
                mustHold(!reading.sentence.isEmpty && !reading.explanation.isEmpty, "a reading in words")
                let shown = given {
                    try DeadlineReading.readings(of: reading.deadline.words, asOf: today, zone: reading.deadline.zone)
                }
                mustHold(
                    shown?.contains { $0.deadline.limit == reading.deadline.limit } ?? false,
                    "a limit that is read again as it is shown: \(reading.deadline.words)")
            }
        })
}
