import Geography
import Maillage
import Markup

/// `/lieux/{slug}` and the acts of one press on it.
enum PlacePages {
    static func show(_ visit: Visit) async throws -> Answer {
        var reading = try await PlaceReading.find(visit)
        let id = reading.place.id
        reading.photos = try await visit.read { try PlacePhotoStore.photos(of: id, $0) }
        reading.affairs = try await visit.reception.placeAffairs.funding(visit, id)
        if let point = reading.point {
            reading.neighbours = visit.reception.directory.nearest(to: point, count: 5, besides: reading.place.id)
            let box = BoundingBox(point).expanded(byMetres: 60_000)
            reading.outlines = try await visit.read { try OutlineStore.departements(in: box, $0) }
        }
        let address = visit.reception.settings.baseURL + Paths.place(reading.slug)
        return visit.page(
            head(reading, address),
            PlaceView(reading: reading, tokens: FormTokens(visit), map: MapScript(visit), address: address))
    }

    private static func head(_ reading: PlaceReading, _ address: String) -> PageHead {
        var head = PageHead(
            reading.name, section: "Lieux",
            description: reading.sheet.text(.summary).isEmpty ? nil : reading.sheet.text(.summary),
            breadcrumbs: Breadcrumbs([("Lieux", Link(path: "lieux"))], current: reading.name))
        head.canonical = Link(checking: address)
        head.isIndexed = reading.place.state == .published && reading.place.visibility == .everyone
        if head.isIndexed {
            let base = String(address.dropLast(Paths.place(reading.slug).count))
            head.structuredData = PlaceStructuredData.of(
                PublicPlace(reading.place, circles: reading.circles.map(\.code)) { base + Paths.place($0) },
                photos: reading.photos, base: base)
        }
        return head
    }

    static func verify(_ visit: Visit) async throws -> Answer {
        let reading = try await PlaceReading.find(visit)
        try await visit.perform(VerifyPlace(place: reading.place.id))
        return .done("Merci\u{202F}! La fiche est notée juste à ce jour.", to: Paths.place(reading.slug))
    }
}
