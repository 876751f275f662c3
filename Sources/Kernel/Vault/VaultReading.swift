import Dispatch
import Storage
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file of the vault, read piece by piece: the memory it takes does not depend on its size.
public final class VaultReading: Sendable {
    /// In bytes.
    public let size: Int
    private let lane: DispatchQueue
    private let descriptor: Mutex<Int32?>

    /// Bytes of a piece.
    public static let piece = 65_536

    fileprivate init(descriptor: Int32, size: Int, lane: DispatchQueue) {
        self.descriptor = Mutex(descriptor)
        self.size = size
        self.lane = lane
    }

    deinit {
        descriptor.withLock { descriptor in
            if let descriptor { close(descriptor) }
        }
    }

    /// Goes on from an offset, in bytes. Throws `StorageError.unavailable` when the disk refuses.
    public func go(to offset: Int) async throws {
        try await FileVault.run(on: lane) { [self] in
            try descriptor.withLock { held in
                guard let descriptor = held else { return }
                guard lseek(descriptor, off_t(offset), SEEK_SET) >= 0 else { throw SystemDisk.failure(errno, "seek") }
            }
        }
    }

    /// The next bytes; nil at the end. Throws `StorageError.unavailable` when the disk cannot be read.
    public func next() async throws -> [UInt8]? {
        try await FileVault.run(on: lane) { [self] in
            try descriptor.withLock { held -> [UInt8]? in
                guard let descriptor = held else { return nil }
                var code: Int32 = 0
                let bytes = [UInt8](unsafeUninitializedCapacity: Self.piece) { buffer, count in
                    var got = read(descriptor, buffer.baseAddress, Self.piece)
                    while got < 0, errno == EINTR { got = read(descriptor, buffer.baseAddress, Self.piece) }
                    code = got < 0 ? errno : 0
                    count = max(0, got)
                }
                guard code == 0 else { throw SystemDisk.failure(code, "read") }
                if !bytes.isEmpty { return bytes }
                close(descriptor)
                held = nil
                return nil
            }
        }
    }
}

extension FileVault {
    /// Opens a file for reading; nil when the vault does not hold it.
    public func open(_ digest: FileDigest) async throws -> VaultReading? {
        let path = path(of: digest)
        let lane = lane()
        return try await Self.run(on: lane) { try Self.reading(path, lane) }
    }

    /// The sizes in bytes of those of these files that the vault holds.
    public func sizes(of files: [FileDigest]) async throws -> [FileDigest: Int] {
        let paths = files.map { ($0, path(of: $0)) }
        return try await Self.run(on: lane()) {
            var sizes: [FileDigest: Int] = [:]
            for (file, path) in paths {
                var facts = stat()
                guard lstat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { continue }
                sizes[file] = Int(facts.st_size)
            }
            return sizes
        }
    }

    /// A file that a row names and that the disk does not have.
    public static func lost(_ file: FileDigest) -> StorageError { .unavailable("the vault does not hold \(file)") }

    /// What another program wrote in a `workFolder`, whole in memory: for files that are small by their limit, in bytes.
    public func content(ofFileAt path: String, limit: Int) async throws -> [UInt8] {
        let lane = lane()
        guard let file = try await Self.run(on: lane, { try Self.reading(path, lane) }) else {
            throw StorageError.unavailable("\(path) is not there")
        }
        guard file.size <= limit else { throw FileTooLong(limit: limit) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(file.size)
        while let piece = try await file.next() { bytes += piece }
        return bytes
    }

    /// Whether the bytes of a file are those its name says; false too when it is not there.
    public func isWhole(_ digest: FileDigest) async throws -> Bool {
        guard let file = try await open(digest) else { return false }
        var hash = RunningDigest()
        while let piece = try await file.next() { hash.update(piece) }
        return hash.digest == digest
    }

    private static func reading(_ path: String, _ lane: DispatchQueue) throws -> VaultReading? {
        #if canImport(Glibc)
            let descriptor = Glibc.open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        #else
            let descriptor = Darwin.open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        #endif
        guard descriptor >= 0 else {
            guard errno == ENOENT else { throw SystemDisk.failure(errno, path) }
            return nil
        }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw StorageError.unavailable("\(path) is not a file")
        }
        return VaultReading(descriptor: descriptor, size: Int(facts.st_size), lane: lane)
    }
}
