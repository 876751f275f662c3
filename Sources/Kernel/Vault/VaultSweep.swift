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

    /// Tells the files that no row names and that are older than `age` at `now`: those that `sweep` would remove.
    public func unnamed(
        olderThan age: Instant.Span = leastAge, at now: Instant,
        named: (_ batch: [FileDigest]) async throws -> Set<FileDigest>, _ tell: (FileDigest) -> Void
    ) async throws {
        for first in try await list(directory) where first.utf8.count == 2 {
            for second in try await list("\(directory)/\(first)") {
                let folder = "\(directory)/\(first)/\(second)"
                let old = try await list(folder).compactMap { FileDigest(text: $0) }
                    .filter { Self.isOlder("\(folder)/\($0.text)", than: now - age) }
                guard !old.isEmpty else { continue }
                let kept = try await named(old)
                for digest in old where !kept.contains(digest) { tell(digest) }
            }
        }
    }

    /// The files there are after one, by name. Each folder is listed when its turn comes, so that memory does not depend on
    /// their count.
    func files(after last: String = "") async throws -> VaultListing {
        VaultListing(
            vault: self, last: last,
            firsts: try await list(directory).filter { $0.utf8.count == 2 && $0 >= last.prefix(2) })
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
            try inNamingTurn {
                guard Self.isOlder(path, than: limit) else { return false }
                try disk.removeFile(path)
                return true
            }
        }
    }

    func list(_ folder: String) async throws -> [String] {
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

/// The files of a vault, in the order of their names.
struct VaultListing: AsyncSequence, AsyncIteratorProtocol {
    private let vault: FileVault
    private let last: String
    private var firsts: [String]
    private var seconds: [String] = []
    private var files: [FileDigest] = []

    fileprivate init(vault: FileVault, last: String, firsts: [String]) {
        self.vault = vault
        self.last = last
        self.firsts = firsts.reversed()
    }

    func makeAsyncIterator() -> VaultListing { self }

    mutating func next() async throws -> FileDigest? {
        while true {
            try Task.checkCancellation()
            if let file = files.popLast() { return file }
            if let folder = seconds.popLast() {
                files = try await vault.list(folder).compactMap { FileDigest(text: $0) }.filter { $0.text > last }
                    .reversed()
                continue
            }
            guard let first = firsts.popLast() else { return nil }
            let folder = vault.directory + "/" + first
            seconds = try await vault.list(folder).filter { $0.utf8.count == 2 }.map { folder + "/" + $0 }.reversed()
        }
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
