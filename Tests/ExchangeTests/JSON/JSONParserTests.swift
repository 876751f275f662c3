import Exchange
import Testing

@Suite("Reading JSON") struct JSONParserTests {
    @Test func valuesKeepTheirOrderAndDigits() throws {
        let value = try JSONValue.parse(
            #" {"b":[1,2.50,-0,1e3],"a":{"x":null,"y":true,"z":"é\n\u00e9\ud83d\ude00"}} "#.bytes)
        #expect(value.object?.names == ["b", "a"])
        #expect(value["b"]?.array?.map(\.double) == [1, 2.5, 0, 1000])
        #expect(value["b"]?.array?.map(\.int) == [1, nil, 0, 1000])
        #expect(value["a"]?["z"]?.string == "é\né😀")
        #expect(JSONWriter.bytes(of: value) == #"{"b":[1,2.50,-0,1e3],"a":{"x":null,"y":true,"z":"é\né😀"}}"#.bytes)
    }

    @Test(arguments: [
        ("", JSONProblem.Kind.unexpectedEnd, 1, 1), ("{", .unexpectedByte(0), 0, 0),
        ("[1,]", .unexpectedByte(0x5D), 1, 4),
        ("{\"a\":1,}", .unexpectedByte(0x7D), 1, 8), ("[01]", .invalidNumber, 1, 2),
        ("[+1]", .unexpectedByte(0x2B), 1, 2),
        ("[1.]", .invalidNumber, 1, 2), ("[.5]", .unexpectedByte(0x2E), 1, 2), ("[1e]", .invalidNumber, 1, 2),
        ("nul", .unexpectedEnd, 1, 4), ("nulx", .unexpectedByte(0x78), 1, 4), ("NaN", .unexpectedByte(0x4E), 1, 1),
        ("{\"a\":1,\n\"a\":2}", .duplicateKey("a"), 2, 1), ("\"a\u{0}\"", .nullCharacter, 1, 3),
        (#""\u0000""#, .nullCharacter, 1, 2), ("\"a\nb\"", .controlCharacter, 1, 3), (#""\x""#, .invalidEscape, 1, 2),
        (#""\ud800""#, .invalidEscape, 1, 2), (#""\udc00x""#, .invalidEscape, 1, 2), (#""\u12""#, .invalidEscape, 1, 2),
        ("1 2", .trailingBytes, 1, 3), ("\u{FEFF}1", .byteOrderMark, 1, 1), ("'a'", .unexpectedByte(0x27), 1, 1),
        ("[1\n2]", .unexpectedByte(0x32), 2, 1), ("\"a", .unexpectedEnd, 1, 3), ("\"\\", .unexpectedEnd, 1, 3),
    ])
    func whatIsNotStrictJSONIsRefusedWithItsPlace(text: String, kind: JSONProblem.Kind, line: Int, column: Int) {
        let problem = #expect(throws: JSONProblem.self) { try JSONValue.parse(text.bytes) }
        if line > 0 { #expect(problem == JSONProblem(kind: kind, line: line, column: column)) }
    }

    @Test func bytesThatAreNotUTF8AreRefused() {
        #expect(throws: JSONProblem(kind: .invalidUTF8, line: 1, column: 2)) {
            try JSONValue.parse([0x22, 0x61, 0xE9, 0x22])
        }
        #expect(throws: JSONProblem(kind: .invalidUTF8, line: 1, column: 2)) {
            try JSONValue.parse([0x22, 0x5C, 0x6E, 0xC3, 0x22])
        }
    }

    @Test func depthStringsAndCountsAreCapped() throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array(repeating: UInt8(ascii: "["), count: depth) + Array(repeating: UInt8(ascii: "]"), count: depth)
        }
        _ = try JSONValue.parse(nested(64))
        #expect(throws: JSONProblem(kind: .tooDeep(limit: 64), line: 1, column: 65)) { try JSONValue.parse(nested(65)) }
        #expect(throws: JSONProblem.self) { try JSONValue.parse(nested(100_000)) }
        #expect(throws: JSONProblem(kind: .tooLong(limit: 3), line: 1, column: 2)) {
            try JSONValue.parse("\"abcd\"".bytes, limits: JSONLimits(stringBytes: 3))
        }
        #expect(throws: JSONProblem(kind: .tooManyValues(limit: 3), line: 1, column: 6)) {
            try JSONValue.parse("[1,2,3]".bytes, limits: JSONLimits(values: 3))
        }
    }

    @Test func manyMembersAreStillComparedAsBytes() throws {
        let members = (0..<40).map { "\"k\($0)\":\($0)" }.joined(separator: ",")
        let value = try JSONValue.parse("{\(members),\"é\":1,\"e\u{301}\":2}".bytes)
        #expect(value["k39"]?.int == 39)
        #expect(value["e\u{301}"]?.int == 2)
        #expect(throws: JSONProblem.self) { try JSONValue.parse("{\(members),\"k3\":1}".bytes) }
    }

    @Test func numbersReadAsTheNearestDouble() throws {
        for text in [
            "2.3488", "-4.49", "0.1", "123456789012345", "1234567890.12345678901", "5e-324", "1.7976931348623157e308",
        ] {
            #expect(try JSONValue.parse(text.bytes).double == Double(text))
        }
        #expect(try JSONValue.parse("1e999".bytes).double == nil)
        #expect(try JSONValue.parse("9223372036854775807".bytes).int == .max)
        #expect(try JSONValue.parse("9223372036854775808".bytes).int == nil)
        #expect(try JSONValue.parse("-0".bytes).double?.sign == .minus)
    }
}
