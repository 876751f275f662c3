import Exchange

/// A ZIP file taken apart and put together again, with what a test changed in between.
public struct RepackedArchive {
    public var entries: [(name: String, bytes: [UInt8])]

    public init(_ bytes: [UInt8]) throws {
        let read: ZIPDirectory.Bytes = { Array(bytes[$0.clamped(to: 0..<bytes.count)]) }
        entries = try ZIPDirectory.read(size: bytes.count, read).entries.map { entry in
            (entry.name, try ZIPDirectory.content(of: entry, limit: 1 << 28, read))
        }
    }

    /// The bytes of an entry; empty when it is not there.
    public subscript(name: String) -> [UInt8] {
        get { entries.first { $0.name == name }?.bytes ?? [] }
        set {
            entries = entries.map { $0.name == name ? (name, newValue) : $0 }
            if !entries.contains(where: { $0.name == name }) { entries.append((name, newValue)) }
        }
    }

    /// Writes one text for another in an entry, wherever it stands.
    public mutating func replace(_ old: String, _ new: String, in name: String) {
        let text = String(decoding: self[name], as: UTF8.self)
        self[name] = Array(
            text.split(separator: old, omittingEmptySubsequences: false).joined(separator: new).utf8)
    }

    public var bytes: [UInt8] {
        get throws {
            let zip = ZIPWriter()
            for entry in entries { try zip.add(entry.name, entry.bytes, modified: 1_600_000_000) }
            try zip.finish()
            return zip.take()
        }
    }
}
