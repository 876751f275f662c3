import Foundation
import Geography
import Maillage

/// The tiles of the network's tile server (`TILES_URL`), fetched once and kept on disk: visitors ask only this site, and the
/// tile server is asked little.
public actor GroundTiles {
    private struct Kept {
        var size: Int
        var fetched: Date
        var used: UInt64
    }

    private let template: String?
    private let directory: String
    private let agent: String
    private let capacity: Int
    private var kept: [String: Kept]?
    private var bytes = 0
    private var clock: UInt64 = 0
    /// Tiles that could not be had, and until when not to ask again.
    private var refused: [String: Date] = [:]
    private var underWay: [String: Task<[UInt8]?, Never>] = [:]

    /// Bytes of one tile, at most.
    static let largest = 524_288
    /// Seconds for which a tile is as good as new.
    static let life = 30.0 * 86_400
    /// Seconds before a tile that failed is asked for again.
    static let pause = 60.0
    /// Tiles fetched at once; more are refused for now, and the browser goes without.
    static let atOnce = 24

    init(settings: Settings, capacity: Int = 256 << 20) {
        template = settings.tilesURL
        directory = settings.dataDirectory + "/tiles"
        agent = "Maillage (\(settings.baseURL))"
        self.capacity = capacity
    }

    /// A tile's picture; nil when there is none to be had.
    func picture(_ tile: Tile) async -> [UInt8]? {
        guard let template, tile.z <= 19 else { return nil }
        let name = "\(tile.z)-\(tile.x)-\(tile.y)"
        let old = read(name)
        if let old, let found = kept?[name], Date().timeIntervalSince(found.fetched) < Self.life { return old }
        if let until = refused[name], Date() < until { return old }
        if let task = underWay[name] { return await task.value ?? old }
        guard underWay.count < Self.atOnce else { return old }
        let address = Self.address(template, tile)
        let task = Task { [agent] in await Self.fetch(address, agent) }
        underWay[name] = task
        let fresh = await task.value
        underWay[name] = nil
        guard let fresh else {
            if refused.count >= 4_000 { refused.removeAll() }
            refused[name] = Date().addingTimeInterval(Self.pause)
            return old
        }
        refused[name] = nil
        write(fresh, name)
        return fresh
    }

    static func address(_ template: String, _ tile: Tile) -> String {
        template.replacing("{z}", with: String(tile.z)).replacing("{x}", with: String(tile.x))
            .replacing("{y}", with: String(tile.y)).replacing("{s}", with: "a")
    }

    private static func fetch(_ address: String, _ agent: String) async -> [UInt8]? {
        do {
            let bytes = try await OutwardCall.get(
                address, accepting: "image/png,image/webp,image/jpeg", as: agent, atMost: largest, within: 8)
            return type(of: bytes) == nil ? nil : bytes
        } catch {
            // No line, no tile: the map does without, and asks again in a while.
            return nil
        }
    }

    /// The kind of a picture by its first bytes, whatever the server says it is; nil for anything that is not a map tile.
    static func type(of bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return "image/png" }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
        if bytes.count > 12, bytes.starts(with: "RIFF".utf8), bytes[8..<12].elementsEqual("WEBP".utf8) {
            return "image/webp"
        }
        return nil
    }

    private func read(_ name: String) -> [UInt8]? {
        if kept == nil { open() }
        guard kept?[name] != nil else { return nil }
        guard let data = FileManager.default.contents(atPath: directory + "/" + name), Self.type(of: Array(data)) != nil
        else {
            bytes -= kept?.removeValue(forKey: name)?.size ?? 0
            return nil
        }
        clock += 1
        kept?[name]?.used = clock
        return Array(data)
    }

    /// What earlier runs left.
    private func open() {
        var found: [String: Kept] = [:]
        bytes = 0
        let files = FileManager.default
        for name in (try? files.contentsOfDirectory(atPath: directory)) ?? [] {
            guard let attributes = try? files.attributesOfItem(atPath: directory + "/" + name),
                let size = attributes[.size] as? Int, let date = attributes[.modificationDate] as? Date
            else { continue }
            found[name] = Kept(size: size, fetched: date, used: 0)
            bytes += size
        }
        kept = found
    }

    private func write(_ picture: [UInt8], _ name: String) {
        let files = FileManager.default
        try? files.createDirectory(atPath: directory, withIntermediateDirectories: true)
        // Written aside, then named: a tile is whole or absent. A full disk only means asking again.
        guard (try? Data(picture).write(to: URL(fileURLWithPath: directory + "/" + name), options: .atomic)) != nil
        else { return }
        clock += 1
        bytes += picture.count - (kept?[name]?.size ?? 0)
        kept?[name] = Kept(size: picture.count, fetched: Date(), used: clock)
        guard bytes > capacity else { return }
        for (name, old) in (kept ?? [:]).sorted(by: { ($0.value.used, $0.key) < ($1.value.used, $1.key) }) {
            if bytes <= capacity - capacity / 8 { break }
            try? files.removeItem(atPath: directory + "/" + name)
            kept?[name] = nil
            bytes -= old.size
        }
    }
}

extension GroundTiles {
    /// `GET /carte/fond/{z}/{x}/{y}.png`.
    static func serve(_ visit: Visit) async throws -> Answer {
        guard let z = WrittenNumber.whole(try visit.parameter("z").utf8),
            let x = WrittenNumber.whole(try visit.parameter("x").utf8),
            let y = WrittenNumber.whole(try visit.parameter("y").utf8),
            let tile = Tile(z: z, x: x, y: y)
        else { throw Missing() }
        guard let picture = await visit.reception.ground.picture(tile), let type = type(of: picture) else {
            return Answer(status: .notFound, headers: [.cacheControl: "public, max-age=60"])
        }
        return Answer(type: type, bytes: picture).with(.cacheControl, "public, max-age=604800")
    }
}
