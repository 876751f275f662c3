import HTTPTypes
import Testing

@testable import MaillageWeb

@Suite("Parts of a file") struct ByteRangeTests {
    private static func asked(_ range: String, _ condition: String? = nil, size: Int = 100) -> ByteRange {
        var headers: HTTPFields = [.range: range]
        headers[.ifRange] = condition
        return ByteRange.asked(headers, size: size, tag: "\"a\"")
    }

    // ATT-16
    @Test func oneRangeIsReadAsTheStandardSays() {
        #expect(ByteRange.asked([:], size: 100, tag: "\"a\"") == .whole)
        #expect(Self.asked("bytes=0-0") == .part(0..<1))
        #expect(Self.asked("bytes=10-19") == .part(10..<20))
        #expect(Self.asked("bytes=90-") == .part(90..<100))
        #expect(Self.asked("bytes=90-500") == .part(90..<100))
        #expect(Self.asked("bytes=-10") == .part(90..<100))
        #expect(Self.asked("bytes=-500") == .part(0..<100))
        #expect(Self.asked("BYTES=1-2") == .part(1..<3))
        for range in ["bytes=100-", "bytes=500-600", "bytes=-0", "bytes=99999999999999999999999-"] {
            #expect(Self.asked(range) == .unsatisfiable, "\(range)")
        }
        #expect(Self.asked("bytes=0-", size: 0) == .unsatisfiable)
        #expect(Self.asked("bytes=0-99999999999999999999999") == .part(0..<100))
        #expect(Self.asked("bytes=0-9223372036854775807") == .part(0..<100))
        for range in [
            "bytes=2-1", "bytes=", "bytes=-", "bytes=1", "bytes=1-2-3", "bytes=1-2,5-6", "pages=1-2", "bytes=é-2",
        ] {
            #expect(Self.asked(range) == .whole, "\(range)")
        }
        #expect(Self.asked("bytes=0-" + String(repeating: "1", count: 300)) == .whole)
    }

    // ATT-16
    @Test func aPartIsOfTheFileThatWasBegun() {
        #expect(Self.asked("bytes=5-", "\"a\"") == .part(5..<100))
        for condition in ["\"b\"", "W/\"a\"", "a", "Tue, 22 Sep 2026 08:00:00 GMT"] {
            #expect(Self.asked("bytes=5-", condition) == .whole, "\(condition)")
        }
    }
}
