import Exchange
import Testing

@Suite("Decoding text of unknown encoding") struct TextEncodingTests {
    @Test func utf8IsKeptWithOrWithoutItsMark() {
        #expect(TextEncoding.decode("été €".bytes) == DecodedText("été €", .utf8))
        #expect(TextEncoding.decode("\u{FEFF}été".bytes) == DecodedText("été", .utf8WithMark))
        #expect(TextEncoding.decode([]) == DecodedText("", .utf8))
        #expect(TextEncoding.decode("a".bytes) == DecodedText("a", .utf8))
    }

    @Test func windows1252IsRecognised() {
        let bytes: [UInt8] = [0xE9, 0x74, 0xE9, 0x20, 0x80, 0x92, 0x9C]
        #expect(TextEncoding.decode(bytes) == DecodedText("été €’œ", .windows1252))
        #expect(TextEncoding.decode([0xE9, 0x81]) == DecodedText("é\u{FFFD}", .windows1252, repaired: 1))
    }

    @Test func aStrayByteInUTF8IsRepairedAndCounted() {
        let bytes = "café à l’".bytes + [0xE9] + "tage".bytes
        #expect(TextEncoding.decode(bytes) == DecodedText("café à l’étage", .utf8, repaired: 1))
    }

    @Test func utf16IsReadByItsMark() {
        let units = Array("é😀a".utf16)
        let little: [UInt8] = [0xFF, 0xFE] + units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let big: [UInt8] = [0xFE, 0xFF] + units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        #expect(TextEncoding.decode(little) == DecodedText("é😀a", .utf16LittleEndian))
        #expect(TextEncoding.decode(big) == DecodedText("é😀a", .utf16BigEndian))
        #expect(
            TextEncoding.decode([0xFE, 0xFF, 0xD8, 0x00, 0x00, 0x61, 0x00])
                == DecodedText("\u{FFFD}a\u{FFFD}", .utf16BigEndian, repaired: 3))
    }

    @Test func everySplitTranscodesTheSame() {
        let units = Array("é😀\u{D7FF}".utf16)
        let inputs: [[UInt8]] = [
            "\u{FEFF}été €😀".bytes, "é€😀".bytes, [0xE9, 0x74, 0xE9, 0xF0, 0x9F],
            [0xFF, 0xFE] + units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } + [0x3D],
        ]
        for bytes in inputs {
            var whole = TextTranscoder()
            let expected = whole.feed(bytes) + whole.finish()
            for cut in 0...bytes.count {
                var transcoder = TextTranscoder()
                let output = transcoder.feed(Array(bytes[..<cut])) + transcoder.feed(Array(bytes[cut...]))
                #expect(output + transcoder.finish() == expected)
                #expect(transcoder.encoding == whole.encoding)
                #expect(transcoder.repairedBytes == whole.repairedBytes)
            }
        }
    }

    @Test func literalByteEscapesAreDecoded() {
        #expect(EscapedBytes.decode("D<e9>p<f4>t") == ("Dépôt", 2))
        #expect(EscapedBytes.decode("caf<c3><a9>") == ("café", 2))
        #expect(EscapedBytes.decode("a <b> <3c> <e9") == ("a <b> <3c> <e9", 0))
    }

    @Test func textIsComposed() {
        #expect(Array(ComposedText.nfc("e\u{301}te\u{301}").utf8) == "\u{E9}t\u{E9}".bytes)
        #expect(Array(ComposedText.nfc("l’\u{E9}t\u{E9} €").utf8) == "l’\u{E9}t\u{E9} €".bytes)
        #expect(Array(ComposedText.nfc("\u{212B}").utf8) == "\u{C5}".bytes)
    }
}

extension DecodedText {
    init(_ text: String, _ encoding: TextEncoding, repaired: Int = 0) {
        self.init(utf8: text.bytes, encoding: encoding, repairedBytes: repaired)
    }
}
