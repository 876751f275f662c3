import Storage
import Synchronization

@testable import Maillage

/// The machine's disk, with each step written down, and one of them made to fail.
final class RecordingDisk: VaultDisk, Sendable {
    private struct State {
        var steps: [String] = []
        var failing: (step: Int, error: StorageError)?
        /// Bytes left on the disk; nil for as many as there are.
        var room: Int?
        /// What is said to be free, of so much; nil for the truth.
        var told: (free: Int, whole: Int)?
    }

    private let system = SystemDisk()
    private let root: String
    private let state = Mutex(State())

    /// Paths are written down as they follow `root`, random names as `*`.
    init(_ root: String) {
        self.root = root
    }

    var steps: [String] { state.withLock { $0.steps } }

    func forgetSteps() { state.withLock { $0.steps = [] } }

    /// The n-th step from now throws, and is not done. Nil: none does.
    func fail(at step: Int?, with error: StorageError = .outcomeUnknown("essai")) {
        state.withLock {
            $0.steps = []
            $0.failing = step.map { ($0, error) }
        }
    }

    func leaveRoom(_ bytes: Int?) { state.withLock { $0.room = bytes } }

    func tellRoom(free: Int, whole: Int) { state.withLock { $0.told = (free, whole) } }

    func room(around descriptor: Int32) throws -> (free: Int, whole: Int) {
        try state.withLock { $0.told } ?? system.room(around: descriptor)
    }

    private func step(_ verb: String, _ path: String) throws {
        var parts = path.dropFirst(root.count).split(separator: "/").map(String.init)
        if parts.first == "vault", parts.count > 2, parts[1] == "incoming" { parts[2] = "*" }
        let line = ([verb] + [parts.joined(separator: "/")]).joined(separator: " ")
        try state.withLock { state in
            state.steps.append(line)
            if let failing = state.failing, state.steps.count == failing.step + 1 { throw failing.error }
        }
    }

    func makeFolder(_ path: String) throws -> Bool {
        try step("mkdir", path)
        return try system.makeFolder(path)
    }

    func createFile(_ path: String) throws -> Int32 {
        try step("create", path)
        return try system.createFile(path)
    }

    func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) throws {
        try step("write", root + "/")
        let isFull = state.withLock { state in
            guard let room = state.room else { return false }
            state.room = room - bytes.count
            return room < bytes.count
        }
        // A full disk takes a part of what it is given before it says so.
        if isFull {
            try system.write(bytes.prefix(bytes.count / 2), to: descriptor)
            throw StorageError.diskFull
        }
        try system.write(bytes, to: descriptor)
    }

    func syncFile(_ descriptor: Int32, _ path: String) throws {
        try step("sync", path)
        try system.syncFile(descriptor, path)
    }

    func closeFile(_ descriptor: Int32) { system.closeFile(descriptor) }

    func rename(_ path: String, to other: String) throws {
        try step("rename", other)
        try system.rename(path, to: other)
    }

    func syncFolder(_ path: String) throws {
        try step("sync folder", path)
        try system.syncFolder(path)
    }

    func removeFile(_ path: String) throws { try system.removeFile(path) }

    func removeFolder(_ path: String) throws { try system.removeFolder(path) }
}
