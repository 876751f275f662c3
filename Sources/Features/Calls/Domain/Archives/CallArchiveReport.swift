import Exchange

/// What reading the archive of a call found, dossier by dossier.
public struct CallArchiveReport: Sendable {
    /// What came of a dossier.
    public enum Outcome: Sendable, Equatable {
        case sound
        /// Why it is not taken, in English.
        case refused(String)
    }

    public struct Line: Sendable {
        public let number: Int
        public let folder: String
        public let outcome: Outcome
        /// Documents that the archive itself says it lacks.
        public let absent: Int
    }

    public let file: String
    public let manifest: CallArchiveManifest
    /// The keys that verified its receipts, and whether they came with it.
    public let keys: [String]
    public let hasOwnKeys: Bool
    public let isDryRun: Bool
    public internal(set) var lines: [Line] = []
    /// Files read to their last byte.
    public internal(set) var files = 0

    public var refused: [Line] { lines.filter { $0.outcome != .sound } }
    public var sound: Int { lines.count - refused.count }
    public var absent: Int { lines.reduce(0) { $0 + $1.absent } }

    /// As JSON, for programs: the numbers, and each dossier that is refused.
    public var json: [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.member("file", file)
        json.member("format", "\(CallArchiveManifest.format)-\(CallArchiveManifest.version)")
        json.member("call", manifest.slug)
        json.member("network", manifest.network)
        json.member("address", manifest.address)
        json.member("dossiers", lines.count)
        json.member("sound", sound)
        json.member("files", files)
        json.member("documents_absent", absent)
        json.member("own_keys", hasOwnKeys)
        json.name("keys")
        json.beginArray()
        for key in keys { json.string(key) }
        json.endArray()
        json.name("refused")
        json.beginArray()
        for line in lines {
            guard case .refused(let reason) = line.outcome else { continue }
            json.beginObject()
            json.member("number", line.number)
            json.member("folder", line.folder)
            json.member("reason", reason)
            json.endObject()
        }
        json.endArray()
        json.endObject()
        return json.take() + [0x0A]
    }
}
