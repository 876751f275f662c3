import Foundation

@testable import Maillage

/// Runs the machine's programs for tests of the site: the program's own way of running them is in its command line, which
/// `Command/PhotoProgramTests.swift` tries.
struct TestPrograms: OutsidePrograms {
    /// Nil when this machine cannot prepare photos: those tests then say so and stop.
    static func available() -> TestPrograms? {
        let programs = TestPrograms()
        guard programs.has("vipsthumbnail"), programs.has("prlimit") else {
            print("skipped: vipsthumbnail (libvips-tools) is not installed")
            return nil
        }
        return programs
    }

    func has(_ name: String) -> Bool { FileManager.default.isExecutableFile(atPath: "/usr/bin/" + name) }

    func run(_ program: OutsideProgram) async throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/" + program.name)
        process.arguments = program.arguments
        process.currentDirectoryURL = URL(fileURLWithPath: program.folder)
        process.environment = program.environment.merging(["PATH": "/usr/bin:/bin"]) { own, _ in own }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let status = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
            } catch {
                continuation.resume(throwing: error)
            }
        }
        guard status == 0 else { throw OutsideProgramFailed("\(program.name): \(status)") }
    }
}
