import Exchange
import Testing

@Suite struct OpeningHoursParserTests {
    private func kinds(_ text: String) throws -> [OpeningWarning.Kind] {
        try OpeningHours(parsing: text).warnings.map(\.kind)
    }

    @Test(arguments: [
        ("mo-fr 9h-12h30,13h30-17h", "Mo-Fr 09:00-12:30,13:30-17:00"),
        ("Sa  10:00-13:00,14:00-17:00", "Sa 10:00-13:00,14:00-17:00"),
        ("Mo-Fr 14:00-19:00\u{A0};Sa 14\u{A0}:00-18h00 ", "Mo-Fr 14:00-19:00; Sa 14:00-18:00"),
        ("Lundi–Vendredi 08:30–17:30", "Mo-Fr 08:30-17:30"),
        ("Sa-Mo 10:00-12:00", "Sa-Mo 10:00-12:00"),
        ("Fr 22:00-02:00", "Fr 22:00-02:00"),
        ("Mo 08:30+", "Mo 08:30+"),
        ("2024 Dec 20-2025 Jan 3 off", "2024 Dec 20-2025 Jan 03 off"),
        ("Jul 14-Aug 20 off;Dec 25 off", "Jul 14-Aug 20 off; Dec 25 off"),
        ("week 2-52/2 We 10:00-12:00", "week 02-52/2 We 10:00-12:00"),
        ("Fr[1],Sa[-1] 9:00-12:00", "Fr[1],Sa[-1] 09:00-12:00"),
        ("PH Mo-Fr 10:00-12:00", "PH Mo-Fr 10:00-12:00"),
        ("(sunset-00:10)-(sunrise-00:50) closed", "(sunset-00:10)-(sunrise-00:50) off"),
        ("Mo \u{AB}\u{A0}sur rendez-vous\u{A0}\u{BB}", "Mo \"sur rendez-vous\""),
        ("Dec 24,31 09:00-12:00", "Dec 24,Dec 31 09:00-12:00"),
        ("24/7", "24/7"),
        ("Mo 9h-midi, 14h-18h", "Mo 09:00-12:00,14:00-18:00"),
        ("Mo-Fr 09:00-12:00, We 14:00-18:00", "Mo-Fr 09:00-12:00, We 14:00-18:00"),
    ])
    func readsManySpellingsAsOneSyntax(_ text: String, _ expected: String) throws {
        let hours = try OpeningHours(parsing: text)
        #expect(hours.syntax == expected)
        #expect(try OpeningHours(parsing: hours.syntax).rules == hours.rules)
        #expect(!hours.isDoubtful)
    }

    @Test(arguments: [
        ("Fr 17:00-12:00", OpeningWarning.Kind.backwards), ("Mo 14:00-14:00", .zeroLength), ("Mo 08:30", .noEnd),
        ("Mo 08:30-", .noEnd), ("Th 08:30-12:00-13:30", .chainedTimes), ("Tu-Th-Fr 14:00-18:00", .chainedDays),
        ("Mo-Fr 09:00-12:00; 14:00-17:00", .bareTimes), ("Mo 14:00-17:00 We 09:00-12:00", .missingSeparator),
        ("Mo 09:00-12:00,11:00-14:00", .overlapping),
    ])
    func saysWhatLooksWrong(_ text: String, _ kind: OpeningWarning.Kind) throws {
        let warnings = try OpeningHours(parsing: text).warnings
        #expect(warnings.map(\.kind) == [kind])
        #expect(warnings.allSatisfy { $0.offset < text.utf8.count && !$0.message.isEmpty })
    }

    @Test func aNightIsNotBackwards() throws {
        #expect(try kinds("Fr 22:00-02:00; Sa 12:00-00:00; Su 18:00-06:00; Mo 10:00-02:00").isEmpty)
    }

    @Test(arguments: [
        ("", 0, OpeningHoursError.Fault.empty), (" ; ", 0, .empty), ("Mo 25:75-26:00", 6, .impossibleHour),
        ("Mo 09:00-12:00 \"oups", 15, .unclosedComment), ("Feb 30 off", 4, .impossibleDate),
        ("Mo bananes", 3, .unknownWord("bananes")), ("/", 0, .unexpected("/")), ("Mo-", 2, .unexpected("-")),
        ("Sa[9] 10:00-12:00", 3, .impossibleDate), ("Mo 10:00-49:00", 9, .impossibleHour),
    ])
    func saysWhereReadingStopped(_ text: String, _ offset: Int, _ fault: OpeningHoursError.Fault) {
        let error = #expect(throws: OpeningHoursError.self) { try OpeningHours(parsing: text) }
        #expect(error?.offset == offset)
        #expect(error?.fault == fault)
        #expect(error?.reason.hasSuffix(".") == true)
    }

    @Test func survivesAnyCut() throws {
        let text =
            "2024 Dec 20-2025 Jan 3,easter -2 days: week 2-52/2 Sa[1,-1] +1 day,PH (sunset-00:10)-26:00+ off \"é\""
            + " || «x»"
        let bytes = Array(text.utf8)
        for end in 0...bytes.count {
            for start in stride(from: 0, to: end, by: 7) {
                _ = try? OpeningHours(parsing: String(decoding: bytes[start..<end], as: UTF8.self))
            }
        }
        _ = try? OpeningHours(parsing: "Mo 99999999999999999999999:00-12:00")
        #expect(throws: OpeningHoursError.self) {
            try OpeningHours(parsing: String(repeating: "Mo 09:00-12:00;", count: 1000))
        }
    }
}
