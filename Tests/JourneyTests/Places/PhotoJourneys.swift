import Exchange
import Foundation
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// Photos of places through the site.
@Suite(.serialized) struct PhotoJourneys {
    /// A site that can take photos in, with a place and somebody who edits it; nothing happens where vips is missing.
    private static func open(
        _ engine: TestEngine = .sqlite,
        _ body: (LiveSite, Place, (account: Principal.ID, session: String), _ data: String) async throws -> Void
    ) async throws {
        guard let programs = TestPrograms.available() else { return }
        let data = FileManager.default.temporaryDirectory.path + "/photos-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: data) }
        let settings: (inout Settings) -> Void = { $0.dataDirectory = data }
        try await LiveSite.open(engine, programs: programs, settings: settings) {
            (site: LiveSite) async throws -> Void in
            let place = try await site.desk.perform(
                CreatePlace(values: [.name: .text("L’Atelier")], visibility: .everyone), as: .house)
            let who = try await site.signIn("edith", [Grant(.placeEditor, on: Scope(.place, place.id.number))])
            try await body(site, place, who, data)
        }
    }

    private static func send(
        _ site: LiveSite, _ path: String, _ who: (account: Principal.ID, session: String), _ picture: [UInt8]?,
        _ fields: [(String, String)] = [
            ("alternative", "Un établi & des <outils>"), ("credit", "Camille Martin"), ("licence", "cc-by-4.0"),
        ], name: String = "img.jpg", type: String = "image/jpeg"
    ) async throws -> Reply {
        var form = MultipartForm()
        form.field(FormToken.fieldName, site.token(for: path, account: who.account))
        for (name, value) in fields { form.field(name, value) }
        form.file("photo", picture == nil ? "" : name, type, picture ?? [])
        return try await site.ask(
            "POST", path,
            headers: ["Content-Type": MultipartForm.type, "Origin": site.origin, "Sec-Fetch-Site": "same-origin"],
            body: form.body, session: who.session)
    }

    private static func photos(_ site: LiveSite, _ place: Place) async throws -> [PlacePhoto] {
        try await site.reception.database.read { try PlacePhotoStore.photos(of: place.id, $0) }
    }

