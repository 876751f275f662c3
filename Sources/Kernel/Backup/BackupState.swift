import Exchange

/// What became of the backups that the site makes by itself: one small file of the data directory, so that one read tells it,
/// even when the database does not answer.
public struct BackupState: Sendable, Equatable {
    /// A backup that was made, read again and found sound.
    public struct Success: Sendable, Equatable {
        /// When its copy of the network was taken.
        public let at: Instant
        public let path: String
        /// Of the file, in bytes.
        public let bytes: Int
        public let files: Int
        /// From the first byte read to the name given, its checks included.
        public let milliseconds: Int
        public let isEncrypted: Bool

        public init(at: Instant, path: String, bytes: Int, files: Int, milliseconds: Int, isEncrypted: Bool) {
            self.at = at
            self.path = path
            self.bytes = bytes
            self.files = files
            self.milliseconds = milliseconds
            self.isEncrypted = isEncrypted
        }
    }

    /// What went wrong, in one line for a person. The former backups stay.
    public struct Failure: Sendable, Equatable {
        public let at: Instant
        public let reason: String

        public init(at: Instant, reason: String) {
            self.at = at
            self.reason = String(reason.prefix(2_000).map { $0.isNewline ? " " : $0 })
        }
    }

    /// The last backup; nil before the first.
    public var lastSuccess: Success?
    /// The last failure, which a success since does not erase: see `isFailing`.
    public var lastFailure: Failure?
    /// The path of the last backup that the hook took (`BACKUP_HOOK`).
    public var sent: String?
    /// Why the hook failed the last time; nil once it succeeded.
    public var hookFailure: Failure?

    public init() {}

    /// Whether the last attempt failed.
    public var isFailing: Bool {
        guard let failure = lastFailure else { return false }
        return lastSuccess.map { $0.at < failure.at } ?? true
    }

    /// How long ago the last sound backup was taken; nil when there is none.
    public func age(at now: Instant) -> Instant.Span? { lastSuccess.map { now - $0.at } }

    private static let name = "backup.json"

    /// What the data directory remembers; nothing when it remembers nothing.
    public static func read(dataDirectory: String) -> BackupState {
        StateFile.read(name, dataDirectory: dataDirectory).flatMap(BackupState.init(json:)) ?? BackupState()
    }

    /// Throws `StorageError` or `BackupProblem`; what was remembered before then stays.
    public func write(dataDirectory: String) throws {
        try StateFile.write(json, to: Self.name, dataDirectory: dataDirectory)
    }

    private var json: [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.name("success")
        if let success = lastSuccess {
            json.beginObject()
            json.member("at", Int(success.at.microseconds))
            json.member("path", success.path)
            json.member("bytes", success.bytes)
            json.member("files", success.files)
            json.member("milliseconds", success.milliseconds)
            json.member("encrypted", success.isEncrypted)
            json.endObject()
        } else {
            json.null()
        }
        Self.write("failure", lastFailure, &json)
        json.member("sent", sent)
        Self.write("hook_failure", hookFailure, &json)
        json.endObject()
        return json.bytes
    }

    private static func write(_ name: String, _ failure: Failure?, _ json: inout JSONWriter) {
        json.name(name)
        guard let failure else { return json.null() }
        json.beginObject()
        json.member("at", Int(failure.at.microseconds))
        json.member("reason", failure.reason)
        json.endObject()
    }

    private init?(json: [UInt8]) {
        guard let value = try? JSONValue.parse(json), value.object != nil else { return nil }
        if let made = value["success"], let at = made["at"]?.int, let path = made["path"]?.string,
            let bytes = made["bytes"]?.int, let files = made["files"]?.int,
            let milliseconds = made["milliseconds"]?.int
        {
            lastSuccess = Success(
                at: Instant(microseconds: Int64(at)), path: path, bytes: bytes, files: files,
                milliseconds: milliseconds, isEncrypted: made["encrypted"]?.bool ?? false)
        }
        lastFailure = Self.failure(value["failure"])
        sent = value["sent"]?.string
        hookFailure = Self.failure(value["hook_failure"])
    }

    private static func failure(_ value: JSONValue?) -> Failure? {
        guard let at = value?["at"]?.int, let reason = value?["reason"]?.string else { return nil }
        return Failure(at: Instant(microseconds: Int64(at)), reason: reason)
    }
}
