import Storage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Backups encrypted by age (https://age-encryption.org/v1, Debian package `age`): the bytes go through the program as they are
/// written and as they are read, so that none of them is in clear on a disk but in the data directory.
enum BackupSeal {
    /// How an encrypted file begins.
    private static let mark = Array("age-encryption.org/v1\n".utf8)
    /// Seconds age may take: that of six hours of writing.
    private static let longest = 6 * 3_600

    /// Whether a file is one that age wrote. Throws `BackupProblem` when it cannot be read.
    static func isSealed(_ path: String) throws -> Bool {
        let input = open(path, O_RDONLY | O_CLOEXEC)
        guard input >= 0 else { throw BackupProblem("\(path): \(String(cString: strerror(errno)))") }
        defer { close(input) }
        return try BackupReader.piece(input, atMost: mark.count, path) == mark
    }

    /// Lets `body` write a backup that reaches the file encrypted. It cannot be read again without the private key, which is
    /// elsewhere: that age ended well and that the file has the length it must have is what is checked.
    static func write(
        to draft: BackupDraft, for recipient: String, _ programs: any OutsidePrograms,
        _ body: @escaping @Sendable (BackupWriter) throws -> BackupManifest
    ) async throws -> BackupManifest {
        let pair = try Pair()
        var program = OutsideProgram(
            "age", ["--encrypt", "--recipient", recipient, "--output", draft.partial],
            in: BackupWriter.folder(of: draft.partial))
        program.input = pair.theirs
        program.seconds = longest
        let (manifest, count) = try await through(program, programs, pair) { () throws -> (BackupManifest, Int) in
            var count = 0
            let writer = BackupWriter { bytes in
                try send(bytes, to: pair.ours)
                count += bytes.count
            }
            return (try body(writer), count)
        }
        try draft.sync()
        guard try draft.size() == length(of: count, head: try head(of: draft.partial)) else {
            throw BackupProblem("the encrypted backup is not as long as it should be")
        }
        return manifest
    }

    /// Lets `body` read what is in an encrypted file. Throws `BackupProblem` with age's words when the key does not open it.
    ///
    /// - Parameter identity: the file of the private key, which nobody but its owner may read.
    static func read<T: Sendable>(
        _ path: String, identity: String, _ programs: any OutsidePrograms,
        _ body: @escaping @Sendable (Int32) throws -> T
    ) async throws -> T {
        try check(identity)
        let pair = try Pair()
        var program = OutsideProgram("age", ["--decrypt", "--identity", identity, path], in: "/")
        program.output = pair.theirs
        program.seconds = longest
        return try await through(program, programs, pair) { try body(pair.ours) }
    }

    /// A private key that others may read is no longer one.
    static func check(_ identity: String) throws {
        var facts = stat()
        guard stat(identity, &facts) == 0 else {
            throw BackupProblem("\(identity): \(String(cString: strerror(errno)))")
        }
        guard facts.st_mode & S_IFMT == S_IFREG else { throw BackupProblem("\(identity) is not a file") }
        guard facts.st_mode & 0o077 == 0 else {
            throw BackupProblem("\(identity) may be read by others than its owner: chmod 600 \(identity)")
        }
    }

    // MARK: Beside the program

    /// Runs age and, beside it, what feeds or drinks it. What age says tells more than that its end was cut off.
    private static func through<T: Sendable>(
        _ program: OutsideProgram, _ programs: any OutsidePrograms, _ pair: Pair,
        _ body: @escaping @Sendable () throws -> T
    ) async throws -> T {
        async let ended: Void = {
            // Once age has ended, whoever waits for it at the other end must know.
            defer { pair.closeTheirs() }
            try await programs.run(program)
        }()
        let result: Result<T, any Error>
        do {
            result = .success(
                try await Backup.aside {
                    defer { pair.closeOurs() }
                    return try body()
                })
        } catch {
            result = .failure(error)
        }
        do {
            try await ended
        } catch let failed as OutsideProgramFailed {
            let lines = failed.description.split(whereSeparator: \.isNewline).map(String.init)
            let told = lines.compactMap { line in
                line.firstRange(of: "age: error: ").map { String(line[$0.upperBound...]) }
            }
            // A program that says nothing was ended by what ended before it.
            if told.isEmpty { _ = try result.get() }
            throw BackupProblem("age: " + (told.isEmpty ? lines : told).joined(separator: " "))
        }
        return try result.get()
    }

    private static func send(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) throws {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { buffer in
                #if canImport(Glibc)
                    Glibc.send(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
                #else
                    Darwin.send(descriptor, buffer.baseAddress, buffer.count, 0)
                #endif
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw BackupProblem("age takes nothing more: \(String(cString: strerror(errno)))") }
            rest = rest.dropFirst(count)
        }
    }

    /// Bytes of the head of an encrypted file: up to the line that begins with `---`, that one included.
    private static func head(of path: String) throws -> Int {
        let file = try FileSlices(path)
        defer { file.close() }
        let bytes = try file.bytes(0..<65_536)
        let mark = Array("\n--- ".utf8)
        for place in bytes.indices where bytes[place...].starts(with: mark) {
            if let end = bytes[(place + 1)...].firstIndex(of: 0x0A) { return end + 1 }
        }
        throw BackupProblem("what age wrote does not begin as it should")
    }

    /// A nonce of 16 bytes, then a tag of 16 for each 64 KiB, an empty text counting as one.
    private static func length(of count: Int, head: Int) -> Int {
        head + 16 + count + max(1, (count + 65_535) / 65_536) * 16
    }

    /// Two ends of a channel, each closed once. Sockets rather than a pipe: writing to a program that died must be an error, not a signal.
    private final class Pair: Sendable {
        let ours: Int32
        let theirs: Int32

        init() throws {
            var ends: [Int32] = [-1, -1]
            #if canImport(Glibc)
                let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
            #else
                let kind = SOCK_STREAM
            #endif
            guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
                throw BackupProblem("no channel to age: \(String(cString: strerror(errno)))")
            }
            (ours, theirs) = (ends[0], ends[1])
        }

        func closeOurs() { close(ours) }
        func closeTheirs() { close(theirs) }
    }
}
