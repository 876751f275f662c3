import Geography

/// Where communes are: their centres, and their coarse contours when some were imported.
struct GazetteerPoints: Sendable {
    private let index: MortonIndex
    /// Contour bytes one after another; slot `i` has those from `ends[i - 1]` to `ends[i]`.
    private let pool: [UInt8]
    private let ends: [Int32]

    init(_ communes: [Commune], _ contours: [(slot: Int32, coarse: [UInt8])]) {
        var present = Bitset(count: communes.count)
        var latitudes = [Int32](repeating: 0, count: communes.count)
        var longitudes = latitudes
        for (slot, commune) in communes.enumerated() {
            guard let centre = commune.centre else { continue }
            let fixed = FixedPoint(centre)
            latitudes[slot] = fixed.latitude
            longitudes[slot] = fixed.longitude
            present.set(slot)
        }
        index = MortonIndex(latitudes: latitudes, longitudes: longitudes, present: present)
        var pool: [UInt8] = []
        var ends: [Int32] = []
        let ordered = contours.sorted { $0.slot < $1.slot }
        if !ordered.isEmpty {
            ends.reserveCapacity(communes.count)
            var next = 0
            for slot in communes.indices {
                if next < ordered.count, ordered[next].slot == slot {
                    pool += ordered[next].coarse
                    next += 1
                }
                ends.append(Int32(clamping: pool.count))
            }
        }
        self.pool = pool
        self.ends = ends
    }

    func contour(_ slot: Int) -> MultiPolygon? {
        guard slot < ends.count else { return nil }
        let start = slot == 0 ? 0 : Int(ends[slot - 1])
        let end = Int(ends[slot])
        return start < end ? Contour(bytes: Array(pool[start..<end]))?.multiPolygon : nil
    }

    func nearest(to point: Point, limit: Int) -> [(slot: Int, metres: Double)] {
        index.nearest(to: point, limit: limit).map { ($0.slot, $0.metres) }
    }
}

extension Gazetteer {
    /// How far a point may be from the border drawn for its commune before it contradicts it: coarse contours are within a
    /// few hundred metres, and addresses on a border road are given to either side.
    static let slackMetres = 1_000.0

    /// By how many metres a point lies outside its commune; nil when it does not contradict it, or nothing can be said.
    ///
    /// With a contour: the distance to the nearest corner or edge, past `slackMetres`. Without: a commune has about six
    /// neighbours, so that a point farther from its centre than the sixth nearest centre (five kilometres at least) is
    /// not in it; sparse country, where communes are large, is judged loosely of itself.
    public func contradiction(of point: Point, withCommune code: some StringProtocol) -> Double? {
        guard let slot = slot(code) else { return nil }
        if let contour = points.contour(slot) {
            if contour.contains(point) { return nil }
            let metres = contour.distance(to: point)
            return metres > Self.slackMetres ? metres : nil
        }
        guard let centre = communes[slot].centre else { return nil }
        let metres = centre.distance(to: point)
        if metres < 5_000 { return nil }
        // One for the commune itself.
        let reach = max(5_000, points.nearest(to: centre, limit: 7).last?.metres ?? 5_000)
        return metres > reach ? metres - reach : nil
    }

    /// The commune a point lies in, when contours of the neighbourhood were imported; with districts rather than their city.
    public func commune(at point: Point) -> Commune? {
        for near in points.nearest(to: point, limit: 16) where points.contour(near.slot)?.contains(point) == true {
            return communes[near.slot]
        }
        return nil
    }

    /// The communes whose centres are nearest, with the metres.
    public func communes(near point: Point, limit: Int) -> [(commune: Commune, metres: Double)] {
        points.nearest(to: point, limit: limit).map { (communes[$0.slot], $0.metres) }
    }
}

extension MultiPolygon {
    /// Metres from a point outside to the nearest edge, on a plane tangent at the point: right for a few dozen kilometres.
    fileprivate func distance(to point: Point) -> Double {
        var best = Double.infinity
        let north = Point(latitude: min(point.latitude + 0.5, 90), longitude: point.longitude) ?? point
        let metresPerDegree = max(point.distance(to: north) * 2, 1)
        let east = Point(latitude: point.latitude, longitude: min(point.longitude + 0.5, 180)) ?? point
        let across = max(point.distance(to: east) * 2, 1)
        for ring in polygons.map(\.outer) {
            guard let last = ring.points.last else { continue }
            var (x0, y0) = (
                (last.longitude - point.longitude) * across, (last.latitude - point.latitude) * metresPerDegree
            )
            for corner in ring.points {
                let x1 = (corner.longitude - point.longitude) * across
                let y1 = (corner.latitude - point.latitude) * metresPerDegree
                let (dx, dy) = (x1 - x0, y1 - y0)
                let length = dx * dx + dy * dy
                let share = length > 0 ? min(max(-(x0 * dx + y0 * dy) / length, 0), 1) : 0
                let (x, y) = (x0 + share * dx, y0 + share * dy)
                best = min(best, x * x + y * y)
                (x0, y0) = (x1, y1)
            }
        }
        return best.squareRoot()
    }
}