    /// The bytes of every file under a folder, by their path.
    private static func files(under folder: String) -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for name in FileManager.default.enumerator(atPath: folder)?.allObjects as? [String] ?? [] {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: folder + "/" + name, isDirectory: &isFolder)
            guard !isFolder.boolValue, let data = FileManager.default.contents(atPath: folder + "/" + name) else {
                continue
            }
            files[name] = Array(data)
        }
        return files
    }

    // PHO-1, PHO-2
    @Test(arguments: TestEngine.available)
    func aPhotoIsTakenInAndShownWithoutWhatTheCameraWrote(_ engine: TestEngine) async throws {
        try await Self.open(engine) { site, place, who, data in
            // Held sideways: stored 1600 × 900, to be shown 900 × 1600.
            let picture = Pictures.withMetadata(try await Pictures.make(1_600, 900), orientation: 6)
            #expect(picture.firstRange(of: Array("TelephoneCanari".utf8)) != nil)
            let path = "/lieux/\(place.slug)/photos"
            let page = try await site.get(path, session: who.session)
            #expect(page.status == 200)
            #expect(page.text.contains("enctype=\"multipart/form-data\""))
            let sent = try await Self.send(site, path, who, picture)
            #expect(sent.status == 303, "\(sent.text.prefix(800))")
            #expect(sent["location"] == path)
            let photo = try #require(try await Self.photos(site, place).first)
            #expect(photo.sizes.map(\.width) == [320, 640, 900])
            #expect(photo.sizes.last?.height == 1_600)
            #expect(photo.addedBy == who.account)

            let sheet = try await site.get("/lieux/\(place.slug)")
            #expect(sheet.text.contains("alt=\"Un établi &amp; des &lt;outils&gt;\""))
            #expect(sheet.text.contains("/photos/\(photo.id)/320.webp 320w, /photos/\(photo.id)/640.webp 640w"))
            #expect(sheet.text.contains("width=\"900\" height=\"1600\""))
            #expect(sheet.text.contains("https://creativecommons.org/licenses/by/4.0/deed.fr"))
            #expect(sheet.text.contains("\"@type\":\"ImageObject\""))

            for size in photo.sizes {
                let file = try await site.get("/photos/\(photo.id)/\(size.width).webp")
                #expect(file.status == 200)
                #expect(file["content-type"] == "image/webp")
                #expect(file["content-length"] == String(size.bytes))
                #expect(file["x-content-type-options"] == "nosniff")
                #expect(file["cross-origin-resource-policy"] == "cross-origin")
                #expect(file["cache-control"] == "public, max-age=604800, immutable")
                #expect(file.body.count == size.bytes)
                #expect(FileDigest(of: file.body) == size.file)
                var reader = ImageHeaderReader()
                try reader.feed(file.body)
                #expect(try reader.finish() == ImageHeader(kind: .webp, width: size.width, height: size.height))
                for chunk in ["EXIF", "XMP ", "ICCP"] {
                    #expect(file.body.firstRange(of: Array(chunk.utf8)) == nil, "\(chunk) at \(size.width)")
                }
                let tag = try #require(file["etag"])
                let again = try await site.get(
                    "/photos/\(photo.id)/\(size.width).webp", headers: ["If-None-Match": tag])
                #expect(again.status == 304 && again.body.isEmpty)
                let head = try await site.ask("HEAD", "/photos/\(photo.id)/\(size.width).webp")
                #expect(head.status == 200 && head["content-length"] == String(size.bytes))
            }
            // Nowhere on the disk is anything left of what was sent.
            for (name, bytes) in Self.files(under: data + "/vault") {
                #expect(bytes.firstRange(of: Array("Canari".utf8)) == nil, "\(name)")
                #expect(!name.hasPrefix("incoming/"), "\(name)")
            }
            #expect(Self.files(under: data + "/vault").count == 3)
            for width in ["0320", "+320", "321", "320.0", "-1", "99999999999999999999"] {
                #expect(try await site.get("/photos/\(photo.id)/\(width).webp").status == 404)
            }
        }
    }

    // PHO-2
    @Test func aPictureIsNeverEnlargedAndKeepsItsTransparency() async throws {
        try await Self.open { site, place, who, _ in
            let path = "/lieux/\(place.slug)/photos"
            _ = try await Self.send(
                site, path, who, try await Pictures.make(200, 100, "png"), name: "a.png", type: "image/png")
            _ = try await Self.send(
                site, path, who, try await Pictures.make(1_300, 10, "webp"), name: "a.webp", type: "image/webp")
            let photos = try await Self.photos(site, place)
            #expect(photos.map { $0.sizes.map(\.width) } == [[200], [320, 640, 1_280]])
        }
    }

    // PHO-2, PHO-4
    @Test(arguments: TestEngine.available)
    func whatCannotBeTakenIsSaidAndTheWordsAreKept(_ engine: TestEngine) async throws {
        try await Self.open(engine) { site, place, who, data in
            let path = "/lieux/\(place.slug)/photos"
            let good = try await Pictures.make(64, 64)
            let kept = "Un établi &amp; des &lt;outils&gt;</textarea>"
            var bomb = Array(good)
            if let frame = bomb.firstRange(of: [0xFF, 0xC0]) {
                bomb.replaceSubrange(frame.lowerBound + 5..<frame.lowerBound + 9, with: [0xFF, 0xFF, 0xFF, 0xFF])
            }
            let svg = Array("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>".utf8)
            let wrong: [(String, [UInt8]?, Int, String)] = [
                ("no file", nil, 422, "Choisissez une photo."),
                ("another kind", svg, 422, "ni un JPEG, ni un PNG, ni un WebP"),
                ("a name that lies", Array("GIF89a, pas un JPEG du tout".utf8), 422, "ni un JPEG"),
                ("cut in its head", Array(good.prefix(30)), 422, "abîmée ou incomplète"),
                ("65535 × 65535", bomb, 422, "millions de pixels"),
                ("too heavy", good + [UInt8](repeating: 0, count: PhotoWorkshop.longestFile), 413, "trop lourde"),
                (
                    "bytes that only begin well",
                    ImageHeads.png(64, 64) + [UInt8](repeating: 0x41, count: 3_000), 422, "n’a pas pu être lue"
                ),
            ]
            for (what, picture, status, words) in wrong {
                let reply = try await Self.send(site, path, who, picture)
                #expect(reply.status == status, "\(what): \(reply.status)")
                #expect(reply.text.contains(words), "\(what)")
                #expect(reply.text.contains(kept), "\(what)")
                #expect(reply.text.contains("value=\"Camille Martin\""), "\(what)")
                #expect(reply.text.contains("checked"), "\(what)")
            }
            let wordless = try await Self.send(site, path, who, good, [("alternative", ""), ("credit", "Moi")])
            #expect(wordless.status == 422)
            #expect(wordless.text.contains("Décrivez la photo en une phrase"))
            #expect(wordless.text.contains("Choisissez ce que d’autres peuvent faire"))
            #expect(wordless.text.contains("value=\"Moi\""))
            #expect(try await Self.photos(site, place).isEmpty)
            #expect(Self.files(under: data + "/vault").isEmpty)
            // Beyond what is read at all, the door answers.
            let huge = try await site.raw(
                "POST \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(site.port)\r\nCookie: session=\(who.session)\r\n"
                    + "Origin: \(site.origin)\r\nContent-Type: \(MultipartForm.type)\r\n"
                    + "Content-Length: \(PhotoPages.bodyLimit + 1)\r\n\r\n")
            #expect(String(decoding: huge.bytes, as: UTF8.self).hasPrefix("HTTP/1.1 413"))
        }
    }

    // PHO-1, PHO-6
    @Test func photosAreOrderedDescribedRemovedAndPutBack() async throws {
        try await Self.open { site, place, who, _ in
            let path = "/lieux/\(place.slug)/photos"
            for name in ["Un", "Deux"] {
                let sent = try await Self.send(
                    site, path, who, try await Pictures.make(40, 30),
                    [("alternative", name), ("credit", "C"), ("licence", "lo-2.0")])
                #expect(sent.status == 303)
            }
            func shown() async throws -> [String] { try await Self.photos(site, place).map(\.words.alternative) }
            func post(_ path: String, _ fields: [(String, String)] = []) async throws -> Reply {
                try await site.post(path, fields, as: who.account, session: who.session)
            }
            let second = try await Self.photos(site, place)[1].id
            #expect(try await post("\(path)/\(second)/rang", [("vers", "avant")]).status == 303)
            #expect(try await shown() == ["Deux", "Un"])
            #expect(try await post("\(path)/\(second)/rang", [("vers", "ailleurs")]).status == 400)
            let edit = try await site.get("\(path)/\(second)", session: who.session)
            #expect(edit.text.contains(">Deux</textarea>"))
            let refused = try await post("\(path)/\(second)", [("alternative", ""), ("credit", "D"), ("licence", "")])
            #expect(refused.status == 422 && refused.text.contains("value=\"D\""))
            let words = [("alternative", "Deuxième"), ("credit", "D"), ("licence", "reserves")]
            #expect(try await post("\(path)/\(second)", words).status == 303)
            #expect(try await shown() == ["Deuxième", "Un"])
            #expect(try await site.get("/lieux/\(place.slug)").text.contains("droits réservés, publication autorisée"))
            #expect(try await post("\(path)/\(second)/retrait").status == 303)
            #expect(try await shown() == ["Un"])
            #expect(try await site.get("/photos/\(second)/40.webp").status == 404)
            #expect(try await !site.get("/lieux/\(place.slug)").text.contains("Deuxième"))
            #expect(try await post("\(path)/\(second)/retrait").status == 404)
            let history = try await site.get("/lieux/\(place.slug)/historique", session: who.session)
            let undo = try #require(
                history.text.firstMatch(of: /action="(\/lieux\/[^"]+\/historique\/[^"]+\/annulation)"/)?.1)
            #expect(history.text.contains("Photo retirée"))
            #expect(try await post(String(undo)).status == 303)
            #expect(try await shown() == ["Un", "Deuxième"])
            #expect(try await site.get("/photos/\(second)/40.webp").status == 200)
        }
    }

    // PHO-3
    @Test func photosOfAHiddenPlaceAreForThoseWhoMayKnowIt() async throws {
        try await Self.open { site, _, _, _ in
            let hidden = try await site.desk.perform(
                CreatePlace(values: [.name: .text("Zircone")], visibility: .hidden), as: .house)
            let who = try await site.signIn("manon", [Grant(.placeManager, on: Scope(.place, hidden.id.number))])
            let other = try await site.signIn("autre")
            let path = "/lieux/\(hidden.slug)/photos"
            #expect(try await Self.send(site, path, who, try await Pictures.make(40, 30)).status == 303)
            let photo = try #require(try await Self.photos(site, hidden).first)
            let file = "/photos/\(photo.id)/40.webp"
            let own = try await site.get(file, session: who.session)
            #expect(own.status == 200)
            #expect(own["cache-control"] == "private, no-cache")
            #expect(own["cross-origin-resource-policy"] == "same-origin")
            #expect(own["vary"] == "Cookie")
            let absent = try await site.get("/photos/\(photo.id)/41.webp", session: other.session)
            for session in [other.session, nil] {
                let reply = try await site.get(file, headers: ["If-None-Match": own["etag"] ?? ""], session: session)
                #expect(reply.status == 404)
                #expect(reply.headers.map(\.name) == absent.headers.map(\.name))
            }
            // Sending to it says no more than sending to what does not exist, and what was sent is not kept.
            let refused = try await Self.send(site, path, other, try await Pictures.make(40, 30))
            let nowhere = try await Self.send(
                site, "/lieux/jamais-vu/photos", other, try await Pictures.make(40, 30))
            #expect(refused.status == 404 && nowhere.status == 404)
            #expect(refused.settled(hidden.slug) == nowhere.settled("jamais-vu"))
            #expect(try await Self.photos(site, hidden).count == 1)
        }
    }

    @Test func photosAreGivenToMachinesAsDocumented() async throws {
        try await Self.open { site, place, who, _ in
            let before = try await site.get("/api/v1/places/\(place.id)")
            let empty = try before.json()["photos"]?.array
            #expect(empty?.isEmpty == true)
            let sent = try await Self.send(
                site, "/lieux/\(place.slug)/photos", who, try await Pictures.make(400, 300))
            #expect(sent.status == 303)
            let photo = try #require(try await Self.photos(site, place).first)
            let after = try await site.get(
                "/api/v1/places/\(place.id)", headers: ["If-None-Match": before["etag"] ?? ""])
            #expect(after.status == 200, "a photo changes what machines hold")
            let list = try await site.get("/api/v1/places").json()["items"]?.array
            for item in [try after.json(), try #require(list?.first)] {
                let given = try #require(item["photos"]?.array?.first)
                #expect(given["alternative"]?.string == "Un établi & des <outils>")
                #expect(given["licence"]?.string == "cc-by-4.0")
                let sizes = given["sizes"]?.array ?? []
                #expect(sizes.count == 2)
                let address = try #require(sizes.first?["url"]?.string)
                #expect(address == site.reception.settings.baseURL + "/photos/\(photo.id)/320.webp")
            }
            let operation = try #require(PlacesOperations.one.schema)
            #expect(SchemaCheck.faults(of: try after.json(), against: operation) == [])
        }
    }

    /// Where vips is not installed, the page says so plainly and the rest works.
    @Test func withoutItsProgramTheSiteSaysThatItTakesNoPhoto() async throws {
        try await LiveSite.open { (site: LiveSite) async throws -> Void in
            let place = try await site.desk.perform(
                CreatePlace(values: [.name: .text("L’Atelier")], visibility: .everyone), as: .house)
            let who = try await site.signIn("edith", [Grant(.placeEditor, on: Scope(.place, place.id.number))])
            let path = "/lieux/\(place.slug)/photos"
            let page = try await site.get(path, session: who.session)
            #expect(page.status == 200)
            #expect(page.text.contains("ne peut pas recevoir de photos"))
            #expect(!page.text.contains("type=\"file\""))
            let sent = try await Self.send(site, path, who, [1, 2, 3])
            #expect(sent.status == 503)
            #expect(try await site.get("/lieux/\(place.slug)").status == 200)
        }
    }

    @Test func theFilesOfARemovedPhotoAreSweptInTheEnd() async throws {
        try await Self.open { site, place, who, data in
            let path = "/lieux/\(place.slug)/photos"
            #expect(try await Self.send(site, path, who, try await Pictures.make(40, 30)).status == 303)
            let photo = try #require(try await Self.photos(site, place).first)
            try await site.desk.perform(RemovePhoto(place: place.id, photo: photo.id), as: .house)
            let late = Desk(
                database: site.reception.database,
                surroundings: Surroundings.fixed(at: Surroundings.live().now() + .days(31)).surroundings)
            let vault = site.reception.photos.vault
            let now = Surroundings.live().now()
            let whole = try await VaultUpkeep.look(site.reception.database, vault, at: now)
            #expect(whole.count == 1 && whole.faults.isEmpty)
            try Data([1]).write(to: URL(fileURLWithPath: vault.path(of: photo.sizes[0].file)))
            let damaged = try await VaultUpkeep.look(site.reception.database, vault, at: now)
            #expect(damaged.faults.count == 1)
            #expect(damaged.faults.first?.contains(photo.sizes[0].file.text) == true)
            #expect(try await VaultUpkeep.sweep(site.desk, vault) == 0)
            #expect(try await VaultUpkeep.sweep(late, vault) == 1)
            #expect(Self.files(under: data + "/vault").isEmpty)
        }
    }
}

/// Heads of pictures that have no body.
private enum ImageHeads {
    static func png(_ width: UInt8, _ height: UInt8) -> [UInt8] {
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8)
            + [0, 0, 0, width, 0, 0, 0, height, 8, 2, 0, 0, 0]
    }
}
