import Storage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension FileVault {
    /// A day: no upload lasts so long.
    public static let leastAge = Instant.Span.hours(24)

    /// Removes the files that no row names, and what interrupted uploads left, when they are older than `age` at `now`.
    ///
    /// - Parameter named: which of these files a row names, asked in batches. A file kept again meanwhile is young and stays.
    /// - Returns: how many files were removed.
    @discardableResult
    public func sweep(
        olderThan age: Instant.Span = leastAge, at now: Instant,
        named: (_ batch: [FileDigest]) async throws -> Set<FileDigest>
    ) async throws -> Int {
        let limit = now - age
        var count = try await sweepIncoming(before: limit)
        for first in try await list(directory) where first.utf8.count == 2 {
            for second in try await list("\(directory)/\(first)") {
                let folder = "\(directory)/\(first)/\(second)"
                let old = try await list(folder).compactMap { FileDigest(text: $0) }
                    .filter { Self.isOlder("\(folder)/\($0.text)", than: limit) }
                guard !old.isEmpty else { continue }
                let kept = try await named(old)
                for digest in old where !kept.contains(digest) {
                    count += try await remove(digest, ifOlderThan: limit) ? 1 : 0
                }
            }
        }
        return count
    }

    /// An empty folder for the work of another program, made in `incoming/` so that nothing of it outlives a crash for long.
    public func workFolder() async throws -> WorkFolder {
        let path = incoming + "/" + Self.freshName()
        try await Self.run(on: lane()) { [self] in
            try prepare()
            _ = try disk.makeFolder(path)
        }
        return WorkFolder(path: path, vault: self)
    }

    private func sweepIncoming(before limit: Instant) async throws -> Int {
        var count = 0
        for name in try await list(incoming) {
            let path = incoming + "/" + name
            guard Self.isOlder(path, than: limit) else { continue }
            try await Self.run(on: lane()) { [self] in try removeAll(path) }
            count += 1
        }
        return count
    }

    /// Removes a file, or a folder with the files in it.
    func removeAll(_ path: String) throws {
        guard Self.isFolder(path) else { return try disk.removeFile(path) }
        for name in Self.names(in: path) { try disk.removeFile(path + "/" + name) }
        try disk.removeFolder(path)
    }

    private func remove(_ digest: FileDigest, ifOlderThan limit: Instant) async throws -> Bool {
        let path = path(of: digest)
        return try await Self.run(on: lane()) { [self] in
            try naming.withLock { _ in
                guard Self.isOlder(path, than: limit) else { return false }
                try disk.removeFile(path)
                return true
            }
        }
    }

    private func list(_ folder: String) async throws -> [String] {
        try await Self.run(on: lane()) { Self.names(in: folder) }
    }

    /// The names in a folder, sorted; none when it is not there.
    private static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    private static func isFolder(_ path: String) -> Bool {
        var facts = stat()
        return lstat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
    }

    private static func isOlder(_ path: String, than limit: Instant) -> Bool {
        var facts = stat()
        guard lstat(path, &facts) == 0 else { return false }
        #if canImport(Glibc)
            let seconds = Int64(facts.st_mtim.tv_sec)
        #else
            let seconds = Int64(facts.st_mtimespec.tv_sec)
        #endif
        return seconds < limit.seconds
    }
}

/// A folder where another program reads and writes while it works for the vault.
public struct WorkFolder: Sendable {
    public let path: String
    let vault: FileVault

    /// Begins to receive a file in the folder, under this name.
    public func receive(_ name: String, limit: Int) async throws -> IncomingFile {
        try await vault.receive(at: path + "/" + name, limit: limit)
    }

    /// Removes the folder and the files in it. What cannot be removed now is swept later.
    public func remove() async {
        try? await FileVault.run(on: vault.lane()) { [vault, path] in try vault.removeAll(path) }
    }
}
