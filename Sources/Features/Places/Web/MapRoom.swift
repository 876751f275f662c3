import Geography
import Maillage
import Synchronization

/// What maps keep between two visits: tiles of this generation of the directory, and the filters they are drawn through.
public final class MapRoom: Sendable {
    private let tiles: KeptFiles
    private let filters = Mutex(Filters())

    /// Keeps at most `capacity` bytes of tiles.
    public init(capacity: Int = 24 << 20) {
        tiles = KeptFiles(capacity: capacity)
    }

    private struct Filters {
        var kept: [String: (points: MapPoints, used: UInt64)] = [:]
        var clock: UInt64 = 0
        static let most = 24
    }

    func tile(_ tile: Tile, _ fields: PlaceQueryFields, of directory: Directory, now: Instant) -> KeptFile {
        let question = Self.question(fields, directory.generation, now)
        let key = "\(question)\n\(tile.z)/\(tile.x)/\(tile.y)"
        if let kept = tiles.file(key) { return kept }
        let points = points(question, fields, of: directory)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(2_048)
        Clusterer(index: points.index).answer(for: tile, filter: points.filter).appendJSON(
            to: &bytes,
            identifier: { $1.append(contentsOf: points.card(ofPoint: $0).id.text.utf8) },
            name: { $1.append(contentsOf: points.card(ofPoint: $0).name.utf8) })
        let file = KeptFile(bytes, type: "application/json", cacheControl: KeptFile.alwaysAsked)
        tiles.keep(file, under: key)
        return file
    }

    /// The points of a question, found once for all the tiles of a view.
    func points(_ fields: PlaceQueryFields, of directory: Directory, now: Instant) -> MapPoints {
        points(Self.question(fields, directory.generation, now), fields, of: directory)
    }

    private func points(_ question: String, _ fields: PlaceQueryFields, of directory: Directory) -> MapPoints {
        let kept = filters.withLock { filters -> MapPoints? in
            guard let found = filters.kept[question] else { return nil }
            filters.clock += 1
            filters.kept[question]?.used = filters.clock
            return found.points
        }
        if let kept { return kept }
        let points = directory.mapPoints(fields.query)
        // Under an older name, a newer snapshot would never be asked for again, but it would not be false either.
        filters.withLock { filters in
            filters.clock += 1
            filters.kept[question] = (points, filters.clock)
            guard filters.kept.count > Filters.most else { return }
            let oldest = filters.kept.min { $0.value.used < $1.value.used }
            if let oldest { filters.kept[oldest.key] = nil }
        }
        return points
    }

    /// What decides the points of a tile, and nothing else: two addresses that ask for the same share one answer.
    private static func question(_ fields: PlaceQueryFields, _ generation: UInt64, _ now: Instant) -> String {
        var asked = fields
        asked.query.box = nil
        asked.query.sort = nil
        asked.turn(to: 1)
        if asked.query.radius == nil {
            asked.query.near = nil
            asked.address = ""
        } else if asked.query.near != nil {
            asked.address = ""
        }
        let minute = asked.query.isOpenNow || asked.query.isOpenAtWeekend ? now.seconds / 60 : 0
        return "\(generation) \(minute) \(asked.queryString)"
    }
}

/// Files by key, bounded in bytes; the least recently asked for leave first.
final class KeptFiles: Sendable {
    private struct Shelf {
        var files: [String: (file: KeptFile, used: UInt64)] = [:]
        var bytes = 0
        var clock: UInt64 = 0
    }

    private let shelf = Mutex(Shelf())
    private let capacity: Int

    init(capacity: Int) {
        self.capacity = capacity
    }

    func file(_ key: String) -> KeptFile? {
        shelf.withLock { shelf in
            guard let found = shelf.files[key] else { return nil }
            shelf.clock += 1
            shelf.files[key]?.used = shelf.clock
            return found.file
        }
    }

    func keep(_ file: KeptFile, under key: String) {
        let size = file.size + key.utf8.count
        guard size <= capacity / 4 else { return }
        shelf.withLock { shelf in
            if let old = shelf.files[key] { shelf.bytes -= old.file.size + key.utf8.count }
            shelf.clock += 1
            shelf.files[key] = (file, shelf.clock)
            shelf.bytes += size
            guard shelf.bytes > capacity else { return }
            for (key, kept) in shelf.files.sorted(by: { $0.value.used < $1.value.used }) {
                if shelf.bytes <= capacity - capacity / 4 { break }
                shelf.files[key] = nil
                shelf.bytes -= kept.file.size + key.utf8.count
            }
        }
    }

    var size: Int { shelf.withLock { $0.bytes } }
}
