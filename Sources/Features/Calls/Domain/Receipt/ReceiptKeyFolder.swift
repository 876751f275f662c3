import Exchange

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The folder of the keys: `receipt-<id>.key`, readable by its owner only, and `receipt-<id>.json`, to be published.
///
/// A file appears whole or not at all: written under another name, synced, renamed, and its folder synced.
struct ReceiptKeyFolder {
    private let path: String

    init(_ path: String) throws {
        self.path = path
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw Self.problem(path) }
        try Self.syncFolder(path)
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Every public key, the oldest first, each ended by the beginning of its successor.
    func publicKeys() throws -> [ReceiptPublicKey] {
        var keys: [ReceiptPublicKey] = []
        for name in try names() where name.hasPrefix("receipt-") && name.hasSuffix(".json") {
            guard let value = try? JSONValue.parse(try read(name)), let key = ReceiptPublicKey(json: value),
                name == "receipt-\(key.id).json"
            else { throw ReceiptKeyProblem("\(path)/\(name) is not a public key") }
            keys.append(key)
        }
        keys.sort { ($0.from, $0.id) < ($1.from, $1.id) }
        for index in keys.indices.dropLast() { keys[index].until = keys[index + 1].from }
        return keys
    }

    /// The private part of a key; nil once it was forgotten. Throws when others than its owner could read it.
    func seed(of id: String) throws -> [UInt8]? {
        let name = "receipt-\(id).key"
        var status = stat()
        guard stat("\(path)/\(name)", &status) == 0 else {
            if errno == ENOENT { return nil }
            throw Self.problem("\(path)/\(name)")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw ReceiptKeyProblem("\(path)/\(name) can be read by others than its owner (chmod 600)")
        }
        let text = String(decoding: try read(name), as: UTF8.self)
        guard let seed = Base64Text.decode(String(text.prefix { $0 != "\n" })), seed.count == 32 else {
            throw ReceiptKeyProblem("\(path)/\(name) is not a private key")
        }
        return seed
    }

    func keep(_ key: ReceiptPublicKey) throws {
        try write("receipt-\(key.id).json", JSONWriter.bytes(of: key.json) + [0x0A], mode: 0o644)
    }

    func keep(seed: [UInt8], of id: String) throws {
        try write("receipt-\(id).key", Array((Base64Text.encode(seed) + "\n").utf8), mode: 0o600)
    }

    func forgetSeed(of id: String) throws {
        guard unlink("\(path)/receipt-\(id).key") == 0 || errno == ENOENT else { throw Self.problem(path) }
        try Self.syncFolder(path)
    }

    // MARK: Files

    private func names() throws -> [String] {
        guard let folder = opendir(path) else { throw Self.problem(path) }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            names.append(name)
        }
        return names.sorted()
    }

    private func read(_ name: String) throws -> [UInt8] {
        let descriptor = open("\(path)/\(name)", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.problem("\(path)/\(name)") }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 4_096)
        var length = 0
        while length < bytes.count {
            let count = bytes.withUnsafeMutableBytes { buffer in
                systemRead(descriptor, buffer.baseAddress.map { $0 + length }, buffer.count - length)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Self.problem("\(path)/\(name)") }
            if count == 0 { break }
            length += count
        }
        return Array(bytes.prefix(length))
    }

    private func write(_ name: String, _ bytes: [UInt8], mode: mode_t) throws {
        let draft = "\(path)/.\(name).part"
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw Self.problem(draft) }
        var isWritten = true
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                systemWrite(descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                isWritten = false
                break
            }
            written += count
        }
        isWritten = isWritten && fsync(descriptor) == 0
        isWritten = close(descriptor) == 0 && isWritten
        guard isWritten, rename(draft, "\(path)/\(name)") == 0 else {
            let problem = Self.problem("\(path)/\(name)")
            unlink(draft)
            throw problem
        }
        try Self.syncFolder(path)
    }

    private static func syncFolder(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw problem(path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw problem(path) }
    }

    private static func problem(_ path: String) -> ReceiptKeyProblem {
        ReceiptKeyProblem("\(path): \(String(cString: strerror(errno)))")
    }
}

// The methods of the folder hide the system's functions of the same name.
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}

private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, buffer, count)
}
