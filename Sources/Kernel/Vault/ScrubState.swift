import Exchange

/// Where the reading again of the vault stands, and what the last whole pass found: one small file of the data directory.
public struct ScrubState: Sendable, Equatable {
    /// A pass that came to its end.
    public struct Pass: Sendable, Equatable {
        public var startedAt: Instant
        public var endedAt: Instant
        public var files: Int
        public var bytes: Int
        /// Files whose content is not what their name says, or that cannot be read.
        public var damaged: [FileDigest]
        /// Files that a row names and the disk does not have.
        public var missing: [FileDigest]

        /// Whether everything was as it should be.
        public var isClean: Bool { damaged.isEmpty && missing.isEmpty }
    }

    /// The last whole pass; nil before the first.
    public var last: Pass?
    /// When the pass under way began; nil between two.
    public var startedAt: Instant?
    /// The last file it read.
    public var position = ""
    public var files = 0
    public var bytes = 0
    public var damaged: [FileDigest] = []

    /// Names kept of damaged and of missing files: beyond, the disk is to be replaced, not listed.
    static let mostNamed = 1_000

    public init() {}

    private static let name = "scrub.json"

    /// What the data directory remembers; nothing when it remembers nothing.
    public static func read(dataDirectory: String) -> ScrubState {
        StateFile.read(name, dataDirectory: dataDirectory).flatMap(ScrubState.init(json:)) ?? ScrubState()
    }

    func write(dataDirectory: String) throws {
        try StateFile.write(json, to: Self.name, dataDirectory: dataDirectory)
    }

    /// Every file known to be damaged or missing, of the last pass and of the one under way.
    public var faults: [FileDigest] {
        var seen: Set<FileDigest> = []
        return ((last?.damaged ?? []) + (last?.missing ?? []) + damaged).filter { seen.insert($0).inserted }
    }

    private var json: [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.name("last")
        if let last {
            json.beginObject()
            json.member("started_at", Int(last.startedAt.microseconds))
            json.member("ended_at", Int(last.endedAt.microseconds))
            json.member("files", last.files)
            json.member("bytes", last.bytes)
            Self.write("damaged", last.damaged, &json)
            Self.write("missing", last.missing, &json)
            json.endObject()
        } else {
            json.null()
        }
        json.member("started_at", startedAt.map { Int($0.microseconds) })
        json.member("position", position)
        json.member("files", files)
        json.member("bytes", bytes)
        Self.write("damaged", damaged, &json)
        json.endObject()
        return json.bytes
    }

    private static func write(_ name: String, _ files: [FileDigest], _ json: inout JSONWriter) {
        json.name(name)
        json.beginArray()
        for file in files.prefix(mostNamed) { json.string(file.text) }
        json.endArray()
    }

    private init?(json: [UInt8]) {
        guard let value = try? JSONValue.parse(json), value.object != nil else { return nil }
        if let pass = value["last"], let started = pass["started_at"]?.int, let ended = pass["ended_at"]?.int {
            last = Pass(
                startedAt: Instant(microseconds: Int64(started)), endedAt: Instant(microseconds: Int64(ended)),
                files: pass["files"]?.int ?? 0, bytes: pass["bytes"]?.int ?? 0, damaged: Self.names(pass["damaged"]),
                missing: Self.names(pass["missing"]))
        }
        startedAt = value["started_at"]?.int.map { Instant(microseconds: Int64($0)) }
        position = value["position"]?.string ?? ""
        files = value["files"]?.int ?? 0
        bytes = value["bytes"]?.int ?? 0
        damaged = Self.names(value["damaged"])
    }

    private static func names(_ value: JSONValue?) -> [FileDigest] {
        (value?.array ?? []).compactMap { $0.string.flatMap { FileDigest(text: $0) } }
    }
}
