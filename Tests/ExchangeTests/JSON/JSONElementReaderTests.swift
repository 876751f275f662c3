import Exchange
import Testing

@Suite("Streaming JSON") struct JSONElementReaderTests {
    typealias Seen = (values: [JSONValue], lines: [Int], envelope: JSONObject)

    private func read(_ bytes: [UInt8], _ source: JSONElementReader.Source, cut: Int, _ cut2: Int) throws -> Seen {
        var reader = JSONElementReader(source)
        var seen: Seen = ([], [], JSONObject())
        for piece in [bytes[..<cut], bytes[cut..<cut2], bytes[cut2...]] {
            try reader.feed(Array(piece)) {
                seen.values.append($0.value)
                seen.lines.append($0.line)
            }
        }
        seen.envelope = try reader.finish()
        return seen
    }

    @Test func everySplitYieldsTheSameElements() throws {
        let text =
            "\u{FEFF}{\"type\": \"x\",\n\"items\": [1, \"a]\\\"\",\n{\"b\":[[]]} ,null,-2.5e1\n], \"n\":{\"q\":[1]}}\n"
        let bytes = text.bytes
        let whole = try read(bytes, .member("items"), cut: 0, 0)
        #expect(whole.values.count == 5)
        #expect(whole.values[1].string == "a]\"")
        #expect(whole.lines == [2, 2, 3, 3, 3])
        #expect(whole.envelope.names == ["type", "n"])
        for cut in 0...bytes.count {
            let seen = try read(bytes, .member("items"), cut: cut, min(cut + 1, bytes.count))
            #expect(seen.values == whole.values && seen.lines == whole.lines && seen.envelope == whole.envelope)
        }
    }

    @Test func anArrayAtTheTopYieldsItsElements() throws {
        #expect(try read("[]".bytes, .array, cut: 0, 0).values.isEmpty)
        #expect(try read(" [ 1 , [2] , {} ] ".bytes, .array, cut: 3, 5).values.count == 3)
    }

    @Test(arguments: [
        "", "[", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "[1]]", "[1],", "[1}", "{}", "1", "[tru]", "[1e]", "[\"a]",
        "[{]}]",
    ])
    func whatIsNotAStrictArrayIsRefused(text: String) {
        for cut in 0...text.utf8.count {
            #expect(throws: JSONProblem.self) { try read(text.bytes, .array, cut: cut, cut) }
        }
    }

    @Test(arguments: [
        "{}", "[]", "{\"items\":{}}", "{\"items\":[1],}", "{\"items\":[1],\"items\":[2]}",
        "{\"a\":1,\"a\":2,\"items\":[]}",
        "{\"items\":[]", "{\"items\":[]}x", "{,\"items\":[]}", "{\"items\" []}", "{items:[]}", "{\"a\":,\"items\":[]}",
    ])
    func whatIsNotAnObjectWithTheArrayIsRefused(text: String) {
        for cut in 0...text.utf8.count {
            #expect(throws: JSONProblem.self) { try read(text.bytes, .member("items"), cut: cut, cut) }
        }
    }

    @Test func problemsInsideAnElementHaveTheirPlaceInTheFile() throws {
        #expect(throws: JSONProblem(kind: .duplicateKey("a"), line: 3, column: 8)) {
            try read("[1,\n2,\n{\"a\":1,\"a\":2}]".bytes, .array, cut: 4, 9)
        }
    }

    @Test func elementsAndEnvelopeAreCapped() {
        for text in ["[\"0123456789\"]", "{\"a\":\"0123456789\"}", "{\"a\":\"012\",\"b\":\"012\"}"] {
            var reader = JSONElementReader(
                text.first == "[" ? .array : .member("items"), limits: JSONLimits(elementBytes: 9))
            #expect(throws: JSONProblem.self) { try reader.feed(text.bytes) { _ in } }
        }
    }

    @Test func publicFilesStreamAsTheyParse() throws {
        for file in SharedData.files("places", ending: ".json") {
            let bytes = try SharedData.bytes(file)
            let whole = try JSONValue.parse(bytes, byteOrderMark: .skip)
            guard let expected = whole.array else { continue }
            var reader = JSONElementReader(.array)
            var count = 0
            for start in stride(from: 0, to: bytes.count, by: 65_536) {
                try reader.feed(Array(bytes[start..<min(start + 65_536, bytes.count)])) {
                    #expect($0.value == expected[$0.index])
                    count += 1
                }
            }
            _ = try reader.finish()
            #expect(count == expected.count)
        }
    }
}
