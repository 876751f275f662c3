import Geography
import Testing

@testable import Maillage

@Suite("The gazetteer")
struct GazetteerTests {
    static let gazetteer: Gazetteer = {
        var rows = GazetteerRows()
        rows.regions = [.init(code: "32", name: "Hauts-de-France"), .init(code: "11", name: "Île-de-France")]
        rows.departements = [
            .init(code: "01", name: "Ain", region: nil), .init(code: "62", name: "Pas-de-Calais", region: "32"),
            .init(code: "75", name: "Paris", region: "11"), .init(code: "80", name: "Somme", region: "32"),
        ]
        func commune(
            _ code: String, _ name: String, _ population: Int, partOf: String? = nil, at point: (Double, Double)? = nil
        )
            -> Commune
        {
            Commune(
                code: code, name: name, departement: String(code.prefix(2)),
                region: rows.departements.first { $0.code == code.prefix(2) }?.region, partOf: partOf,
                population: population, centre: point.flatMap { Point(latitude: $0.0, longitude: $0.1) })
        }
        rows.communes = [
            commune("01004", "Ambérieu-en-Bugey", 14_000), commune("62001", "Beaumont", 100),
            commune("62498", "Lens", 32_000, at: (50.43, 2.83)),
            commune("62765", "Saint-Omer", 15_000, at: (50.75, 2.26)),
            commune("75056", "Paris", 2_100_000), commune("75105", "Paris 5e Arrondissement", 58_000, partOf: "75056"),
            commune("80001", "Beaumont", 5_000), commune("80021", "Amiens", 134_000),
            commune("80780", "L'Étoile-sur-Somme", 1_100),
        ]
        rows.formers = [.init(code: "62499", name: "Vieux-Lens", successor: "62498", until: "2019-01-01")]
        rows.postalCodes = [
            .init("01500", "01004"), .init("62300", "62498"), .init("62500", "62765"), .init("62500", "62001"),
            .init("75005", "75105"), .init("80000", "80021"),
        ]
        return Gazetteer(rows)
    }()

    // TER-10
    @Test(
        "puts right what files write, and says it",
        arguments: [
            ("ST OMER", "62500", "", "62765", [Resolution.Repair]()),
            ("Saint Omer Cedex", "62505", "", "62765", [.cedex]),
            ("PARIS 05", "75005", "", "75105", []),
            ("Paris", "75005", "", "75105", [.district]),
            ("Amberieu en Bugey", "1500", "", "01004", [.lostZero(restored: "01500")]),
            ("", "", "1004", "01004", [.lostZero(restored: "01004")]),
            ("", "62300", "", "62498", [.fromPostalCode]),
            ("Vieux Lens", "62300", "62499", "62498", [.formerCode("62499")]),
            ("vieux-lens", "", "", "62498", [.formerName(now: "Lens")]),
            ("Saint-Omre", "62500", "", "62765", [.misspelt(meant: "Saint-Omer")]),
            ("L Etoile Somme", "", "", "80780", [.misspelt(meant: "L'Étoile-sur-Somme")]),
            ("Lens", "62500", "", "62498", [.postalCodeOfAnother]),
            ("Amiens", "", "62498", "62498", [.nameOfAnother(now: "Lens")]),
            ("Beaumont", "62500", "", "62001", []),
        ])
    func resolve(_ name: String, _ postalCode: String, _ code: String, _ meant: String, _ repairs: [Resolution.Repair])
    {
        let resolution = Self.gazetteer.resolve(name: name, postalCode: postalCode, code: code)
        #expect(resolution.commune?.code == meant)
        #expect(resolution.repairs == repairs)
    }

    // TER-11
    @Test("never guesses between several")
    func ambiguous() {
        guard case .ambiguous(let several) = Self.gazetteer.resolve(name: "Beaumont").outcome else {
            Issue.record("guessed")
            return
        }
        #expect(several.map(\.code) == ["62001", "80001"])
        #expect(Self.gazetteer.resolve(name: "", postalCode: "62500").commune == nil)
        #expect(Self.gazetteer.resolve(name: "Zanzibar", postalCode: "62500").outcome == .unknown)
        #expect(Self.gazetteer.resolve(name: "\u{0}''--//", postalCode: "x", code: "…").outcome == .unknown)
    }

    // TER-12
    @Test(
        "finds while one types",
        arguments: [
            ("saint o", ["62765"]), ("st-om", ["62765"]), ("omer", ["62765"]), ("beaum", ["80001", "62001"]),
            ("80", ["80021"]), ("6250", ["62765", "62001"]), ("amines", ["80021"]), ("somme étoile", ["80780"]),
            ("vieux", ["62498"]), ("paris", ["75056", "75105"]), ("", []), ("zzzzzz", []),
        ])
    func search(_ text: String, _ codes: [String]) {
        #expect(Self.gazetteer.search(text, limit: 5).map(\.commune.code) == codes)
    }

    // TER-13
    @Test("says when a point contradicts its commune")
    func points() throws {
        let near = try #require(Point(latitude: 50.435, longitude: 2.84))
        let far = try #require(Point(latitude: 43.6, longitude: 1.44))
        #expect(Self.gazetteer.contradiction(of: near, withCommune: "62498") == nil)
        #expect(try #require(Self.gazetteer.contradiction(of: far, withCommune: "62498")) > 500_000)
    }

    @Test("names territories by codes that URLs can tell apart")
    func codes() {
        #expect(TerritoryCode("r32") == .region("32"))
        #expect(TerritoryCode("32") == .departement("32"))
        #expect(TerritoryCode("2a") == .departement("2A"))
        #expect(TerritoryCode("974") == .departement("974"))
        #expect(TerritoryCode("62765") == .commune("62765"))
        #expect(TerritoryCode("200033579") == .epci("200033579"))
        #expect(TerritoryCode("../x") == nil && TerritoryCode("") == nil && TerritoryCode("rxx") == nil)
        let somme = Self.gazetteer.sheet(.departement("80"))
        #expect(somme?.children.map(\.name) == ["Amiens", "Beaumont", "L'Étoile-sur-Somme"])
        #expect(somme?.population == 140_100 && somme?.parents.map(\.code) == [.region("32")])
        #expect(Self.gazetteer.sheet(.commune("75056"))?.children.map(\.code) == [.commune("75105")])
    }
}
