import Storage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension IncomingFile {
    /// Looks at a file before it is kept: its size, and its bytes wherever they are asked for, straight from the disk.
    ///
    /// Throws what `look` throws; the file is then still to be kept or discarded.
    public func inspect<T: Sendable>(
        _ look: @escaping @Sendable (_ size: Int, _ bytes: (Range<Int>) throws -> [UInt8]) throws -> T
    ) async throws -> T {
        let (path, size) = (path, count)
        return try await FileVault.run(on: lane) {
            let file = try FileSlices(path)
            defer { file.close() }
            return try look(size, file.bytes)
        }
    }
}

/// A file of the disk, read here and there.
struct FileSlices: Sendable {
    private let descriptor: Int32

    init(_ path: String) throws {
        descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemDisk.failure(errno, path) }
    }

    /// The bytes of a range, fewer where the file ends. A slice is at most 16 MiB long.
    func bytes(_ range: Range<Int>) throws -> [UInt8] {
        let wanted = min(range.count, 16 << 20)
        guard range.lowerBound >= 0, wanted > 0 else { return [] }
        var code: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
            while count < wanted {
                let got = pread(
                    descriptor, buffer.baseAddress.map { $0 + count }, wanted - count, off_t(range.lowerBound + count))
                if got < 0, errno == EINTR { continue }
                if got < 0 { code = errno }
                guard got > 0 else { return }
                count += got
            }
        }
        guard code == 0 else { throw SystemDisk.failure(code, "read") }
        return bytes
    }

    /// In bytes.
    func size() throws -> Int {
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            throw StorageError.unavailable("not a file")
        }
        return Int(facts.st_size)
    }

    func close() {
        closeFile(descriptor)
    }
}

// The method above hides the system's function of the same name.
private func closeFile(_ descriptor: Int32) {
    close(descriptor)
}
