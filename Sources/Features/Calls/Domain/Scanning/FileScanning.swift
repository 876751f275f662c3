import Storage

/// Has the documents that wait looked at, in the background: nothing ever waits for it (ATT-12).
public struct FileScanning: Sendable {
    public let desk: Desk
    public let vault: FileVault
    public let socket: ClamSocket

    public init(desk: Desk, vault: FileVault, socket: ClamSocket) {
        self.desk = desk
        self.vault = vault
        self.socket = socket
    }

    /// Goes on until the task is cancelled. What goes wrong is told once, until it goes well again.
    ///
    /// - Parameter having: whether this node has the job now.
    public func run(
        having hasJob: @Sendable () async throws -> Bool = { true }, report: @Sendable (String) -> Void
    ) async throws {
        var isDown = false
        while !Task.isCancelled {
            var wait = 15
            do {
                if try await hasJob(), try await round() > 0 { wait = 1 }
                isDown = false
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                if !isDown { report("\(error)") }
                isDown = true
                wait = 60
            }
            try await Task.sleep(for: .seconds(wait))
        }
    }

    /// Looks at those that wait now; answers how many were. Throws when the scanner cannot be reached: nothing is then written, and
    /// they go on waiting.
    @discardableResult
    public func round(limit: Int = 50) async throws -> Int {
        let now = desk.surroundings.now()
        let waiting = try await desk.database.read { try FileScanStore.waiting(at: now, limit: limit, $0) }
        for file in waiting {
            let verdict: ClamSocket.Verdict
            if let reading = try await vault.open(file) {
                verdict = try await socket.scan(reading)
            } else {
                verdict = .failed("the file is not in the vault")
            }
            try await desk.perform(RecordFileScan(file: file, verdict: verdict), as: .house)
        }
        return waiting.count
    }
}
