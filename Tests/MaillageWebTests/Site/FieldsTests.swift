import Testing

@testable import MaillageWeb

@Suite struct FieldsTests {
    @Test func valuesAreDecodedInOrder() throws {
        let fields = try Fields(urlencoded: "q=caf%C3%A9+associatif&service=a&service=b&vide=&seul".utf8)
        #expect(fields["q"] == "café associatif")
        #expect(fields.values("service") == ["a", "b"])
        #expect(fields.text("vide") == nil)
        #expect(fields.has("seul"))
        #expect(fields["absent"] == nil)
    }

    @Test(arguments: ["q=%", "q=%4", "q=%zz", "q=%ff", "q=%00", "%c3=1", "q=%ed%a0%80"])
    func whatNoBrowserSendsIsRefused(text: String) {
        #expect(throws: Malformed.self) { try Fields(urlencoded: text.utf8) }
    }

    @Test func thousandsOfFieldsAreRefused() {
        let text = String(repeating: "a=1&", count: Fields.cap + 1)
        #expect(throws: Malformed.self) { try Fields(urlencoded: text.utf8) }
    }

    @Test func decomposedLettersAreComposed() throws {
        let fields = try Fields(urlencoded: "nom=e%CC%81te%CC%81".utf8)
        #expect(fields["nom"].map { Array($0.utf8) } == Array("été".utf8))
    }

    @Test func numbersAreReadOnlyWhenTheyAreNumbers() throws {
        let fields = try Fields(urlencoded: "a=12&b=+7+&c=1e9999&d=48,85&e=douze&f=99999999999999999999".utf8)
        #expect(fields.int("a") == 12)
        #expect(fields.int("b") == 7)
        #expect(fields.double("c") == nil)
        #expect(fields.double("d") == 48.85)
        #expect(fields.int("e") == nil)
        #expect(fields.int("f") == nil)
    }
}
