import Geography
import Storage

/// The places that a source might mean without having said so before: those of other sources and of people.
///
/// Names alike at 0.85, within 500 m, at the same address of the same commune, or of the same SIRET there; or the same SIRET at
/// the same address, whatever the names. A SIRET alone is not a place: a town has one for its hall and its libraries
/// (docs/decisions/008-import-identity.md).
struct PlaceMatcher: Sendable {
    enum Match: Sendable, Equatable {
        case place(Place.ID)
        /// Nothing to link to, though a place of this name has the same SIRET in the same commune.
        case sameSIRET(name: String)
        case none
    }

    private struct Candidate: Sendable {
        let place: Place.ID
        let title: String
        let name: [UInt8]
        let address: String
        let commune: String
        let point: Point?
    }

    /// How alike two names must be.
    static let likeness = 0.85
    static let metres = 500.0
    /// Degrees of latitude of a cell, about 600 m: neighbouring cells hold whatever is within 500 m.
    private static let cell = 0.0055

    private var candidates: [Candidate] = []
    private var bySIRET: [String: [Int32]] = [:]
    private var byCell: [Int64: [Int32]] = [:]
    private var byAddress: [String: [Int32]] = [:]

    /// Nothing to match.
    init() {}

    /// Reads the places that no row of this source is linked to.
    init(excluding source: String, _ reader: Reader) throws {
        try reader.each(
            """
            SELECT place.id, place.name, place.siret, place_site.commune, place_site.address, place_site.latitude,
                place_site.longitude
            FROM place
            LEFT JOIN place_site ON place_site.place_id = place.id AND place_site.rank = 0
            WHERE place.state <> 'fusionnee'
                AND NOT EXISTS (
                    SELECT 1
                    FROM import_key
                    WHERE import_key.place_id = place.id
                        AND import_key.source = \(source))
            ORDER BY place.id
            """
        ) { row in
            let latitude = try row.optionalDouble(5)
            let longitude = try row.optionalDouble(6)
            let name = try row.text(1)
            let candidate = Candidate(
                place: Place.ID(try row.int(0)), title: name, name: Array(Words.key(name).utf8),
                address: StreetKey.of(try row.optionalText(4) ?? ""),
                commune: try row.optionalText(3) ?? "",
                point: latitude.flatMap { latitude in
                    longitude.flatMap { Point(latitude: latitude, longitude: $0) }
                })
            add(candidate, siret: try row.optionalText(2) ?? "")
            return true
        }
    }

    private mutating func add(_ candidate: Candidate, siret: String) {
        let rank = Int32(clamping: candidates.count)
        candidates.append(candidate)
        if !siret.isEmpty { bySIRET[siret + candidate.commune, default: []].append(rank) }
        if let point = candidate.point { byCell[Self.cell(point, 0, 0), default: []].append(rank) }
        if !candidate.commune.isEmpty, !candidate.address.isEmpty {
            byAddress[candidate.commune + candidate.address, default: []].append(rank)
        }
    }

    /// The place that a row means, the most alike first; those taken are other rows'.
    func match(_ record: IncomingRecord, isTaken: (Place.ID) -> Bool) -> Match {
        if candidates.isEmpty { return .none }
        let name = Array(Words.key(record.name).utf8)
        let commune = record.site.commune ?? ""
        let address = StreetKey.of(record.site.address)
        var same: [Int32] = []
        if let siret = record.siret, !commune.isEmpty {
            same = (bySIRET[siret + commune] ?? []).filter { !isTaken(candidates[Int($0)].place) }
            if let best = best(of: same, like: name) { return .place(best) }
            let there = same.filter { !address.isEmpty && candidates[Int($0)].address == address }
            // Several at one address: nothing says which.
            if there.count == 1 { return .place(candidates[Int(there[0])].place) }
        }
        var near: [Int32] = []
        if let point = record.site.point, record.site.precision != "commune" {
            for row in -1...1 {
                for column in -1...1 {
                    near += (byCell[Self.cell(point, row, column)] ?? []).filter {
                        candidates[Int($0)].point.map { $0.distance(to: point) <= Self.metres } ?? false
                    }
                }
            }
        }
        if !commune.isEmpty, !address.isEmpty { near += byAddress[commune + address] ?? [] }
        if let best = best(of: near.filter { !isTaken(candidates[Int($0)].place) }, like: name) { return .place(best) }
        return same.first.map { .sameSIRET(name: candidates[Int($0)].title) } ?? .none
    }

    private func best(of ranks: [Int32], like name: [UInt8]) -> Place.ID? {
        var best: (place: Place.ID, likeness: Double)?
        for rank in ranks {
            let candidate = candidates[Int(rank)]
            let likeness = NameLikeness.ratio(name, candidate.name)
            if likeness >= Self.likeness, likeness > best?.likeness ?? 0 { best = (candidate.place, likeness) }
        }
        return best?.place
    }

    private static func cell(_ point: Point, _ row: Int, _ column: Int) -> Int64 {
        // A degree of longitude is shorter than one of latitude: twice the width holds 500 m up to 60 degrees.
        let y = Int64((point.latitude / cell).rounded(.down)) + Int64(row)
        let x = Int64((point.longitude / (cell * 2)).rounded(.down)) + Int64(column)
        return y << 32 ^ (x & 0xFFFF_FFFF)
    }
}

/// How alike two folded names are.
enum NameLikeness {
    /// From 0 to 1: twice the longest common subsequence over the sum of the lengths.
    static func ratio(_ left: [UInt8], _ right: [UInt8]) -> Double {
        if left == right { return left.isEmpty ? 0 : 1 }
        if left.isEmpty || right.isEmpty { return 0 }
        let total = Double(left.count + right.count)
        let bound = 2 * Double(min(left.count, right.count)) / total
        // The shorter cannot make up for so large a difference.
        if bound < 0.7 || max(left.count, right.count) > 400 { return min(bound, 0.69) }
        var previous = [Int](repeating: 0, count: right.count + 1)
        var current = previous
        for byte in left {
            for (column, other) in right.enumerated() {
                current[column + 1] = byte == other ? previous[column] + 1 : max(previous[column + 1], current[column])
            }
            swap(&previous, &current)
        }
        return 2 * Double(previous[right.count]) / total
    }
}
