import Exchange
import HTTPTypes
import Maillage
import Storage

/// `/api/v1/places`: the public register for machines. Whoever asks, signed in or not, reads what everybody may read.
enum PlacesAPI {
    static func list(_ visit: Visit) async throws -> Answer {
        let question = try await PlacesQuestion(visit)
        let tag = visit.placesTag(question.query)
        if let answer = visit.unchanged(tag) { return answer }
        let step = visit.reception.directory.walk(question.query, after: question.cursor, for: .visitor)
        let metres = Dictionary(
            step.found.compactMap { found in found.metres.map { (found.card.id, $0) } },
            uniquingKeysWith: { first, _ in first })
        var json = JSONWriter()
        json.beginObject()
        json.name("items")
        json.beginArray()
        var batches = PlaceBatches(
            visit.reception.database, .these(step.found.map(\.card.id)), onlyOpenData: false, withPhotos: true,
            page: visit.placePage)
        while let places = try await batches.next() {
            for place in places {
                PlaceJSON.write(place, &json) { json in
                    PhotoJSON.write(place.photos, base: visit.reception.settings.baseURL, &json)
                    if question.query.near != nil {
                        json.member("distance_m", metres[place.id].flatMap { Int(exactly: $0.rounded()) })
                    }
                }
            }
        }
        json.endArray()
        json.member("total", step.total)
        json.member("next_cursor", step.next.map(PlacesQuestion.text))
        json.endObject()
        return Answer.json(json.bytes).openData(tag)
    }

    static func one(_ visit: Visit) async throws -> Answer {
        let name = try visit.parameter("id")
        let tag = visit.placesTag()
        let page = visit.placePage
        let base = visit.reception.settings.baseURL
        let found = try await visit.read { reader -> Answer in
            guard let place = try Self.place(name, reader) else { throw Missing() }
            if let kept = place.mergedInto {
                guard let kept = try PlaceStore.place(.visitor, kept, reader), kept.state == .published else {
                    throw Missing()
                }
                return .moved(to: Paths.path("api", "v1", "places", kept.id.text))
            }
            guard place.state == .published else { throw Missing() }
            if place.id.text != name.lowercased(), place.slug != name {
                return .moved(to: Paths.path("api", "v1", "places", place.id.text))
            }
            if let answer = visit.unchanged(tag) { return answer }
            var json = JSONWriter()
            let whole = try PlaceBatches.one(place, reader, page: page)
            PlaceJSON.write(whole, &json) { PhotoJSON.write(whole.photos, base: base, &$0) }
            return Answer.json(json.bytes).openData(tag)
        }
        return found
    }

    /// By identifier or by slug, present or past.
    private static func place(_ name: String, _ reader: Reader) throws -> Place? {
        if let id = Place.ID(text: name), let place = try PlaceStore.place(.visitor, id, reader) { return place }
        return try PlaceStore.place(.visitor, slug: name, reader)
    }
}

extension Visit {
    /// Makes the absolute address of a place's page.
    var placePage: @Sendable (_ slug: String) -> String {
        let base = reception.settings.baseURL
        return { base + Paths.path("lieux", $0) }
    }
}
