import Exchange
import Testing

@Suite("Writing JSON") struct JSONWriterTests {
    @Test func commasComeByThemselves() {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("a", 1)
        writer.name("b")
        writer.beginArray()
        writer.beginArray()
        writer.endArray()
        writer.bool(true)
        writer.null()
        writer.endArray()
        writer.member("c", Optional<String>.none)
        writer.member("d", 2.5)
        writer.endObject()
        #expect(writer.bytes == #"{"a":1,"b":[[],true,null],"c":null,"d":2.5}"#.bytes)
    }

    @Test func textIsEscapedAndReadsBack() throws {
        let text = "\"\\/\u{8}\u{c}\n\r\t\u{1}\u{1F}é€😀</script>&\u{2028}"
        for escapesMarkup in [false, true] {
            var writer = JSONWriter(escapesMarkup: escapesMarkup)
            writer.string(text)
            #expect(try JSONValue.parse(writer.bytes).string == text)
            #expect(String(decoding: writer.bytes, as: UTF8.self).contains("</script>") == !escapesMarkup)
        }
    }

    @Test func doublesAreTheShortestThatReadBack() throws {
        for value in [0.1, -4.49, 5, -0.0, 1e-7, 1e22, .pi, .leastNonzeroMagnitude, .greatestFiniteMagnitude] {
            var writer = JSONWriter()
            writer.double(value)
            #expect(try JSONValue.parse(writer.bytes).double == value)
        }
        var writer = JSONWriter()
        writer.beginArray()
        for value in [5.0, 2.35, .nan, .infinity] { writer.double(value) }
        writer.endArray()
        #expect(writer.bytes == "[5,2.35,null,null]".bytes)
    }
}
