import Storage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The few operations on a disk that the vault's promises rest on, each about one system call: a test records them, or
/// makes one fail.
///
/// Throws `StorageError.diskFull` when there is no room, `.outcomeUnknown` when a sync fails, `.unavailable` otherwise.
protocol VaultDisk: Sendable {
    /// Makes a folder that its owner alone enters; false when it was there.
    func makeFolder(_ path: String) throws -> Bool
    /// Makes a new file that its owner alone reads, and opens it for writing.
    func createFile(_ path: String) throws -> Int32
    func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) throws
    func syncFile(_ descriptor: Int32, _ path: String) throws
    func closeFile(_ descriptor: Int32)
    func rename(_ path: String, to other: String) throws
    func syncFolder(_ path: String) throws
    /// How many bytes are free on the disk of an open file, and how many it has in all.
    func room(around descriptor: Int32) throws -> (free: Int, whole: Int)
    /// Removes a file. What is not there is removed already.
    func removeFile(_ path: String) throws
    /// Removes an empty folder. What is not there is removed already.
    func removeFolder(_ path: String) throws
}

/// Of a disk of so many bytes, those that files leave to what is small and cannot wait: final acts are taken after documents are
/// refused.
private func reserve(of whole: Int) -> Int { min(whole / 4, 256 << 20) }

extension VaultDisk {
    /// Writes what somebody sends, unless it would go into the reserve: throws `StorageError.diskFull` then.
    func writeSparing(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) throws {
        let (free, whole) = try room(around: descriptor)
        guard free - bytes.count >= reserve(of: whole) else { throw StorageError.diskFull }
        try write(bytes, to: descriptor)
    }
}

/// The disk of the machine.
struct SystemDisk: VaultDisk {
    func makeFolder(_ path: String) throws -> Bool {
        if mkdir(path, 0o700) == 0 { return true }
        guard errno == EEXIST else { throw Self.failure(errno, path) }
        return false
    }

    func createFile(_ path: String) throws -> Int32 {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure(errno, path) }
        return descriptor
    }

    func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) throws {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { buffer in
                #if canImport(Glibc)
                    Glibc.write(descriptor, buffer.baseAddress, buffer.count)
                #else
                    Darwin.write(descriptor, buffer.baseAddress, buffer.count)
                #endif
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.failure(count < 0 ? errno : ENOSPC, "write") }
            rest = rest.dropFirst(count)
        }
    }

    func syncFile(_ descriptor: Int32, _ path: String) throws {
        guard fsync(descriptor) == 0 else {
            // A full disk may be found out only now, and then nothing was promised yet.
            if errno == ENOSPC || errno == EDQUOT { throw StorageError.diskFull }
            throw StorageError.outcomeUnknown("\(path): \(Self.words(errno))")
        }
    }

    func closeFile(_ descriptor: Int32) {
        close(descriptor)
    }

    func rename(_ path: String, to other: String) throws {
        #if canImport(Glibc)
            let status = Glibc.rename(path, other)
        #else
            let status = Darwin.rename(path, other)
        #endif
        guard status == 0 else { throw Self.failure(errno, other) }
    }

    func syncFolder(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.failure(errno, path) }
        defer { close(descriptor) }
        try syncFile(descriptor, path)
    }

    func room(around descriptor: Int32) throws -> (free: Int, whole: Int) {
        var facts = statvfs()
        guard fstatvfs(descriptor, &facts) == 0 else { throw Self.failure(errno, "fstatvfs") }
        let block = Int(facts.f_frsize)
        return (Int(facts.f_bavail) * block, Int(facts.f_blocks) * block)
    }

    func removeFile(_ path: String) throws {
        guard unlink(path) == 0 || errno == ENOENT else { throw Self.failure(errno, path) }
    }

    func removeFolder(_ path: String) throws {
        guard rmdir(path) == 0 || errno == ENOENT else { throw Self.failure(errno, path) }
    }

    static func failure(_ code: Int32, _ path: String) -> StorageError {
        code == ENOSPC || code == EDQUOT ? .diskFull : .unavailable("\(path): \(words(code))")
    }

    private static func words(_ code: Int32) -> String { String(cString: strerror(code)) }
}
