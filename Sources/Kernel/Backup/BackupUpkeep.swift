import Foundation
import Storage

/// The backups that a site makes by itself: makes the one that is due, remembers what became of it, and has the hook take it away.
public struct BackupUpkeep: Sendable {
    private let backup: Backup
    private let shelf: BackupShelf?

    public init(_ backup: Backup) {
        self.backup = backup
        shelf = backup.settings.backupFolder.map(BackupShelf.init)
    }

    /// What one look did.
    public struct Outcome: Sendable {
        public var made: Backup.Made?
        /// Why no backup could be made, or what does not hold in the network it holds.
        public var failure: String?
        /// Why the hook did not take the last backup.
        public var hookFailure: String?

        /// Whether something is to be tried again.
        public var hasFailed: Bool { failure != nil || hookFailure != nil }
    }

    /// Makes the backup that is due, if one is, and sends what waits to be sent. What fails is remembered in `BackupState`, and told.
    ///
    /// - Parameter closing: when a call closed the last time: what was deposited until then deserves a backup of its own.
    public func look(at now: Instant, closing: Instant? = nil) async -> Outcome {
        var outcome = Outcome()
        guard let shelf else { return outcome }
        let settings = backup.settings
        var state = BackupState.read(dataDirectory: settings.dataDirectory)
        let before = state
        do {
            outcome.made = try await shelf.keepUp(
                every: settings.backupHours, rule: settings.backupRule, after: closing, now: now, backup)
            if let made = outcome.made { outcome.failure = Self.remember(made, &state, now) }
        } catch {
            // The site closes: what was interrupted is no failure, and is made at the next start.
            if Task.isCancelled { return outcome }
            outcome.failure = Self.words(error)
            state.lastFailure = .init(at: now, reason: Self.words(error))
        }
        await send(&state, &outcome, now)
        // Told in the log all the same; only the page would not know.
        if state != before {
            do { try state.write(dataDirectory: settings.dataDirectory) } catch {
                outcome.failure = outcome.failure ?? Self.words(error)
            }
        }
        return outcome
    }

    /// Answers what does not hold, if something does not.
    private static func remember(_ made: Backup.Made, _ state: inout BackupState, _ now: Instant) -> String? {
        guard let first = made.faults.first else {
            state.lastSuccess = .init(
                at: made.manifest.madeAt, path: made.path, bytes: made.bytes, files: made.manifest.files.count,
                milliseconds: made.milliseconds, isEncrypted: made.isEncrypted)
            return nil
        }
        let count = made.faults.count == 1 ? "1 fault" : "\(made.faults.count) faults"
        let reason = "\(made.path) holds a network with \(count), see maillage check: \(first)"
        state.lastFailure = .init(at: now, reason: reason)
        return reason
    }

    /// Has the hook take the last sound backup, unless it took it already.
    private func send(_ state: inout BackupState, _ outcome: inout Outcome, _ now: Instant) async {
        guard let hook = backup.settings.backupHook, let path = state.lastSuccess?.path, path != state.sent,
            BackupFolder.exists(path)
        else { return }
        let words = hook.split(separator: " ").map(String.init)
        var program = OutsideProgram(words[0], Array(words.dropFirst()) + [path], in: BackupWriter.folder(of: path))
        program.seconds = backup.settings.backupHookMinutes * 60
        // Programs that send files look for their settings there.
        program.environment = ["HOME": ProcessInfo.processInfo.environment["HOME"] ?? backup.settings.dataDirectory]
        do {
            try await backup.programs.run(program)
            state.sent = path
            state.hookFailure = nil
        } catch {
            if Task.isCancelled { return }
            outcome.hookFailure = Self.words(error)
            state.hookFailure = .init(at: now, reason: Self.words(error))
        }
    }

    private static func words(_ error: any Error) -> String {
        switch error {
        case StorageError.diskFull: "the disk is full"
        case StorageError.unavailable(let reason), StorageError.outcomeUnknown(let reason): reason
        default: "\(error)".split(whereSeparator: \.isNewline).joined(separator: " ")
        }
    }
}
