import Crypto
import Dispatch
import Storage
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file that arrives in several requests: its bytes wait in `incoming/` under a name of their own, until all are there.
///
/// What a cut line left is kept; `sweep` removes what nobody added to for a day. Nothing is promised of a part: it is hashed whole
/// before it is kept.
extension FileVault {
    /// Makes an empty part and answers its name.
    public func beginPart() async throws -> String {
        let name = "part-" + Self.freshName()
        try await Self.run(on: lane(of: name)) { [self] in
            try prepare()
            disk.closeFile(try disk.createFile(incoming + "/" + name))
        }
        return name
    }

    /// How many bytes of a part are there; nil when it was swept, kept or cancelled.
    public func size(ofPart name: String) async throws -> Int? {
        let path = try path(ofPart: name)
        return try await Self.run(on: lane(of: name)) {
            var facts = stat()
            guard lstat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return nil }
            return Int(facts.st_size)
        }
    }

    /// Opens a part to add to it; nil when it is not there. Throws `PartBusy` while another request does, on this node or another:
    /// it is closed before this returns.
    @discardableResult
    public func append<Answer>(toPart name: String, _ add: (PartWriter) async throws -> Answer) async throws -> Answer?
    {
        guard let part = try await open(part: name) else { return nil }
        do {
            let answer = try await add(part)
            try await part.close()
            return answer
        } catch {
            try await part.close()
            throw error
        }
    }

    private func open(part name: String) async throws -> PartWriter? {
        let path = try path(ofPart: name)
        let lane = lane(of: name)
        return try await Self.run(on: lane) { [self] in
            let descriptor = openFile(path, O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC)
            guard descriptor >= 0 else {
                guard errno == ENOENT else { throw SystemDisk.failure(errno, path) }
                return nil
            }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                close(descriptor)
                throw PartBusy()
            }
            var facts = stat()
            guard fstat(descriptor, &facts) == 0 else {
                close(descriptor)
                throw SystemDisk.failure(errno, path)
            }
            return PartWriter(disk: disk, descriptor: descriptor, size: Int(facts.st_size), lane: lane)
        }
    }

    /// A part that is whole, hashed again from the disk, to be looked at and kept like any file; nil when it is not there.
    ///
    /// Throws `PartBusy` while a request adds to it.
    public func file(ofPart name: String) async throws -> IncomingFile? {
        let path = try path(ofPart: name)
        let lane = lane(of: name)
        return try await Self.run(on: lane) { [self] in
            let descriptor = openFile(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC)
            guard descriptor >= 0 else {
                guard errno == ENOENT else { throw SystemDisk.failure(errno, path) }
                return nil
            }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                close(descriptor)
                throw PartBusy()
            }
            do {
                let slices = try FileSlices(path)
                defer { slices.close() }
                var hash = SHA256()
                var count = 0
                while true {
                    let bytes = try slices.bytes(count..<count + 1 << 20)
                    guard !bytes.isEmpty else { break }
                    hash.update(data: bytes)
                    count += bytes.count
                }
                return IncomingFile(
                    vault: self, path: path, descriptor: descriptor, hash: hash, count: count, lane: lane)
            } catch {
                close(descriptor)
                throw error
            }
        }
    }

    /// Forgets a part, whatever became of it.
    public func cancelPart(_ name: String) async throws {
        let path = try path(ofPart: name)
        try await Self.run(on: lane(of: name)) { [self] in try disk.removeFile(path) }
    }

    /// A name of ours and nothing else: no path is ever made of something sent.
    private func path(ofPart name: String) throws -> String {
        let digits = name.utf8.dropFirst(5)
        guard name.hasPrefix("part-"), digits.count == 32,
            digits.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
        else { throw StorageError.unavailable("not a part: \(name.count) characters") }
        return incoming + "/" + name
    }
}

/// Another request adds to the same file.
public struct PartBusy: Error, Sendable, Equatable {}

/// A part while a request adds to it. One at a time.
public final class PartWriter: Sendable {
    private let disk: any VaultDisk
    private let lane: DispatchQueue
    private let state: Mutex<(descriptor: Int32?, size: Int)>

    fileprivate init(disk: any VaultDisk, descriptor: Int32, size: Int, lane: DispatchQueue) {
        self.disk = disk
        self.lane = lane
        state = Mutex((descriptor, size))
    }

    fileprivate func close() async throws {
        try await FileVault.run(on: lane) { [self] in
            guard let descriptor = state.withLock({ $0.descriptor.take() }) else { return }
            // A program that is being started holds the descriptor too, for a moment: closing ours would not unlock.
            flock(descriptor, LOCK_UN)
            disk.closeFile(descriptor)
        }
    }

    /// Bytes that are there.
    public var size: Int { state.withLock { $0.size } }

    /// Adds bytes, so that the whole is at most `limit` long. Throws `FileTooLong`, or `StorageError`.
    public func write(_ bytes: [UInt8], limit: Int) async throws {
        guard !bytes.isEmpty else { return }
        try await FileVault.run(on: lane) { [self] in
            try state.withLock { state in
                guard let descriptor = state.descriptor else { throw StorageError.unavailable("the part was closed") }
                guard bytes.count <= limit - state.size else { throw FileTooLong(limit: limit) }
                try disk.writeSparing(bytes[...], to: descriptor)
                state.size += bytes.count
            }
        }
    }
}

// The vault has methods of the same names as the system's functions.
private func openFile(_ path: String, _ flags: Int32) -> Int32 {
    open(path, flags)
}
