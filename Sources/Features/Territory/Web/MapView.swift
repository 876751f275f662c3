import Geography
import Markup

/// The part of the Earth that a drawn map shows, and its neighbours one step away.
struct MapView: Sendable, Equatable {
    let box: BoundingBox

    /// The mainland and Corsica.
    static let mainland = MapView(south: 41.3, west: -5.3, north: 51.2, east: 9.7)

    private init(south: Double, west: Double, north: Double, east: Double) {
        let least = 0.004
        let latitude = Self.spread(south, north, least, 85)
        let longitude = Self.spread(west, east, least, 180)
        box =
            BoundingBox(south: latitude.low, west: longitude.low, north: latitude.high, east: longitude.high)
            ?? BoundingBox.world
    }

    /// A view of a box, with a share of its size around.
    init(_ box: BoundingBox, margin: Double = 0) {
        let across = (box.east - box.west) * margin
        let up = (box.north - box.south) * margin
        self.init(south: box.south - up, west: box.west - across, north: box.north + up, east: box.east + across)
    }

    private static func spread(_ low: Double, _ high: Double, _ least: Double, _ limit: Double) -> (
        low: Double, high: Double
    ) {
        var (low, high) = (max(low, -limit), min(high, limit))
        if high - low < least {
            let middle = min(max((low + high) / 2, -limit + least), limit - least)
            (low, high) = (middle - least / 2, middle + least / 2)
        }
        // Addresses hold a hundred-thousandth of a degree: about a metre.
        return ((low * 1e5).rounded() / 1e5, (high * 1e5).rounded() / 1e5)
    }

    var width: Double { box.east - box.west }
    var height: Double { box.north - box.south }

    /// The view moved by shares of its size.
    func moved(east: Double, north: Double) -> MapView {
        MapView(
            south: box.south + north * height, west: box.west + east * width, north: box.north + north * height,
            east: box.east + east * width)
    }

    /// The view around the same centre, so many times larger.
    func zoomed(_ factor: Double) -> MapView {
        around(box.center, width: width * factor, height: height * factor)
    }

    private func around(_ point: Point, width: Double, height: Double) -> MapView {
        MapView(
            south: point.latitude - height / 2, west: point.longitude - width / 2, north: point.latitude + height / 2,
            east: point.longitude + width / 2)
    }

    /// A view of what a circle holds: always at least twice nearer than this one.
    func opening(_ bounds: BoundingBox, around point: Point) -> MapView {
        let view = MapView(bounds, margin: 0.15)
        return view.width > width / 2 || view.height > height / 2
            ? around(point, width: width / 2, height: height / 2) : view
    }

    /// Whether nothing nearer can be shown.
    var isNearest: Bool { width < 0.006 && height < 0.006 }

    /// The zoom at which some twenty cells of clusters lie side by side.
    var zoom: Int {
        var zoom = 0
        while zoom < 20, 360 / Double(1 << zoom) > max(width, height) / 4 { zoom += 1 }
        return zoom
    }

    /// The tiles of that zoom that it touches.
    var tiles: [Tile] {
        guard let northWest = Point(latitude: box.north, longitude: box.west),
            let southEast = Point(latitude: box.south, longitude: box.east)
        else { return [] }
        let first = Tile(containing: northWest, zoom: zoom)
        let last = Tile(containing: southEast, zoom: zoom)
        guard first.x <= last.x, first.y <= last.y, last.x - first.x < 16, last.y - first.y < 16 else { return [] }
        return (first.y...last.y).flatMap { y in (first.x...last.x).compactMap { Tile(z: zoom, x: $0, y: y) } }
    }
}
