import Testing

@testable import Maillage

@Suite struct OriginsTests {
    private let mednum = Origin(source: "mednum", at: Instant(microseconds: 1_000))
    private let person = Origin(source: Origin.person, at: Instant(microseconds: 2_000))

    @Test func everyFieldHasABitOfItsOwn() {
        #expect(SheetField.allCases.count < 64)
        #expect(Set(SheetField.allCases.map(\.bit)).count == SheetField.allCases.count)
        #expect(MemoryLayout<SheetField>.size == 1)
        for field in SheetField.allCases { #expect(SheetField.named(field.rawValue) == field) }
        #expect(SheetField.named("aucun") == nil)
    }

    @Test func theLastToSpeakOfAFieldIsItsOrigin() {
        var origins = Origins(mednum, of: [.name, .phone, .website])
        origins[.phone] = person
        #expect(origins[.name] == mednum)
        #expect(origins[.phone] == person)
        #expect(origins[.email] == nil)
        origins[.name] = nil
        #expect(origins[.name] == nil)
        origins[.website] = person
        #expect(Array(origins.sources) == [person], "a source without a field left is no source")
        #expect(origins.all.map(\.field) == [.phone, .website])
        #expect(Origins(mednum, of: []).isEmpty)
    }

    @Test func whatIsStoredReadsBackAndDoesNotDependOnTheOrderLearnt() throws {
        let first: Origins = [.name: mednum, .phone: person, .sites: mednum]
        let second: Origins = [.phone: person, .sites: mednum, .name: mednum]
        #expect(first == second)
        #expect(try Origins(json: first.json) == first)
        #expect(first != [.name: mednum])
        #expect(try Origins(json: #"[["vieux",1,"nom champ_disparu"],["vide",1,"champ_disparu"]]"#).all.count == 1)
        #expect(throws: (any Error).self) { try Origins(json: "[") }
    }
}
