import Maillage
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// Sends mail through a sendmail-compatible program (`msmtp -t`, `sendmail -t`), without a shell, for a minute at most.
struct MailProgram: Courier {
    private let program: String
    private let arguments: [String]

    /// `command` is a program and its arguments, separated by spaces.
    init(_ command: String) {
        let words = command.split(separator: " ").map(String.init)
        program = words.first ?? ""
        arguments = Array(words.dropFirst())
    }

    func deliver(_ message: [UInt8], to recipient: String) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await run(message) }
            group.addTask {
                try await Task.sleep(for: .seconds(60))
                throw CommandFailure("\(program) did not end within a minute")
            }
            // The first to end decides; the other is cancelled, which ends the program.
            try await group.next()
            group.cancelAll()
        }
    }

    private func run(_ message: [UInt8]) async throws {
        let executable: Executable = program.contains("/") ? .path(FilePath(program)) : .name(program)
        let result = try await Subprocess.run(
            executable, arguments: Arguments(arguments), input: .array(message), output: .discarded,
            error: .string(limit: 4_096))
        guard result.terminationStatus.isSuccess else {
            throw CommandFailure("\(program): \(result.terminationStatus): \(result.standardError)")
        }
    }
}
