import Exchange
import Geography
import Maillage
import Markup
import Testing

@testable import MaillageWeb

private func fields(_ query: String) throws -> PlaceQueryFields {
    PlaceQueryFields(try Fields(urlencoded: Array(query.utf8)))
}

@Suite("The question of a list of places")
struct PlaceQueryFieldsTests {
    @Test("Everything a page may ask is read, and printed back in one order")
    func whole() throws {
        let asked = try fields(
            "page=3&tri=recent&rayon=12,5&pres=50.63,3.06&bbox=2,48,4,51&epci=200093201&commune=59350&week-end=1&ouvert=on"
                + "&region=32&departement=59&departement=2A&etape=ouvert&service=reunion&service=coworking&famille=fablab&q=atelier+bois"
        )
        #expect(asked.problems.isEmpty)
        let query = asked.query
        #expect(query.text == "atelier bois")
        #expect(query.facets[.family] == ["fablab"])
        #expect(query.facets[.service] == ["coworking", "reunion"])
        #expect(query.facets[.maturity] == ["ouvert"])
        #expect(query.facets[.departement] == ["2A", "59"])
        #expect(query.commune == "59350" && query.epci == "200093201")
        #expect(query.isOpenNow && query.isOpenAtWeekend)
        #expect(query.box == BoundingBox(south: 48, west: 2, north: 51, east: 4))
        #expect(query.near == Point(latitude: 50.63, longitude: 3.06))
        #expect(query.radius == 12_500)
        #expect(query.sort == .updated)
        #expect(asked.page == 3 && query.offset == 100 && query.limit == 50)
        #expect(
            asked.queryString
                == "q=atelier%20bois&famille=fablab&service=coworking&service=reunion&etape=ouvert&departement=2A&departement=59"
                + "&region=32&commune=59350&epci=200093201&ouvert=1&week-end=1&bbox=2%2C48%2C4%2C51&pres=50.63%2C3.06&rayon=12.5"
                + "&tri=recent&page=3")
    }

    @Test(
        "What is printed is read back the same, and printed the same",
        arguments: [
            "", "q=caf%C3%A9&page=2", "kind=fablab,reemploi&near=-21.1,55.5&radius=2500&limit=500",
            "open_at=2026-05-31T22:30:00Z", "updated_since=2026-01-02", "bbox=-61.9,15.8,-60.9,16.6&tri=distance",
            "adresse=12+rue+de+la+Paix+Lille&rayon=0.35", "cercle=0000000000001&prix=gratuit&famille=",
        ])
    func roundTrip(_ text: String) throws {
        let first = try fields(text)
        let second = try fields(first.queryString)
        #expect(first.queryString == second.queryString)
        var (left, right) = (first.query, second.query)
        // Pages do not choose how many rows they hold.
        left.limit = 0
        right.limit = 0
        #expect(left == right)
        #expect(first.address == second.address)
    }

    @Test("English names of the machine interface mean the same as the French ones of pages")
    func aliases() throws {
        let asked = try fields(
            "kind=fablab,reemploi&circle=0000000000001&near=50,3&radius=900&limit=20&cursor="
                + PlaceQueryFields.cursor(40))
        #expect(asked.problems.isEmpty)
        #expect(asked.query.facets[.family] == ["fablab", "reemploi"])
        #expect(asked.query.facets[.circle] == ["0000000000001"])
        #expect(asked.query.radius == 900)
        #expect(asked.query.limit == 20 && asked.query.offset == 40)
        #expect(asked.nextCursor(total: 61) == PlaceQueryFields.cursor(60))
        #expect(asked.nextCursor(total: 60) == nil)
    }

    @Test(
        "A value that means nothing is named and left out; the rest of the question stands",
        arguments: [
            ("famille=licorne", "famille"), ("kind=licorne", "kind"), ("departement=999x", "departement"),
            ("region=Bretagne", "region"),
            ("cercle=moi", "cercle"), ("commune=5935", "commune"), ("commune=AB350", "commune"), ("epci=12", "epci"),
            ("ouvert=peut-%C3%AAtre", "ouvert"), ("open_at=demain", "open_at"),
            ("open_at=2026-13-01T00:00Z", "open_at"),
            ("updated_since=hier", "updated_since"), ("bbox=1,2,3", "bbox"), ("bbox=4,51,2,48", "bbox"),
            ("bbox=nan,1,2,3", "bbox"),
            ("bbox=-181,1,2,3", "bbox"), ("bbox=1,2,3,4,5", "bbox"), ("pres=91,0", "pres"), ("near=1e1,2", "near"),
            ("near=1", "near"),
            ("rayon=0", "rayon"), ("rayon=-3", "rayon"), ("rayon=inf", "rayon"), ("radius=99999999999", "radius"),
            ("tri=alea", "tri"),
            ("page=0", "page"), ("page=-1", "page"), ("page=9999999999999999999", "page"), ("limit=501", "limit"),
            ("limit=0", "limit"),
            ("cursor=%3F", "cursor"), ("cursor=bzEyMzQ1Njc4OTAx", "cursor"),
        ])
    func refusals(_ text: String, _ name: String) throws {
        let asked = try fields(text + "&q=velo")
        #expect(asked.problems.list.map(\.field) == [name])
        #expect(asked.query.text == "velo")
        #expect(asked.queryString == "q=velo")
        #expect(throws: Problems.self) { _ = try asked.checked() }
    }

    @Test("Long words and floods of codes are refused, not searched")
    func floods() throws {
        #expect(try fields("q=" + String(repeating: "a", count: 201)).problems.list.count == 1)
        let many = (0..<200).map { "region=\($0 + 100)" }.joined(separator: "&")
        let asked = try fields(many)
        #expect(asked.query.facets[.region]?.count == 60)
        #expect(!asked.problems.isEmpty)
    }

    @Test("An instant with an offset is moved to the clocks of the network; one without is on them already")
    func instants() throws {
        #expect(try fields("open_at=2026-07-01T10:00:00Z").query.openAt?.description == "2026-07-01T12:00:00")
        #expect(try fields("open_at=2026-07-01T10:00").query.openAt?.description == "2026-07-01T10:00:00")
        // A plus sign that was not escaped.
        #expect(try fields("open_at=2026-07-01T10:00:00.5+02:00").query.openAt?.description == "2026-07-01T10:00:00")
        #expect(
            try fields("updated_since=1970-01-02T00:00:00-01:30").query.updatedSince == Instant(seconds: 86_400 + 5_400)
        )
    }

    @Test("A box ticked or unticked starts again at the first page and keeps the rest")
    func toggles() throws {
        let asked = try fields("famille=fablab&q=bois&bbox=2,48,4,51&page=4")
        #expect(asked.toggling(.family, "fablab").queryString == "q=bois&bbox=2%2C48%2C4%2C51")
        #expect(
            asked.toggling(.service, "reunion").queryString
                == "q=bois&famille=fablab&service=reunion&bbox=2%2C48%2C4%2C51")
        #expect(asked.on(page: 5).link(to: Link(path: "lieux")).address.hasSuffix("&page=5"))
        #expect(asked.withoutFilters.queryString == "q=bois")
        #expect(asked.besidesFacets.map(\.0) == ["q", "bbox"])
        #expect(asked.isFiltered)
        #expect(try !fields("bbox=2,48,4,51&tri=nom").isFiltered)
    }

    @Test("Numbers are written short and read exactly")
    func numbers() {
        #expect(WrittenNumber.write(-0.5, places: 6) == "-0.5")
        #expect(WrittenNumber.write(3, places: 6) == "3")
        #expect(WrittenNumber.write(-0.000_000_1, places: 6) == "0")
        #expect(WrittenNumber.write(.infinity, places: 6) == "0")
        for number in [50.637_234, -61.000_001, 179.999_999, 0.000_001] {
            #expect(WrittenNumber.decimal(WrittenNumber.write(number, places: 6).utf8) == number)
        }
        for text in ["", "-", ".", "1.2.3", "0x1", "1e9", "+1", "١"] {
            #expect(WrittenNumber.decimal(text.utf8) == nil)
        }
    }
}
