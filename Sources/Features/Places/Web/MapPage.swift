import Geography
import Maillage
import Markup

/// `GET /carte`: every place that everybody sees, on a map that works by links alone, with the list of what it shows.
///
/// `?embed=1` shows it in other sites' frames, without header; `couleur=0d5c5c` gives its circles the colour of the site around.
enum MapPage {
    static func serve(_ visit: Visit) async throws -> Answer {
        var fields = PlaceQueryFields(visit.query, pageSize: listed)
        let embed = MapEmbed(visit.query)
        let address = fields.address
        var notice: String?
        if !address.isEmpty {
            // With its point beside it, the address is only the words to show again.
            if fields.query.near == nil || visit.query.has("aller") {
                let found = await PlaceNeighbourhood.find(address, visit.reception)
                if let point = found.point { return moving(fields, to: point, found.sentence, embed) }
                notice = found.sentence
            }
            fields.address = ""
        }
        let reception = visit.reception
        let points = reception.maps.points(fields, of: reception.directory, now: visit.now)
        let view = fields.query.box.map { MapView($0) } ?? start(points, fields)
        let findings = reception.directory.find(fields.within(view.box).query, for: .visitor)
        let content = MapContent(
            visit: visit, fields: fields, address: address, notice: notice, embed: embed, view: view,
            findings: findings,
            drawing: try await drawing(points, fields, embed, view, visit),
            overseas: Overseas.all.filter { !points.index.slots(in: $0.view.box, filter: points.filter).isEmpty })
        return visit.page(head(embed, reception.assets), content)
    }

    /// The same question around a point: the frame that was shown no longer holds.
    private static func moving(
        _ fields: PlaceQueryFields, to point: Point, _ sentence: String, _ embed: MapEmbed
    ) -> Answer {
        let address = fields.address
        let moved = fields.changed {
            $0.query.near = point
            $0.query.box = nil
            $0.address = ""
        }
        return .redirect(
            to: embed.link(moved).adding(query: [("adresse", address)]).address,
            flash: FlashMessage(.information, sentence))
    }

    /// Places written beside the map; the whole list is one link away.
    static let listed = 40

    private static func head(_ embed: MapEmbed, _ assets: Assets) -> PageHead {
        var head = PageHead("Carte des lieux", section: "Carte")
        head.description = "Tous les lieux du réseau sur une carte, à filtrer par activité, service et territoire."
        head.shape = embed.isOn ? .embed : .map
        head.scripts = assets.hasLeaflet ? ["map.js", "filters.js"] : ["filters.js"]
        head.styleSheets = assets.hasLeaflet ? ["leaflet/leaflet.css"] : []
        head.isIndexed = !embed.isOn
        return head
    }

    /// What to show first: the neighbourhood asked for, else what was found on the mainland, else what was found.
    private static func start(_ points: MapPoints, _ fields: PlaceQueryFields) -> MapView {
        if let near = fields.query.near {
            let reach = (fields.query.radius ?? 20_000) / 111_000
            let box = BoundingBox(
                south: max(near.latitude - reach, -85), west: max(near.longitude - 1.4 * reach, -180),
                north: min(near.latitude + reach, 85), east: min(near.longitude + 1.4 * reach, 180))
            return MapView(box ?? BoundingBox(near))
        }
        let mainland = points.index.bounds(in: MapView.mainland.box, filter: points.filter)
        guard let box = mainland ?? points.index.bounds(filter: points.filter) else { return .mainland }
        return MapView(box, margin: 0.08)
    }

    private static func drawing(
        _ points: MapPoints, _ fields: PlaceQueryFields, _ embed: MapEmbed, _ view: MapView, _ visit: Visit
    ) async throws -> DrawnMap {
        let atlas = visit.reception.atlas
        var ground = try await ContourFiles.ground(atlas).filter { $0.box.intersects(view.box) }
        if view.width < 1 {
            let communes = try await atlas.outlines(.commune, .coarse, in: view.box, limit: 600)
            if !communes.isEmpty { ground = communes }
        }
        var map = DrawnMap(
            title: "Carte des lieux", frame: MapFrame(fitting: view.box, longestSide: DrawnMap.longestSide, margin: 0))
        map.areas = ground.map { DrawnMap.Area(ground: $0) }
        map.colour = embed.colour
        map.ink = embed.ink
        let clusterer = Clusterer(index: points.index)
        for tile in view.tiles where map.marks.count < 800 {
            let answer = clusterer.answer(for: tile, filter: points.filter)
            map.marks += marks(of: answer, points, view) { embed.link(fields.within($0)) }
        }
        // Large circles below: what is small stays within reach.
        map.marks.sort { $0.count > $1.count }
        return map
    }

