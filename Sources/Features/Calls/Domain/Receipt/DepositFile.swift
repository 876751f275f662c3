#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The file of the deposit journal, locked while it is open.
final class DepositFile {
    private var descriptor: Int32
    private let path: String

    /// Opens and locks the file, making it when there is none; `isMade` false reads one that must be there.
    init(_ path: String, isMade: Bool = true) throws(DepositJournalProblem) {
        self.path = path
        descriptor = open(path, isMade ? O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC : O_RDONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.problem(path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw DepositJournalProblem("another maillage is using \(path)")
        }
    }

    deinit {
        if descriptor >= 0 { Self.close(descriptor) }
    }

    /// Closes the file, and unlocks it first.
    static func close(_ descriptor: Int32) {
        // A program that is being started holds the descriptor too, for a moment: closing ours would not unlock.
        flock(descriptor, LOCK_UN)
        closeFile(descriptor)
    }

    /// Hands the open descriptor over, with its lock.
    func release() -> Int32 {
        defer { descriptor = -1 }
        return descriptor
    }

    var size: Int {
        get throws(DepositJournalProblem) {
            var status = stat()
            guard fstat(descriptor, &status) == 0 else { throw Self.problem(path) }
            return Int(status.st_size)
        }
    }

    /// So many bytes from a place, which must be within the file.
    func bytes(from place: Int, _ count: Int) throws(DepositJournalProblem) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var length = 0
        while length < count {
            let (descriptor, offset) = (descriptor, length)
            let read = bytes.withUnsafeMutableBytes { buffer in
                pread(descriptor, buffer.baseAddress.map { $0 + offset }, count - offset, off_t(place + offset))
            }
            if read < 0, errno == EINTR { continue }
            guard read > 0 else { throw Self.problem(path) }
            length += read
        }
        return bytes
    }

    func append(_ bytes: [UInt8]) throws(DepositJournalProblem) {
        try Self.append(bytes, descriptor, path)
    }

    /// Writes at the end, and returns once it is on the disk.
    static func append(_ bytes: [UInt8], _ descriptor: Int32, _ path: String) throws(DepositJournalProblem) {
        var written = 0
        while written < bytes.count {
            let offset = written
            let count = bytes.withUnsafeBytes { buffer in
                write(descriptor, buffer.baseAddress.map { $0 + offset }, buffer.count - offset)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw problem(path) }
            written += count
        }
        guard fdatasync(descriptor) == 0 else { throw problem(path) }
    }

    /// Keeps what follows the last whole entry beside the journal: it may be half a deposit, and somebody may ask for it.
    func setAside(from place: Int, to end: Int) throws(DepositJournalProblem) {
        let aside = path + ".cut"
        let descriptor = open(aside, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.problem(aside) }
        defer { Self.close(descriptor) }
        var next = place
        while next < end {
            let piece = try bytes(from: next, min(1 << 20, end - next))
            try Self.append(piece, descriptor, aside)
            next += piece.count
        }
    }

    func cut(at length: Int) throws(DepositJournalProblem) {
        guard ftruncate(descriptor, off_t(length)) == 0, fsync(descriptor) == 0 else { throw Self.problem(path) }
    }

    func syncFolder() throws(DepositJournalProblem) {
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.problem(folder) }
        defer { Self.close(descriptor) }
        guard fsync(descriptor) == 0 else { throw Self.problem(folder) }
    }

    private static func problem(_ path: String) -> DepositJournalProblem {
        DepositJournalProblem("\(path): \(String(cString: strerror(errno)))")
    }
}

// The method above hides the system's function of the same name.
private func closeFile(_ descriptor: Int32) {
    close(descriptor)
}
