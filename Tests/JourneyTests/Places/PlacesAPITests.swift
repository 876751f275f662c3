import Exchange
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// Places as machines read them.
@Suite struct PlacesAPITests {
    @Test(arguments: TestEngine.available)
    func aListSaysEverythingOfPublicPlaces(_ engine: TestEngine) async throws {
        try await LiveSite.open(engine) { site in
            let world = try await PlacesWorld.build(site)
            let reply = try await site.get("/api/v1/places")
            #expect(reply.status == 200)
            #expect(reply["content-type"] == "application/json")
            #expect(reply["access-control-allow-origin"] == "*")
            let answer = try reply.json()
            #expect(answer["total"]?.int == world.visible)
            #expect(answer["next_cursor"] == .null)
            let items = answer["items"]?.array ?? []
            #expect(
                items.compactMap { $0["name"]?.string }
                    == [
                        "L’Atelier ouvert", "Le Jardin des savoirs", "La Réserve", "Le Tri",
                    ].sorted { Words.key($0) < Words.key($1) })
            let item = try #require(items.first { $0["id"]?.string == world.open.id.text })
            #expect(item["postal_code"]?.string == "01000")
            #expect(item["latitude"]?.double == 46.205)
            #expect(item["opening_hours"]?.string == "Mo-Fr 09:00-18:00; PH off")
            #expect(item["families"]?.array == [.string("fablab")])
            #expect(item["commune"]?["name"]?.string == "Bourg-en-Bresse")
            #expect(item["circles"]?.array == [.string("LEN")])
            #expect(item["links"]?.array?.first?["url"]?.string == "https://wiki.exemple.fr")
            #expect(item["sources"]?.array == [.string("network")])
            #expect(item["email"]?.string == "atelier@exemple.fr")
            #expect(item["contact_name"] == nil && !reply.text.contains("Contactrice"))
        }
    }

    @Test func whatIsHiddenAppearsNowhere() async throws {
        try await LiveSite.open { site in
            let world = try await PlacesWorld.build(site)
            let (_, session) = try await site.signIn("coordination", [Grant(.coordinator, on: .network)])
            let views = [
                "/api/v1/places", "/api/v1/places?limit=500&kind=livinglab", "/api/v1/places?q=zanzibarine",
                "/api/v1/places?near=46.2,5.2&radius=5000", "/api/v1/places?circle=LEN", "/api/v1/places?sort=updated",
                "/api/v1/places?bbox=5,46,6,47", "/api/v1/places.csv", "/api/v1/places.geojson", "/api/v1/mednum.csv",
                "/lieux.atom", "/cercles/lensois.atom", "/api/v1/map/10/526/364",
            ]
            for view in views {
                // Not even for those who would see it on a page: these files are passed on.
                for holder in [nil, session] {
                    let reply = try await site.get(view, session: holder)
                    #expect(reply.status == 200, "\(view)")
                    #expect(!reply.text.lowercased().contains("zanzibarine"), "\(view)")
                    #expect(!reply.text.contains("74999999"), "\(view)")
                }
            }
            let kinds = try await site.get("/api/v1/places?kind=livinglab").json()
            #expect(kinds["total"]?.int == 0)
            for form in [world.hidden.id.text, world.hidden.slug] {
                let there = try await site.get("/api/v1/places/\(form)")
                let absent = try await site.get("/api/v1/places/nulle-part")
                #expect(there.status == 404)
                #expect(there.body == absent.body)
                for suffix in [".ics", "/qr.svg"] {
                    let page = try await site.get("/lieux/\(form)\(suffix)")
                    #expect(page.status == 404, "\(suffix)")
                }
            }
        }
    }

    @Test(arguments: ["", "sort=updated&", "near=46.2,5.2&", "q=lieu&"])
    func aWalkMeetsEveryPlaceOnceWhileOthersComeAndGo(_ question: String) async throws {
        try await LiveSite.open { site in
            let world = try await PlacesWorld.build(site, crowd: 40)
            let expected = try await site.get("/api/v1/places?\(question)limit=500").json()["items"]?.array ?? []
            let standing = Set(expected.compactMap { $0["id"]?.string })
            #expect(standing.count >= 40)
            var met: [String] = []
            var cursor: String?
            repeat {
                let suffix = cursor.map { "&cursor=\($0)" } ?? ""
                let step = try await site.get("/api/v1/places?\(question)limit=7\(suffix)").json()
                met += (step["items"]?.array ?? []).compactMap { $0["id"]?.string }
                cursor = step["next_cursor"]?.string
                if met.count == 14 {
                    // A place that sorts first comes, and one already met leaves.
                    _ = try await site.desk.perform(
                        CreatePlace(values: [.name: .text("Aaa lieu arrivé pendant la marche")]), as: .house)
                    let gone = try #require(met.first.flatMap { Place.ID(text: $0) })
                    try await site.desk.perform(
                        SetPlaceState(place: gone, isPublished: false, reason: "essai"), as: .house)
                }
            } while cursor != nil && met.count < 200
            #expect(met.count == Set(met).count)
            #expect(standing.subtracting(met).isEmpty)
            #expect(world.visible == 44)
        }
    }

    @Test func aPlaceIsFoundByIdentifierSlugAndWhatItWas() async throws {
        try await LiveSite.open { site in
            let world = try await PlacesWorld.build(site)
            for form in [world.open.id.text, world.open.slug] {
                let reply = try await site.get("/api/v1/places/\(form)")
                #expect(reply.status == 200)
                let name = try reply.json()["name"]?.string
                #expect(name == "L’Atelier ouvert")
            }
            for form in [world.merged.id.text, world.merged.slug] {
                let reply = try await site.get("/api/v1/places/\(form)")
                #expect([301, 308].contains(reply.status))
                #expect(reply["location"] == "/api/v1/places/\(world.kept.id.text)")
            }
            _ = try await site.desk.perform(
                RenamePlaceAddress(place: world.open.id, slug: "atelier-neuf"), as: .house)
            let old = try await site.get("/api/v1/places/\(world.open.slug)")
            #expect(old["location"] == "/api/v1/places/\(world.open.id.text)")
            let unreserved = try await site.get("/api/v1/places/\(world.imported.id.text)")
            let answer = try unreserved.json()
            #expect(answer["email"] == .null && answer["phone"] == .null)
        }
    }

    @Test(arguments: [
        ("limit=0", "limit"), ("limit=501", "limit"), ("limit=dix", "limit"), ("bbox=1,2,3", "bbox"),
        ("near=nord", "near"),
        ("kind=chateau", "kind"), ("cursor=abc", "cursor"), ("departements=59", "departements"),
        ("sort=taille", "sort"),
        ("open_at=demain", "open_at"), ("updated_since=hier", "updated_since"), ("commune=paris", "commune"),
        ("circle=nulle-part", "circle"), ("radius=-1", "radius"),
    ])
    func aQuestionThatMeansNothingIsToldByTheNameOfItsParameter(_ query: String, _ field: String) async throws {
        try await LiveSite.open { site in
            for path in ["/api/v1/places", "/api/v1/places.csv"] where !(path.hasSuffix("csv") && field == "cursor") {
                let reply = try await site.get("\(path)?\(query)")
                #expect(reply.status == 400)
                #expect(reply["content-type"] == "application/problem+json")
                let problem = try reply.json()
                #expect(problem["errors"]?.array?.contains { $0["field"]?.string == field } == true, "\(reply.text)")
            }
        }
    }

    @Test func whoHoldsTheAnswerIsToldSoUntilSomethingChanges() async throws {
        try await LiveSite.open { site in
            let world = try await PlacesWorld.build(site)
            let paths = [
                "/api/v1/places?limit=2", "/api/v1/places/\(world.open.id.text)", "/api/v1/places.csv",
                "/api/v1/places.geojson", "/api/v1/places.xlsx", "/api/v1/mednum.csv", "/api/v1/circles", "/lieux.atom",
                "/lieux/\(world.open.slug).ics", "/cercles/lensois.atom",
            ]
            for path in paths {
                let first = try await site.get(path)
                #expect(first.status == 200, "\(path)")
                let tag = try #require(first["etag"], "\(path)")
                #expect(first["cache-control"]?.contains("no-store") == false, "\(path)")
                let again = try await site.get(path, headers: ["If-None-Match": tag])
                #expect(again.status == 304 && again.body.isEmpty, "\(path)")
                #expect(again["etag"] == tag)
                let head = try await site.ask("HEAD", path)
                #expect(head.status == 200 && head.body.isEmpty, "\(path)")
                #expect(head["content-type"] == first["content-type"], "\(path)")
            }
            let before = try await site.get(paths[0])["etag"]
            _ = try await site.desk.perform(
                EditPlace(place: world.open.id, version: 1, values: [.name: .text("Autre nom")], comment: ""),
                as: .house)
            let after = try await site.get(paths[0], headers: ["If-None-Match": before ?? ""])
            #expect(after.status == 200)
        }
    }

    @Test func theDocumentTellsTheTruth() async throws {
        try await LiveSite.open { site in
            let world = try await PlacesWorld.build(site)
            let document = try await site.get("/openapi.json").json()
            let paths = try #require(document["paths"]?.object)
            for route in SiteMap.all where route.isAPI {
                #expect(paths[route.pattern]?[route.method.rawValue.lowercased()] != nil, "\(route.pattern)")
            }
            let asked = [
                "/api/v1/places": "/api/v1/places?near=46.2,5.2",
                "/api/v1/places/{id}": "/api/v1/places/\(world.open.id.text)",
                "/api/v1/places.geojson": "/api/v1/places.geojson", "/api/v1/circles": "/api/v1/circles",
            ]
            for (pattern, path) in asked {
                let content = paths[pattern]?["get"]?["responses"]?["200"]?["content"]?.object
                let schema = try #require(content?.members.first?.value["schema"])
                let answer = try await site.get(path).json()
                #expect(SchemaCheck.faults(of: answer, against: schema) == [], "\(pattern)")
                #expect(
                    SchemaCheck.faults(of: .object(JSONObject()), against: schema) != [], "the schema refuses something"
                )
            }
        }
    }
}