    static func marks(
        of answer: TileAnswer, _ points: MapPoints, _ view: MapView, link: (BoundingBox) -> Link
    ) -> [DrawnMap.Mark] {
        var marks: [DrawnMap.Mark] = []
        for cluster in answer.clusters where view.box.contains(cluster.position) {
            marks.append(
                DrawnMap.Mark(
                    point: cluster.position, count: cluster.count,
                    title: "\(Format.number(cluster.count)) lieux, zoomer",
                    link: link(view.opening(cluster.bounds, around: cluster.position).box)))
        }
        for single in answer.points where view.box.contains(single.point) {
            guard let slot = single.slots.first else { continue }
            let card = points.card(ofPoint: slot)
            marks.append(
                DrawnMap.Mark(point: single.point, count: 1, title: card.name, link: Link(path: "lieux", card.slug)))
        }
        for stack in answer.stacks where view.box.contains(stack.point) {
            // Nothing tells them apart on a map: the list beside it does.
            let names = stack.slots.prefix(4).map { points.card(ofPoint: $0).name }
            marks.append(
                DrawnMap.Mark(
                    point: stack.point, count: stack.count,
                    title: "\(stack.count) lieux ici\u{202F}: " + names.joined(separator: ", ")
                        + (stack.count > 4 ? "…" : ""),
                    link: link(view.opening(BoundingBox(stack.point), around: stack.point).box)))
        }
        return marks
    }

    /// `GET /carte/lieux/{id}`: a place as its point tells it; the page of the place when it is not a script that asks.
    static func place(_ visit: Visit) async throws -> Answer {
        let id = try visit.identifier("id", of: Place.ID.self)
        guard let card = visit.reception.directory.cards([id], for: visit.principal).first else { throw Missing() }
        guard visit.wantsPart else { return .redirect(to: Paths.path("lieux", card.slug)) }
        return .html(MapCard(card).rendered(capacity: 1_024))
    }
}

/// What a map in another site's frame was told.
struct MapEmbed: Sendable {
    let isOn: Bool
    /// `#rrggbb`, and the black or white that reads best on it.
    let colour: String?
    let ink: String?

    init(_ query: Fields) {
        isOn = query.has("embed") && query["embed"] != "0"
        let digits = query.text("couleur").map { $0.utf8.drop { $0 == UInt8(ascii: "#") } }
        let channels = digits.flatMap { digits -> [Int]? in
            guard digits.count == 6 else { return nil }
            let values = digits.map { Character(UnicodeScalar($0)).hexDigitValue }
            let known = values.compactMap(\.self)
            guard known.count == 6 else { return nil }
            return [0, 2, 4].map { known[$0] * 16 + known[$0 + 1] }
        }
        guard isOn, let channels, let digits else {
            (colour, ink) = (nil, nil)
            return
        }
        colour = "#" + String(decoding: digits, as: UTF8.self).lowercased()
        // Perceived brightness, W3C's AERT: enough to choose between two inks.
        let brightness = (channels[0] * 299 + channels[1] * 587 + channels[2] * 114) / 1_000
        ink = brightness > 140 ? "#000000" : "#ffffff"
    }

    /// The address of the map under a question, still in its frame.
    func link(_ fields: PlaceQueryFields) -> Link {
        fields.link(to: Link(path: "carte", query: pairs.map { ($0.0, $0.1) }))
    }

    var pairs: [(String, String)] {
        isOn ? [("embed", "1")] + (colour.map { [("couleur", String($0.dropFirst()))] } ?? []) : []
    }
}

/// Where else a French network may have places: far from the mainland, they have views of their own.
struct Overseas: Sendable {
    let name: String
    let view: MapView

    static let all: [Overseas] = [
        ("Guadeloupe", 15.75, -61.95, 16.60, -60.90), ("Martinique", 14.30, -61.35, 14.95, -60.70),
        ("Guyane", 2.00, -54.70, 5.90, -51.50), ("La Réunion", -21.45, 55.10, -20.80, 55.95),
        ("Mayotte", -13.10, 44.95, -12.55, 45.40), ("Saint-Pierre-et-Miquelon", 46.70, -56.50, 47.20, -56.05),
        ("Saint-Martin et Saint-Barthélemy", 17.80, -63.20, 18.20, -62.70),
        ("Nouvelle-Calédonie", -22.80, 163.40, -19.50, 168.20),
        ("Polynésie française", -18.00, -151.60, -16.30, -149.00),
        ("Wallis-et-Futuna", -14.40, -178.30, -13.10, -176.00),
    ].compactMap { name, south, west, north, east in
        BoundingBox(south: south, west: west, north: north, east: east).map { Overseas(name: name, view: MapView($0)) }
    }
}
