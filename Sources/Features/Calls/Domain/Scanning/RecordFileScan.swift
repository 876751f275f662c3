import Storage

/// Writes what a scanner said of a file.
public struct RecordFileScan: Act {
    public static let right = "Le programme lui-même, quand un antivirus a regardé un document."

    public let file: FileDigest
    public let verdict: ClamSocket.Verdict

    public init(file: FileDigest, verdict: ClamSocket.Verdict) {
        self.file = file
        self.verdict = verdict
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.isHouse else { throw Missing() }
    }

    public func perform(_ proceeding: Proceeding) throws {
        let (state, finding): (FileScan.State, String) =
            switch verdict {
            case .clean: (.clean, "")
            case .infected(let name): (.infected, TextForm.oneLine(name))
            case .failed(let reason): (.failed, TextForm.oneLine(reason))
            }
        try FileScanStore.record(file, state, finding, at: proceeding.now, proceeding.writer)
        proceeding.note("file", file.text)
        proceeding.note("state", state.rawValue)
    }
}
