import Exchange
import Testing

@Suite("Forms and query strings") struct URLEncodedFormTests {
    typealias Field = URLEncodedForm.Field

    @Test func fieldsComeInOrderDecoded() throws {
        let form = try URLEncodedForm(parsing: "a=1&b=x+y%20z&&a=%C3%A9%3D&vide=&seul&=x&c=a=b".utf8)
        #expect(
            form.fields == [
                Field("a", "1"), Field("b", "x y z"), Field("a", "é="), Field("vide", ""), Field("seul", ""),
                Field("", "x"), Field("c", "a=b"),
            ])
        #expect(form["a"] == "1")
        #expect(form.all("a") == ["1", "é="])
        #expect(form["absent"] == nil)
        #expect(try URLEncodedForm(parsing: []).fields.isEmpty)
    }

    @Test(arguments: [
        ("a=%", FormProblem.invalidPercent(offset: 2)), ("a=%4", .invalidPercent(offset: 2)),
        ("a=%zz", .invalidPercent(offset: 2)), ("%g0=1", .invalidPercent(offset: 0)),
        ("a=1&b=%E9", .invalidUTF8(offset: 6)), ("a=%00", .nullCharacter(offset: 4)),
        ("a\u{0}=1", .nullCharacter(offset: 1)),
    ])
    func whatIsNotWellFormedIsRefused(text: String, problem: FormProblem) {
        #expect(throws: problem) { try URLEncodedForm(parsing: text.utf8) }
    }

    @Test func sizeAndCountAreCapped() {
        #expect(throws: FormProblem.tooLong(limit: 3)) { try URLEncodedForm(parsing: "a=12".utf8, maxBytes: 3) }
        #expect(throws: FormProblem.tooManyFields(limit: 1)) { try URLEncodedForm(parsing: "a&b".utf8, maxFields: 1) }
    }

    @Test func whatIsEncodedReadsBack() throws {
        let form = URLEncodedForm([Field("l’été & co", "a+b=c%\n\"é😀"), Field("q", ""), Field("*-._", "~/?")])
        #expect(form.encoded.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
        #expect(try URLEncodedForm(parsing: form.encoded.utf8) == form)
    }
}
