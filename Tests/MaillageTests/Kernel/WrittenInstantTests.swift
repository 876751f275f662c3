import Testing

@testable import Maillage

@Suite struct WrittenInstantTests {
    @Test func isoIsReadBack() {
        for seconds: Int64 in [0, 1, 951_782_400, 1_795_325_200, 4_102_444_799] {
            let instant = Instant(seconds: seconds)
            #expect(Instant(iso: instant.iso) == instant)
        }
        for text in [
            "", "2026-11-22", "2026-11-22T05:26:40", "2026-11-22 05:26:40Z", "2026-02-29T00:00:00Z",
            "2026-11-22T24:00:00Z",
            "2026-11-22T05:26:40+", "20\u{FF12}6-11-22T05:26:4Z",
        ] {
            #expect(Instant(iso: text) == nil, "\(text)")
        }
    }

    @Test func whatAPersonTypes() {
        let half = Instant(iso: "2026-11-22T17:30:00Z")
        for text in [
            "2026-11-22 18:30", "2026-11-22T18:30", "2026-11-22 18:30:00", "2026-11-22T17:30:00Z",
            "2026-11-22 17:30Z", "2026-11-22T18:30:00+01:00", "2026-11-22T12:30-05:00", "2026-11-22T23:00:00+05:30",
        ] {
            #expect(Instant(typed: text) == half, "\(text)")
        }
        #expect(Instant(typed: "2026-07-14 12:00") == Instant(iso: "2026-07-14T10:00:00Z"), "summer time")
        // The hours that do not exist, and those that come twice.
        #expect(Instant(typed: "2026-03-29 02:30") == nil)
        #expect(Instant(typed: "2026-10-25 02:30") == nil)
        #expect(Instant(typed: "2026-10-25T02:30+01:00") == Instant(iso: "2026-10-25T01:30:00Z"))
        for text in ["", "hier", "2026-11-22", "2026-11-22 18h30", "2026-11-22 18:30+1", "2026-11-22 18:30+99:00", "Z"]
        {
            #expect(Instant(typed: text) == nil, "\(text)")
        }
    }
}
