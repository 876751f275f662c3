import Crypto
import Foundation
import NIOCore

/// Style sheets, scripts and pictures, in memory: each under a name that holds the hash of its content, so that browsers may
/// keep it for ever.
public struct Assets: Sendable {
    struct Asset: Sendable {
        let type: String
        let plain: ByteBuffer
        let gzipped: ByteBuffer?
        let hash: String
    }

    /// By served name: `maillage.3f2a….css`.
    private var served: [String: Asset] = [:]
    /// From the name in the tree to the served one.
    private var names: [String: String] = [:]
    /// Whether Debian's Leaflet was found: without it, map pages show their list.
    public private(set) var hasLeaflet = false

    private static let types = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
        "png": "image/png", "jpg": "image/jpeg", "webp": "image/webp", "ico": "image/x-icon", "woff2": "font/woff2",
        "webmanifest": "application/manifest+json", "txt": "text/plain; charset=utf-8",
    ]

    /// Where libjs-leaflet puts its files.
    public static let leafletDirectory = "/usr/share/javascript/leaflet"

    /// Loads the program's own files, then Leaflet's if it is installed.
    public static func load(leaflet: String = leafletDirectory) -> Assets {
        var files: [String: [UInt8]] = [:]
        for directory in publicDirectories() {
            files = read(directory, under: "")
            if !files.isEmpty { break }
        }
        let found = read(leaflet, under: "leaflet/").filter { name, _ in
            ["leaflet/leaflet.esm.js", "leaflet/leaflet.esm.min.js", "leaflet/leaflet.css"].contains(name)
                || name.hasPrefix("leaflet/images/")
        }
        files.merge(found) { own, _ in own }
        var assets = Assets(files: files)
        assets.hasLeaflet = assets.address(of: "leaflet/leaflet.css") != nil && assets.leafletScript != nil
        return assets
    }

    /// Assets made of these files. References of style sheets to other files are replaced by the names served.
    public init(files: [String: [UInt8]]) {
        let isSheet: (String) -> Bool = { $0.hasSuffix(".css") }
        for (name, bytes) in files.sorted(by: { $0.key < $1.key }) where !isSheet(name) { add(name, bytes) }
        for (name, bytes) in files.sorted(by: { $0.key < $1.key }) where isSheet(name) {
            add(name, StyleReferences.rewrite(bytes, in: name) { address(of: $0) })
        }
    }

    private mutating func add(_ name: String, _ bytes: [UInt8]) {
        let file = name.split(separator: "/").last.map(String.init) ?? name
        guard let dot = file.lastIndex(of: "."), let type = Self.types[String(file[file.index(after: dot)...])] else {
            return
        }
        let hash = SHA256.hash(data: bytes).prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let servedName = file[..<dot] + "." + hash + file[dot...]
        let gzipped = CompressionDoor.isCompressible(type) ? CompressionDoor.gzip(bytes, level: 9) : nil
        let isSmaller = gzipped.map { $0.count < bytes.count } ?? false
        served[String(servedName)] = Asset(
            type: type, plain: ByteBuffer(bytes: bytes),
            gzipped: isSmaller ? gzipped.map { ByteBuffer(bytes: $0) } : nil,
            hash: hash)
        names[name] = String(servedName)
    }

    /// The address of a file of the tree (`maillage.css`, `leaflet/leaflet.css`); nil when there is none.
    public func address(of name: String) -> String? {
        names[name].map { "/assets/" + $0 }
    }

    /// The address of Leaflet's module, compact when Debian ships it so.
    public var leafletScript: String? {
        address(of: "leaflet/leaflet.esm.min.js") ?? address(of: "leaflet/leaflet.esm.js")
    }

    func asset(served name: String) -> Asset? {
        served[name]
    }

    /// Everything served, for tests that visit it all.
    public var addresses: [String] {
        served.keys.sorted().map { "/assets/" + $0 }
    }

    /// Where the program's files may be: in the resources of the build, or beside the executable where it was installed.
    private static func publicDirectories() -> [String] {
        var directories: [String] = []
        if let executable = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent() {
            for bundle in ["maillage_MaillageWeb.resources", "maillage_MaillageWeb.bundle"] {
                directories.append(executable.appendingPathComponent(bundle).appendingPathComponent("Public").path)
            }
            directories.append(executable.appendingPathComponent("Public").path)
            directories.append(
                executable.deletingLastPathComponent().appendingPathComponent("share/maillage/Public").path)
            // The test runner stands deeper than the resources.
            var above = executable
            for _ in 0..<4 {
                above = above.deletingLastPathComponent()
                directories.append(above.appendingPathComponent("maillage_MaillageWeb.resources/Public").path)
            }
        }
        return directories
    }

    /// The files of a directory and of those below, by relative name. Nothing when it cannot be read: an asset that is not
    /// there is a page without ornament, not a reason to stop.
    private static func read(_ directory: String, under prefix: String) -> [String: [UInt8]] {
        guard let entries = FileManager.default.enumerator(atPath: directory) else { return [:] }
        var files: [String: [UInt8]] = [:]
        for case let name as String in entries {
            guard !name.hasPrefix("."), let data = FileManager.default.contents(atPath: directory + "/" + name) else {
                continue
            }
            files[prefix + name] = [UInt8](data)
        }
        return files
    }
}
