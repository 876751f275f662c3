import Maillage
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Runs the programs installed on this machine, without a shell, with an environment of our own.
struct MachinePrograms: OutsidePrograms {
    private static let folders = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin"]

    func has(_ name: String) -> Bool { Self.path(of: name) != nil }

    func run(_ program: OutsideProgram) async throws {
        guard let path = Self.path(of: program.name) else {
            throw OutsideProgramFailed("\(program.name) is not installed")
        }
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await Self.run(path, program) }
                group.addTask {
                    try await Task.sleep(for: .seconds(program.seconds))
                    throw OutsideProgramFailed("\(program.name) did not end within \(program.seconds) s")
                }
                // The first to end decides; the other is cancelled, which ends the program.
                try await group.next()
                group.cancelAll()
            }
        } catch let error as SubprocessError {
            throw OutsideProgramFailed("\(program.name): \(error)")
        }
    }

    private static func run(_ path: String, _ program: OutsideProgram) async throws {
        var environment: [Environment.Key: String] = ["PATH": folders.joined(separator: ":")]
        for (name, value) in program.environment { environment[Environment.Key(stringLiteral: name)] = value }
        // What it says last is what tells why it failed.
        let ended: (isSuccess: Bool, words: String)
        switch (program.input, program.output) {
        case (let input?, _):
            let result = try await Subprocess.run(
                .path(FilePath(path)), arguments: Arguments(program.arguments), environment: .custom(environment),
                workingDirectory: FilePath(program.folder),
                input: .fileDescriptor(FileDescriptor(rawValue: input), closeAfterSpawningProcess: false),
                output: .discarded, error: .string(limit: 4_096))
            ended = (result.terminationStatus.isSuccess, "\(result.terminationStatus): \(result.standardError)")
        case (nil, let output?):
            let result = try await Subprocess.run(
                .path(FilePath(path)), arguments: Arguments(program.arguments), environment: .custom(environment),
                workingDirectory: FilePath(program.folder), input: .none,
                output: .fileDescriptor(FileDescriptor(rawValue: output), closeAfterSpawningProcess: false),
                error: .string(limit: 4_096))
            ended = (result.terminationStatus.isSuccess, "\(result.terminationStatus): \(result.standardError)")
        case (nil, nil):
            let result = try await Subprocess.run(
                .path(FilePath(path)), arguments: Arguments(program.arguments), environment: .custom(environment),
                workingDirectory: FilePath(program.folder), input: .none, output: .discarded,
                error: .string(limit: 4_096))
            ended = (result.terminationStatus.isSuccess, "\(result.terminationStatus): \(result.standardError)")
        }
        guard ended.isSuccess else { throw OutsideProgramFailed("\(program.name): \(ended.words)") }
    }

    /// Where a program is: in the machine's usual folders, or where its name says; nil when nobody may run it.
    static func path(of name: String) -> String? {
        if name.contains("/") { return access(name, X_OK) == 0 ? name : nil }
        return folders.map { $0 + "/" + name }.first { access($0, X_OK) == 0 }
    }
}
