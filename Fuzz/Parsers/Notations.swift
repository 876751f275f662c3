import Exchange

extension Parser {
    /// Notations of one line, and texts as the web writes them.
    static let notations = [openingHours, markup]

    private static let openingHours = Parser(
        "hours",
        texts: [
            "Mo-Fr 09:00-12:30,14:00-18:00; Sa 10:00-13:00; PH off", "lundi au vendredi de 9h à 12h30 et de 14h à 18h",
            "Apr-Oct: Mo[1] 08:00+ || \"sur rendez-vous\"; 2026 Dec 24-2027 Jan 02 closed; SH 10:00-16:00/01:30",
            "easter -2 days-easter +1 day off; week 1-53/2 We sunrise-sunset; 24/7",
            "9h - 12h / 14h - 17h\n-\n10:00-12:00",
        ],
        read: { text in
            guard let monday = CivilDate(year: 2_026, month: 11, day: 23), let noon = CivilTime(monday, hour: 12) else {
                return
            }
            let surroundings = OpeningSurroundings()
            for hours in [
                given { try OpeningHours(parsing: text) }, OpeningHours.frenchProse(text),
                OpeningHours.franceServices(
                    week: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)),
            ].compactMap({ $0 }) {
                _ = hours.state(at: noon, surroundings)
                _ = hours.sentence(at: noon, surroundings)
                _ = hours.nextChange(after: noon, surroundings)
                _ = hours.segments(on: monday, surroundings)
                mustHold((0...7 * 1_440).contains(hours.openMinutes(inWeekOf: monday)), "a week of seven days")
                _ = WeekGrid(hours)
            }
        })

    private static let markup = Parser(
        "markup",
        seeds: {
            [
                Array("<p class=\"a\">L&rsquo;&#233;t&#xE9;<br/><!-- x --><script>a</script>D<e9>p</p>".utf8),
                Array("<ul><li>a</li><li>b &amp; c</ul>&#1114112;&notin".utf8), [0xFF, 0xFE, 0x61, 0, 0xE9, 0],
                Array("d\u{E9}j\u{E0} \u{80}".unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }),
            ]
        },
        read: { bytes in
            let text = TextEncoding.decode(bytes).text
            mustHold(
                TextEncoding.decode(Array(text.utf8)).repairedBytes == 0, "a text that was decoded has nothing to mend")
            for pieces in [bytes.halves, bytes.crumbs] {
                var transcoder = TextTranscoder()
                var utf8: [UInt8] = []
                for piece in pieces { utf8 += transcoder.feed(piece) }
                utf8 += transcoder.finish()
                mustHold(String(validating: utf8, as: UTF8.self) != nil, "transcoded text is UTF-8")
            }
            _ = HTMLText.plain(text)
            _ = EscapedBytes.decode(text)
            _ = ComposedText.nfc(text)
        })
}
