/// Why an entry cannot be written in a ZIP file.
public enum ZIPProblem: Error, Sendable, Equatable {
    /// An empty or absolute name, with `\`, `..`, a control character or more than 1,024 bytes.
    case invalidName(String)
    case duplicateName(String)
    /// An entry written without its size being known beforehand ends at 4 GiB.
    case tooLarge
    /// A call out of order: `write` outside an entry, anything after `finish`.
    case misuse
    /// An entry holds fewer bytes than it was said to.
    case changed(String)
}

/// Writes a ZIP file (PKWARE APPNOTE 6.3, ZIP64 where it is needed) piece by piece: take what is written as it comes.
///
/// Names are in UTF-8. Entries are deflated, or stored when they are compressed already. Not to be shared between tasks.
public final class ZIPWriter {
    /// How an entry is kept.
    public enum Method: UInt16, Sendable {
        case store = 0
        case deflate = 8
    }

    private var output: [UInt8] = []
    private var offset: UInt64 = 0
    private var entries: [ZIPEntry] = []
    private var names: Set<String> = []
    private var current: ZIPEntry?
    private var deflater: DeflateStream?
    private var isFinished = false

    public init() {}

    /// Opens an entry.
    ///
    /// - Parameters:
    ///   - name: a relative path with `/`.
    ///   - modified: seconds since 1970, UTC; ZIP keeps them by two, from 1980 to 2107.
    public func begin(_ name: String, modified: Int64, method: Method = .deflate) throws {
        let entry = try checked(name, modified: modified, method: method)
        deflater = method == .deflate ? try DeflateStream(.raw, level: 6) : nil
        append(entry.localHeader)
        current = entry
    }

    /// Writes the next bytes of the open entry.
    public func write(_ bytes: [UInt8]) throws { try add(bytes, closes: false) }

    /// Closes the open entry.
    public func end() throws {
        try add([], closes: true)
        guard let entry = current else { throw ZIPProblem.misuse }
        append(entry.dataDescriptor)
        entries.append(entry)
        current = nil
        deflater = nil
    }

    /// Writes a whole entry.
    public func add(_ name: String, _ bytes: [UInt8], modified: Int64, method: Method = .deflate) throws {
        try begin(name, modified: modified, method: method)
        try write(bytes)
        try end()
    }

    /// Writes a whole entry as it is, its size and checksum before its content: what OpenDocument asks of its first.
    public func addStored(_ name: String, _ bytes: [UInt8], modified: Int64) throws {
        var entry = try checked(name, modified: modified, method: .store)
        entry.isKnown = true
        entry.count(bytes)
        entry.compressedSize = entry.size
        guard entry.size < ZIPEntry.wide else { throw ZIPProblem.tooLarge }
        append(entry.localHeader)
        append(bytes)
        entries.append(entry)
    }

    /// Writes the directory that ends the file.
    public func finish() throws {
        guard current == nil, !isFinished else { throw ZIPProblem.misuse }
        isFinished = true
        let start = offset
        for entry in entries { append(entry.directoryHeader) }
        append(ZIPEntry.endOfDirectory(count: entries.count, start: Int(start), end: Int(offset)))
    }

    /// Hands over what was written since the last call.
    public func take() -> [UInt8] {
        defer { output.removeAll(keepingCapacity: true) }
        return output
    }

    private func checked(_ name: String, modified: Int64, method: Method) throws -> ZIPEntry {
        guard current == nil, !isFinished else { throw ZIPProblem.misuse }
        guard ZIPEntry.isValidName(name) else { throw ZIPProblem.invalidName(name) }
        guard names.insert(name).inserted else { throw ZIPProblem.duplicateName(name) }
        return ZIPEntry(name: name, method: method, modified: modified, offset: offset)
    }

    private func add(_ bytes: [UInt8], closes: Bool) throws {
        guard var entry = current else { throw ZIPProblem.misuse }
        entry.count(bytes)
        if let deflater {
            var compressed: [UInt8] = []
            try bytes.withUnsafeBytes { try deflater.write($0, finish: closes, to: &compressed) }
            entry.compressedSize += UInt64(compressed.count)
            append(compressed)
        } else {
            entry.compressedSize += UInt64(bytes.count)
            append(bytes)
        }
        current = entry
        guard entry.size < ZIPEntry.wide, entry.compressedSize < ZIPEntry.wide else { throw ZIPProblem.tooLarge }
    }

    private func append(_ bytes: [UInt8]) {
        output += bytes
        offset += UInt64(bytes.count)
    }
}
