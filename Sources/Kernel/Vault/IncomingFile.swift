import Crypto
import Dispatch
import Storage
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file while it arrives in the vault: hashed as it is written, it becomes a file of the vault with `keep`, or nothing.
///
/// One writer at a time. A file that is neither kept nor discarded is discarded with its last reference.
public final class IncomingFile: Sendable {
    private struct State {
        /// Nil once the file is kept, discarded, or refused.
        var descriptor: Int32?
        var hash = SHA256()
        var count = 0
    }

    /// Where its bytes are until then, for programs that must look at them.
    public let path: String
    private let vault: FileVault
    private let limit: Int
    let lane: DispatchQueue
    private let state: Mutex<State>

    init(vault: FileVault, path: String, descriptor: Int32, limit: Int, lane: DispatchQueue) {
        self.vault = vault
        self.path = path
        self.limit = limit
        self.lane = lane
        state = Mutex(State(descriptor: descriptor))
    }

    /// A file whose bytes are all on the disk already.
    init(vault: FileVault, path: String, descriptor: Int32, hash: SHA256, count: Int, lane: DispatchQueue) {
        self.vault = vault
        self.path = path
        self.lane = lane
        limit = count
        state = Mutex(State(descriptor: descriptor, hash: hash, count: count))
    }

    deinit {
        let (disk, path) = (vault.disk, path)
        guard let descriptor = state.withLock({ $0.descriptor }) else { return }
        lane.async {
            disk.closeFile(descriptor)
            // Nobody is left to be told; `sweep` removes what stays.
            try? disk.removeFile(path)
        }
    }

    /// How many bytes came.
    public var count: Int { state.withLock { $0.count } }

    /// Of the bytes that came.
    public var digest: FileDigest { FileDigest(state.withLock { $0.hash }.finalize()) }

    /// Lets go of the file without removing it, for what is to go on arriving.
    public func leave() {
        let (disk, descriptor) = (
            vault.disk,
            state.withLock { state -> Int32? in
                defer { state.descriptor = nil }
                return state.descriptor
            }
        )
        guard let descriptor else { return }
        flock(descriptor, LOCK_UN)
        disk.closeFile(descriptor)
    }

    /// Writes the next bytes.
    ///
    /// Throws `FileTooLong`, `StorageError.diskFull` or `.unavailable`; the file is then discarded already.
    public func write(_ bytes: [UInt8]) async throws {
        guard !bytes.isEmpty else { return }
        try await FileVault.run(on: lane) { [self] in
            try state.withLock { state in
                guard let descriptor = state.descriptor else { throw Self.ended }
                do {
                    guard bytes.count <= limit - state.count else { throw FileTooLong(limit: limit) }
                    try vault.disk.writeSparing(bytes[...], to: descriptor)
                } catch {
                    discard(&state)
                    throw error
                }
                state.hash.update(data: bytes)
                state.count += bytes.count
            }
        }
    }

    /// Makes the file durable under its digest.
    ///
    /// Throws `StorageError`: `.diskFull`, or `.outcomeUnknown` when a sync failed. Nothing is then promised: the file is not to
    /// be named by any row, and keeping the same bytes again is safe.
    public func keep() async throws -> FileVault.Kept {
        try await FileVault.run(on: lane) { [self] in
            try state.withLock { state in
                guard let descriptor = state.descriptor else { throw Self.ended }
                do {
                    try vault.disk.syncFile(descriptor, path)
                    let digest = FileDigest(state.hash.finalize())
                    try vault.name(path, digest)
                    vault.disk.closeFile(descriptor)
                    state.descriptor = nil
                    return FileVault.Kept(digest: digest, size: state.count)
                } catch {
                    discard(&state)
                    throw error
                }
            }
        }
    }

    /// Forgets the file. May be called whatever happened to it.
    public func discard() async {
        // The work throws nothing; a file that stays is swept later.
        try? await FileVault.run(on: lane) { [self] in
            state.withLock { discard(&$0) }
        }
    }

    private func discard(_ state: inout State) {
        guard let descriptor = state.descriptor else { return }
        state.descriptor = nil
        vault.disk.closeFile(descriptor)
        // `sweep` removes what cannot be removed now.
        try? vault.disk.removeFile(path)
    }

    private static let ended = StorageError.unavailable("the incoming file was kept or discarded already")
}
