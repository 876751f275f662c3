import Dispatch
import Storage
import Synchronization

/// Files kept by the digest of their content: `ab/cd/<sha256>` under one folder. Photos of places and what is attached to
/// candidacies live here; who may read one is decided by the rows that name it, never here.
///
/// A file that was kept is whole and survives a power cut: its bytes are synced before it gets its name, and each folder
/// on the way after it changed. What was not kept leaves at most something in `incoming/`, which `sweep` removes. The work
/// is done on a few threads of its own, so that nothing waits on a disk that should not.
public final class FileVault: Sendable {
    /// A file that is durable.
    public struct Kept: Sendable, Hashable {
        public let digest: FileDigest
        /// In bytes.
        public let size: Int

        public init(digest: FileDigest, size: Int) {
            self.digest = digest
            self.size = size
        }
    }

    let directory: String
    let disk: any VaultDisk
    private let lanes: [DispatchQueue]
    private let nextLane = Atomic<Int>(0)
    /// The folders whose name is known to be on the disk: made by this process or not, they were synced by it.
    private let durable = Mutex<Set<String>>([])
    /// Keeps a file from being removed at the moment when it is kept again.
    let naming = Mutex<Void>(())

    /// A vault in `directory`, which is made, with its parents' permission, when the first file comes.
    public convenience init(directory: String) {
        self.init(directory: directory, disk: SystemDisk())
    }

    init(directory: String, disk: any VaultDisk) {
        self.directory = directory
        self.disk = disk
        lanes = (0..<4).map { DispatchQueue(label: "maillage.vault.\($0)") }
    }

    /// Begins to receive a file of at most `limit` bytes.
    ///
    /// Throws `StorageError.diskFull` or `.unavailable`.
    public func receive(limit: Int) async throws -> IncomingFile {
        let path = incoming + "/" + Self.freshName()
        return try await receive(at: path, limit: limit)
    }

    func receive(at path: String, limit: Int) async throws -> IncomingFile {
        let lane = lane()
        return try await Self.run(on: lane) { [self] in
            try prepare()
            return IncomingFile(
                vault: self, path: path, descriptor: try disk.createFile(path), limit: limit, lane: lane)
        }
    }

    /// Keeps bytes in memory, or copies what a closure gives piece by piece until it gives nil.
    ///
    /// Throws `FileTooLong`, or `StorageError`; nothing is then left.
    public func keep(limit: Int, _ next: () async throws -> [UInt8]?) async throws -> Kept {
        let file = try await receive(limit: limit)
        do {
            while let piece = try await next() { try await file.write(piece) }
            return try await file.keep()
        } catch {
            await file.discard()
            throw error
        }
    }

    /// Where a file of this digest lies, whether it is there or not.
    func path(of digest: FileDigest) -> String {
        let folders = digest.folders
        return "\(directory)/\(folders.first)/\(folders.second)/\(digest.text)"
    }

    var incoming: String { directory + "/incoming" }

    /// Gives a finished and synced file its name. Runs on a lane.
    ///
    /// The name is always given again, even when the content is known: what an interrupted attempt left unsynced is then
    /// replaced by what is certain, and the file is young for `sweep`.
    func name(_ path: String, _ digest: FileDigest) throws {
        let folders = digest.folders
        let first = "\(directory)/\(folders.first)"
        let second = "\(first)/\(folders.second)"
        try makeDurable(first, in: directory)
        try makeDurable(second, in: first)
        try inNamingTurn { try disk.rename(path, to: self.path(of: digest)) }
        try disk.syncFolder(second)
    }

    /// Makes the folders that every file needs. Runs on a lane.
    func prepare() throws {
        let parent = directory.lastIndex(of: "/").map { $0 == directory.startIndex ? "/" : String(directory[..<$0]) }
        try makeDurable(directory, in: parent ?? ".")
        try makeDurable(incoming, in: directory)
    }

    /// Keeps a file from being removed at the moment when it is kept again, by this process or by another node that shares the
    /// folder. Runs on a lane.
    func inNamingTurn<T>(_ body: () throws -> T) throws -> T {
        try naming.withLock { _ in
            let turn = try SharedFolderTurn(directory + ".lock")
            defer { turn.end() }
            return try body()
        }
    }

    private func makeDurable(_ folder: String, in parent: String) throws {
        if durable.withLock({ $0.contains(folder) }) { return }
        _ = try disk.makeFolder(folder)
        try disk.syncFolder(parent)
        durable.withLock { _ = $0.insert(folder) }
    }

    func lane() -> DispatchQueue {
        let turn = nextLane.add(1, ordering: .relaxed).oldValue
        return lanes[Int(UInt(bitPattern: turn) % UInt(lanes.count))]
    }

    /// The same lane each time for a name: what is asked of it is done in the order it was asked.
    func lane(of name: String) -> DispatchQueue {
        let sum = name.utf8.reduce(UInt(0)) { $0 &* 31 &+ UInt($1) }
        return lanes[Int(sum % UInt(lanes.count))]
    }

    static func run<T: Sendable>(
        on lane: DispatchQueue, _ work: @escaping @Sendable () throws -> T
    ) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            lane.async { continuation.resume(with: Result { try work() }) }
        }
    }

    /// A name nobody can guess nor meet.
    static func freshName() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<2).map { _ in
            let digits = String(UInt64.random(in: 0...UInt64.max, using: &generator), radix: 16)
            return String(repeating: "0", count: 16 - digits.utf8.count) + digits
        }.joined()
    }
}

/// The file is longer than it may be. Nothing of it is kept.
public struct FileTooLong: Error, Sendable, Equatable {
    /// In bytes.
    public let limit: Int
}
