import Foundation

/// How `maillage backup` asks a site that serves to make a backup: two programs may not open one SQLite file, so the one that
/// has it does the work. A request is a file of a folder of the data directory, which the program's owner alone enters; the
/// answer is a file beside it.
public struct BackupRequests: Sendable {
    static let folder = "backup-requests"
    private static let asked = ".asked"
    private static let answered = ".answered"

    private let directory: String

    public init(dataDirectory: String) {
        directory = dataDirectory + "/" + Self.folder
    }

    /// What a site that serves answers.
    public enum Answer: Sendable, Equatable {
        /// Files and bytes of the backup, and what does not hold in the network it holds.
        case done(files: Int, bytes: Int, faults: [String] = [])
        /// One line for a person.
        case failed(String)
    }

    /// Asks for a backup at an absolute path. Answers the request's name.
    public func ask(for path: String) throws -> String {
        try BackupFolder.make(directory)
        let name = FileVault.freshName()
        try write(path, to: name + ".new")
        try FileManager.default.moveItem(
            atPath: directory + "/" + name + ".new", toPath: directory + "/" + name + Self.asked)
        return name
    }

    /// The answer to a request, once there is one; it is then forgotten.
    public func answer(to name: String) throws -> Answer? {
        let path = directory + "/" + name + Self.answered
        guard let bytes = FileManager.default.contents(atPath: path) else { return nil }
        try BackupFolder.remove(path)
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        guard lines.count >= 3, lines[0] == "done", let files = Int(lines[1]), let size = Int(lines[2]) else {
            return .failed(lines.dropFirst().joined(separator: " "))
        }
        return .done(files: files, bytes: size, faults: Array(lines.dropFirst(3)))
    }

    /// Takes a request back.
    public func withdraw(_ name: String) throws {
        try BackupFolder.remove(directory + "/" + name + Self.asked)
    }

    /// Whether a request still waits: a site that serves takes it within a second.
    public func isWaiting(_ name: String) -> Bool {
        BackupFolder.exists(directory + "/" + name + Self.asked)
    }

    /// Serves the requests there are. Answers how many; what fails is told to the one who asked.
    public func serve(_ make: (_ path: String) async throws -> Backup.Made) async throws -> Int {
        // Asked every second: without a folder nothing is opened, which matters when a crowd holds every descriptor.
        guard BackupFolder.exists(directory) else { return 0 }
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []).filter {
            $0.hasSuffix(Self.asked)
        }
        for file in names.sorted() {
            // Where several nodes share the folder, the one that renames a request serves it.
            let taken = directory + "/" + FileVault.freshName() + ".taken"
            do {
                try FileManager.default.moveItem(atPath: directory + "/" + file, toPath: taken)
            } catch {
                continue
            }
            let path = FileManager.default.contents(atPath: taken) ?? Data()
            try BackupFolder.remove(taken)
            var lines: [String]
            do {
                let made = try await make(String(decoding: path, as: UTF8.self))
                let files = made.manifest.files
                lines = ["done", String(files.count), String(files.reduce(0) { $0 + $1.size })]
                lines += made.faults.map { $0.split(whereSeparator: \.isNewline).joined(separator: " ") }
            } catch {
                lines = ["failed", "\(error)".split(whereSeparator: \.isNewline).joined(separator: " ")]
            }
            let name = String(file.dropLast(Self.asked.count))
            try write(lines.joined(separator: "\n"), to: name + ".new")
            try FileManager.default.moveItem(
                atPath: directory + "/" + name + ".new", toPath: directory + "/" + name + Self.answered)
        }
        return names.count
    }

    private func write(_ text: String, to name: String) throws {
        guard
            FileManager.default.createFile(
                atPath: directory + "/" + name, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
        else { throw BackupProblem("\(directory) cannot be written") }
    }
}
