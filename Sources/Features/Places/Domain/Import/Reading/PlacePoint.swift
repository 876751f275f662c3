import Exchange
import Geography

extension PlaceDraft {
    /// The point of the site. Nothing is put on the map at a point that contradicts its commune: the two numbers are swapped when
    /// that puts it right, else the place stands at the centre of its commune, and the report says so.
    func settlePoint(_ gazetteer: Gazetteer, _ site: inout Site, _ record: inout IncomingRecord) {
        let centre = site.commune.flatMap { gazetteer.commune($0)?.centre }
        defer {
            if site.point == nil, let centre {
                site.point = centre
                site.precision = "commune"
            }
        }
        if latitude.text.isEmpty, longitude.text.isEmpty { return }
        guard let first = Self.degrees(latitude.text), let second = Self.degrees(longitude.text) else {
            return record.remark(shownColumn, shownValue, "not a latitude and a longitude: left out")
        }
        if first == 0, second == 0 { return record.remark(shownColumn, shownValue, "zeros: the point is not known") }
        let given = Point(latitude: first, longitude: second)
        let swapped = Point(latitude: second, longitude: first)
        if let given, fits(given, site, gazetteer) {
            site.point = given
            site.precision = precision(site)
            return
        }
        if let swapped, fits(swapped, site, gazetteer) {
            site.point = swapped
            site.precision = precision(site)
            return record.remark(shownColumn, shownValue, "latitude and longitude were swapped: put right")
        }
        guard let given else {
            return record.remark(shownColumn, shownValue, "outside the world: left out")
        }
        if let code = site.commune {
            let metres = gazetteer.contradiction(of: given, withCommune: code) ?? 0
            let name = gazetteer.commune(code)?.name ?? code
            record.remark(
                shownColumn, shownValue,
                "\(Int(metres / 1_000)) km outside \(name): "
                    + (centre == nil ? "left out" : "placed at the centre of the commune"))
        } else {
            record.remark(shownColumn, shownValue, "not in France: left out")
        }
    }

    private var shownColumn: String {
        latitude.column == longitude.column ? latitude.column : "\(latitude.column), \(longitude.column)"
    }

    private var shownValue: String { "\(latitude.text), \(longitude.text)" }

    /// Whether the point may be that of the site: in its commune, or in France when the commune is not known.
    private func fits(_ point: Point, _ site: Site, _ gazetteer: Gazetteer) -> Bool {
        if let code = site.commune { return gazetteer.contradiction(of: point, withCommune: code) == nil }
        guard Self.france.contains(where: { $0.contains(point) }) else { return false }
        return isInDepartement(point, site, gazetteer)
    }

    private func isInDepartement(_ point: Point, _ site: Site, _ gazetteer: Gazetteer) -> Bool {
        guard !gazetteer.isEmpty, site.postalCode.utf8.count == 5 || !departement.text.isEmpty else { return true }
        let near = gazetteer.communes(near: point, limit: 3)
        guard let nearest = near.first, nearest.metres < 100_000 else { return true }
        let wanted =
            departement.text.isEmpty
            ? String(site.postalCode.prefix(site.postalCode.hasPrefix("97") ? 3 : 2))
            : departement.text.utf8.count == 1 ? "0" + departement.text : departement.text
        return near.contains { $0.commune.departement == nil || $0.commune.departement == wanted || wanted == "20" }
    }

    /// The mainland with Corsica, and overseas.
    private static let france: [BoundingBox] = [
        BoundingBox(south: 41, west: -5.6, north: 51.3, east: 9.8),
        BoundingBox(south: 2, west: -55, north: 6, east: -51),
        BoundingBox(south: 14, west: -63.3, north: 18.3, east: -60.5),
        BoundingBox(south: -22, west: 54.5, north: -20, east: 56.5),
        BoundingBox(south: -13.5, west: 44.5, north: -12.3, east: 45.6),
        BoundingBox(south: 46.5, west: -57, north: 47.5, east: -56),
        BoundingBox(south: -23.5, west: 162, north: -18, east: 169),
        BoundingBox(south: -29, west: -155, north: -7, east: -134),
    ].compactMap { $0 }

    private func precision(_ site: Site) -> String {
        if geocoded.isEmpty { return "source" }
        let folded = Words.folded(geocoded)
        if folded == ["place", "a", "la", "main"] { return "manuel" }
        if folded == Words.folded(site.communeName) { return "commune" }
        return geocoded.utf8.first.map { $0 >= 48 && $0 <= 57 } == true ? "numero" : "rue"
    }

    private static func degrees(_ text: String) -> Double? {
        var clean = text
        if clean.utf8.contains(0x2C) { clean = clean.replacing(",", with: ".") }
        guard clean.utf8.count <= 32, let value = Double(clean), value.isFinite else { return nil }
        return (value * 1_000_000).rounded() / 1_000_000
    }
}
