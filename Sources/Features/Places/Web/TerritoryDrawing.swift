import Geography
import Maillage
import Markup

/// The drawn maps of territory pages.
enum TerritoryDrawing {
    /// The mainland by départements, shaded by their places; overseas ones are in the table only.
    static func country(_ outlines: [Atlas.Outline], counts: [String: Int]) -> DrawnMap? {
        let shown = outlines.filter { $0.box.intersects(MapView.mainland.box) }
        guard let box = shown.map(\.box).reduce(nil as BoundingBox?, { $0?.union($1) ?? $1 }) else { return nil }
        var map = DrawnMap(
            title: "Carte des lieux par département", frame: MapFrame(fitting: box, longestSide: DrawnMap.longestSide))
        let most = counts.values.max() ?? 0
        map.areas = shown.map { outline in
            area(
                outline, outline.kind == .departement ? .departement(outline.code) : .region(outline.code),
                places: counts[outline.code] ?? 0, most: most)
        }
        return map
    }

    /// A territory with its parts shaded and its places; nil when no outline of it was imported.
    static func of(
        _ sheet: TerritorySheet, _ parts: [TerritoryPages.Part], _ communes: [Commune], _ fields: PlaceQueryFields,
        _ visit: Visit
    ) async throws -> DrawnMap? {
        let reception = visit.reception
        let own = try await reception.atlas.outline(sheet.code.outlineKind, sheet.code.code)
        let kind = parts.first?.code.outlineKind
        let drawn = try await visit.scan { reader -> [TerritoryReads.Drawing] in
            guard let kind, parts.count <= 1_500 else { return [] }
            return try TerritoryReads.contours(kind, codes: parts.map(\.code.code), reader)
        }
        let points = reception.maps.points(fields, of: reception.directory, now: visit.now)
        let centres = BoundingBox(containing: communes.compactMap(\.centre))
        let boxes = drawn.map(\.box) + [own?.box, own == nil && drawn.isEmpty ? centres : nil].compactMap(\.self)
        guard let box = boxes.reduce(nil as BoundingBox?, { $0?.union($1) ?? $1 }) else { return nil }
        let view = MapView(box)
        var map = DrawnMap(
            title: "Carte de \(sheet.name)", frame: MapFrame(fitting: box, longestSide: DrawnMap.longestSide))
        let most = parts.map(\.places).max() ?? 0
        let byCode = Dictionary(parts.map { ($0.code.code, $0) }, uniquingKeysWith: { first, _ in first })
        for drawing in drawn {
            guard let contour = Contour(bytes: drawing.bytes), let part = byCode[drawing.code] else { continue }
            map.areas.append(area(contour, part.name, part.code, places: part.places, most: most))
        }
        if let own {
            map.areas.append(DrawnMap.Area(contour: own.contour, isOutlined: !drawn.isEmpty))
        } else if drawn.isEmpty {
            let ground = try await ContourFiles.ground(reception.atlas).filter { $0.box.intersects(view.box) }
            map.areas += ground.map { DrawnMap.Area(ground: $0) }
        }
        let clusterer = Clusterer(index: points.index)
        for tile in view.tiles {
            map.marks += MapPage.marks(of: clusterer.answer(for: tile, filter: points.filter), points, view) {
                fields.within($0).link(to: Link(path: "carte"))
            }
        }
        map.marks.sort { $0.count > $1.count }
        return map
    }

    private static func area(_ outline: Atlas.Outline, _ code: TerritoryCode, places: Int, most: Int) -> DrawnMap.Area {
        area(outline.contour, outline.name, code, places: places, most: most)
    }

    private static func area(_ contour: Contour, _ name: String, _ code: TerritoryCode, places: Int, most: Int)
        -> DrawnMap.Area
    {
        DrawnMap.Area(
            contour: contour, title: "\(name)\u{202F}: \(Format.count(places, "lieu", "lieux"))",
            level: level(places, most),
            link: Link(path: "territoires", code.description))
    }

    /// Five shades: none, then quarters of the greatest.
    static func level(_ places: Int, _ most: Int) -> Int {
        guard places > 0, most > 0 else { return 0 }
        return min(4, 1 + (places * 4 - 1) / max(most, 1))
    }
}
