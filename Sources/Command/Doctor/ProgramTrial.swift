import Foundation
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

extension Machine {
    /// Runs a program for a minute at most, as `MailProgram` does.
    static func runProgram(_ program: String, _ arguments: [String], _ input: [UInt8]) async -> Ending? {
        await withTaskGroup(of: Ending?.self) { group in
            group.addTask {
                do {
                    let result = try await Subprocess.run(
                        .path(FilePath(program)), arguments: Arguments(arguments), input: .array(input),
                        output: .discarded, error: .string(limit: 4_096))
                    let said = result.standardError.split(whereSeparator: \.isNewline).last.map(String.init) ?? ""
                    return Ending(isSuccess: result.terminationStatus.isSuccess, said: said)
                } catch {
                    return Ending(isSuccess: false, said: "\(error)")
                }
            }
            group.addTask {
                // Cancelled when the program ended first: either way the wait is over.
                try? await Task.sleep(for: .seconds(60))
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
    }
}

/// Whether the machine's clock follows others.
enum ClockState {
    /// What the system's own tool says; else the mark that systemd-timesyncd leaves; nil when neither can tell.
    static func isFollowed() async -> Bool? {
        if let path = MachinePrograms.path(of: "timedatectl"), let answer = await property(path) { return answer }
        return FileManager.default.fileExists(atPath: "/run/systemd/timesync/synchronized") ? true : nil
    }

    private static func property(_ program: String) async -> Bool? {
        // Without systemd at work it fails: then nothing is known.
        let result = try? await Subprocess.run(
            .path(FilePath(program)), arguments: ["show", "--property=NTPSynchronized", "--value"],
            output: .string(limit: 100), error: .discarded)
        guard let result, result.terminationStatus.isSuccess else { return nil }
        switch result.standardOutput.trimmingCharacters(in: .whitespacesAndNewlines) {
        case "yes": return true
        case "no": return false
        default: return nil
        }
    }
}
