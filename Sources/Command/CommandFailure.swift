import ArgumentParser
import Foundation
import Maillage
import MaillageWeb
import Storage

/// Why a command stops: one line for a person, on standard error, and status 1.
struct CommandFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }

    /// Runs a command's work; what it throws becomes one line and status 1.
    static func reporting(_ work: () async throws -> Void) async throws {
        do {
            try await work()
        } catch let exit as ExitCode {
            throw exit
        } catch {
            say("maillage: " + line(error))
            throw ExitCode(1)
        }
    }

    /// Writes one line on standard error.
    static func say(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }

    private static func line(_ error: any Error) -> String {
        let text =
            switch error {
            case StorageError.unavailable(let reason): reason
            case StorageError.migration(let reason): "the database cannot be brought up to date: \(reason)"
            case StorageError.diskFull: "the disk is full"
            case let problems as Problems: problems.list.map(\.message).joined(separator: " ")
            case let denied as Denied: denied.reason
            case is Missing: "no such thing"
            case let cocoa as CocoaError: (cocoa.filePath.map { $0 + ": " } ?? "") + cocoa.localizedDescription
            default: String(describing: error)
            }
        return text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
