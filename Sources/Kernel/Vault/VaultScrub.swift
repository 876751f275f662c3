import Storage

/// Reads the files of the vault again, slowly, one pass after another, to find those that the disk damaged while nobody read them.
///
/// A pass goes on where a restart interrupted it. Nothing is changed: a damaged file is named, and put back by a person from a
/// backup (`docs/OPERATIONS.md`).
public struct VaultScrub: Sendable {
    private let vault: FileVault
    private let dataDirectory: String
    /// Bytes a second.
    private let rate: Int
    private let pause: Instant.Span
    private let now: @Sendable () -> Instant
    /// Those of the files that rows name which the vault lacks.
    private let missing: @Sendable () async throws -> [FileDigest]
    /// Files read between two notes of where the pass stands.
    private static let stride = 50

    /// - Parameters:
    ///   - rate: bytes a second, more than 0.
    ///   - pause: from the start of a pass to that of the next.
    public init(
        vault: FileVault, dataDirectory: String, rate: Int, pause: Instant.Span,
        now: @escaping @Sendable () -> Instant, missing: @escaping @Sendable () async throws -> [FileDigest]
    ) {
        self.vault = vault
        self.dataDirectory = dataDirectory
        self.rate = max(1, rate)
        self.pause = pause
        self.now = now
        self.missing = missing
    }

    /// Whether a pass is under way or due.
    public func isDue() -> Bool {
        let state = ScrubState.read(dataDirectory: dataDirectory)
        guard state.startedAt == nil, let last = state.last else { return true }
        let now = now()
        // A clock that was an hour in the future must not put off the next pass for ever.
        return now >= last.startedAt + pause || now < last.startedAt
    }

    /// Goes on with the pass under way, or begins one, to its end. Answers what it found.
    ///
    /// Throws `CancellationError` when it is to stop, with where it stands written down, and what the disk throws on writing that.
    @discardableResult
    public func pass() async throws -> ScrubState.Pass {
        var state = ScrubState.read(dataDirectory: dataDirectory)
        if state.startedAt == nil {
            let last = state.last
            state = ScrubState()
            state.last = last
            state.startedAt = now()
        }
        let clock = ContinuousClock()
        let begun = clock.now
        var (read, sinceNote) = (0, 0)
        do {
            for try await file in try await vault.files(after: state.position) {
                let (isWhole, size) = try await verdict(on: file) { count in
                    read += count
                    // Time enough for what was read: never more than so many bytes a second since the start.
                    try await clock.sleep(until: begun + .milliseconds(read * 1_000 / rate))
                }
                state.files += 1
                state.bytes += size
                state.position = file.text
                if !isWhole, state.damaged.count < ScrubState.mostNamed { state.damaged.append(file) }
                sinceNote += 1
                if sinceNote >= Self.stride || !isWhole {
                    try state.write(dataDirectory: dataDirectory)
                    sinceNote = 0
                }
            }
        } catch is CancellationError {
            try state.write(dataDirectory: dataDirectory)
            throw CancellationError()
        }
        let pass = ScrubState.Pass(
            startedAt: state.startedAt ?? now(), endedAt: now(), files: state.files, bytes: state.bytes,
            damaged: state.damaged, missing: Array(try await missing().prefix(ScrubState.mostNamed)))
        var rest = ScrubState()
        rest.last = pass
        try rest.write(dataDirectory: dataDirectory)
        return pass
    }

    /// Whether a file is whole. One that was removed since is: nobody names it any more, or it is told as missing.
    private func verdict(
        on file: FileDigest, _ spend: (_ bytes: Int) async throws -> Void
    ) async throws -> (isWhole: Bool, size: Int) {
        var size = 0
        do {
            guard let reading = try await vault.open(file) else { return (true, 0) }
            var hash = RunningDigest()
            while let piece = try await reading.next() {
                hash.update(piece)
                size += piece.count
                try await spend(piece.count)
            }
            return (hash.digest == file, size)
        } catch is StorageError {
            // What the disk cannot read is damaged.
            return (false, size)
        }
    }
}
