import Exchange
import Testing

/// Seeded damage to well-formed inputs: readers may refuse, never trap, and never depend on how the bytes are cut.
@Suite("Damaged inputs") struct MutationTests {
    /// SplitMix64 (Vigna): the same damage on every machine.
    struct Random: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    static let telling: [UInt8] =
        Array("\",;\r\n{}[]:\\u0-.eE&=%+<>/\t|'\0".utf8) + [0x80, 0xC3, 0xE9, 0xEF, 0xBB, 0xBF, 0xFF, 0xFE]

    static func damaged(_ bytes: [UInt8], _ random: inout Random) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...6, using: &random) where !bytes.isEmpty {
            let at = Int.random(in: 0..<bytes.count, using: &random)
            let byte = telling.randomElement(using: &random) ?? 0
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[at] = byte
            case 1: bytes.insert(byte, at: at)
            case 2: bytes.remove(at: at)
            case 3: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...20, using: &random)))
            default: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 15)], at: at)
            }
        }
        return bytes
    }

    static func pieces(_ bytes: [UInt8], _ random: inout Random) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = rest.prefix(Int.random(in: 1...12, using: &random))
            pieces.append(Array(piece))
            rest = rest.dropFirst(piece.count)
        }
        return pieces
    }

    /// What a reading gives, as something to compare.
    static func outcome<T: Equatable>(_ read: () throws -> T) -> Result<T, Blank> {
        (try? read()).map { .success($0) } ?? .failure(Blank())
    }

    struct Blank: Error, Equatable {}

    @Test func csvNeverDependsOnCuts() {
        var random = Random(state: 1)
        let seed = "\u{FEFF}nom;\"a;\"\"b\"\r\n\r\n\"é\r\nè\";x\"y\r\n;\"\"\r\nfin;€\r1;2".bytes
        for _ in 0..<3_000 {
            let bytes = Self.damaged(seed, &random)
            let pieces = Self.pieces(bytes, &random)
            let whole = Self.outcome { try CSVReader.records(in: bytes) }
            let cut = Self.outcome {
                var reader = CSVReader()
                var records: [CSVRecord] = []
                for piece in pieces { try reader.feed(piece) { records.append($0) } }
                try reader.finish { records.append($0) }
                return records
            }
            #expect(whole == cut, "\(bytes)")
        }
    }

    @Test func jsonStreamsWhatTheParserAccepts() {
        var random = Random(state: 2)
        let seed = "[1, -2.5e3,\"a\\u00e9\\\"]\", {\"b\":[[],{}], \"c\":null},\ntrue , \"é\"]".bytes
        for _ in 0..<3_000 {
            let bytes = Self.damaged(seed, &random)
            let pieces = Self.pieces(bytes, &random)
            let whole = Self.outcome { () -> [JSONValue] in
                guard let items = try JSONValue.parse(bytes, byteOrderMark: .skip).array else { throw Blank() }
                return items
            }
            let cut = Self.outcome {
                var reader = JSONElementReader(.array)
                var values: [JSONValue] = []
                for piece in pieces { try reader.feed(piece) { values.append($0.value) } }
                _ = try reader.finish()
                return values
            }
            #expect(whole == cut, "\(String(decoding: bytes, as: UTF8.self))")
            if case .success(let values) = whole {
                let written = JSONWriter.bytes(of: .array(values))
                #expect(Self.outcome { try JSONValue.parse(written) } == .success(.array(values)))
            }
        }
    }

    @Test func geoJSONNeverDependsOnCuts() {
        var random = Random(state: 3)
        let seed = """
            {"type":"FeatureCollection","bbox":[1,2,3,4],"features":[{"type":"Feature","id":1,"properties":{"a":"é"},
            "geometry":{"type":"Polygon","coordinates":[[[0,0],[1,2],[3,4,5],[0,0]]]}},
            {"type":"Feature","properties":null,"geometry":{"type":"Point","coordinates":[3.05,50.6]}}]}
            """.bytes
        for _ in 0..<2_000 {
            let bytes = Self.damaged(seed, &random)
            let pieces = Self.pieces(bytes, &random)
            func read(_ pieces: [[UInt8]]) throws -> [GeoJSONReader.Outcome] {
                var reader = GeoJSONReader()
                var outcomes: [GeoJSONReader.Outcome] = []
                for piece in pieces { try reader.feed(piece) { outcomes.append($0) } }
                try reader.finish { outcomes.append($0) }
                return outcomes
            }
            #expect(Self.outcome { try read([bytes]) } == Self.outcome { try read(pieces) })
        }
    }

    @Test func multipartNeverDependsOnCuts() {
        var random = Random(state: 4)
        for _ in 0..<3_000 {
            let bytes = Self.damaged(MultipartReaderTests.body, &random)
            var cuts: [Int] = []
            for piece in Self.pieces(bytes, &random) { cuts.append((cuts.last ?? 0) + piece.count) }
            let whole = Self.outcome { try MultipartReaderTests.events(bytes, cuts: []) }
            #expect(whole == Self.outcome { try MultipartReaderTests.events(bytes, cuts: cuts) })
        }
    }

    @Test func formsTextAndGzipNeverTrap() throws {
        var random = Random(state: 5)
        let form = "a=1&b=%C3%A9+x&c=%00&&d".bytes
        let html = "<p class=\"a\">L&rsquo;&#233;t&#xE9;<br/><!-- x --><script>a</script>D<e9>p</p>".bytes
        let packed = try Gzip.compress(html)
        var accepted = 0
        for _ in 0..<2_000 {
            if let read = try? URLEncodedForm(parsing: Self.damaged(form, &random)) {
                accepted += 1
                #expect(try URLEncodedForm(parsing: read.encoded.utf8) == read)
            }
            let bytes = Self.damaged(html, &random)
            let text = TextEncoding.decode(bytes).text
            #expect(TextEncoding.decode(Array(text.utf8)).repairedBytes == 0)
            _ = HTMLText.plain(text)
            _ = EscapedBytes.decode(text)
            _ = ComposedText.nfc(text)
            _ = try? Gzip.decompress(Self.damaged(packed, &random), maxBytes: 10_000)
            _ = JSONLocator.place(of: [.member("a"), .item(3), .member("b")], in: Self.damaged(bytes, &random))
        }
        #expect(accepted > 100)
    }
}
