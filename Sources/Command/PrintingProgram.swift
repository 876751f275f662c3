import Foundation
import MaillageWeb
import Subprocess
import Synchronization

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// PDF by WeasyPrint (Debian's `weasyprint`), one at a time, without a shell: at most 30 seconds, 20 MB and 1.5 GB of memory.
///
/// What was printed is kept, for the same page gives the same bytes: sixteen files at most. Pages are given whole, with their style
/// and without images, so that the program has nothing to fetch.
final class PrintingProgram: Sendable {
    private let queue = OneAtATime()
    private let shelf = Mutex<[(key: Int, html: [UInt8], pdf: [UInt8])]>([])
    private static let kept = 16

    /// The press of this machine, nil when WeasyPrint is not installed.
    static func press() -> PrintingPress? {
        let paths = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
        let isHere = paths.contains { FileManager.default.isExecutableFile(atPath: "\($0)/weasyprint") }
        guard isHere else { return nil }
        let program = PrintingProgram()
        return PrintingPress { html in try await program.print(html) }
    }

    private func print(_ html: [UInt8]) async throws -> [UInt8] {
        let key = html.hashValue
        if let found = known(key, html) { return found }
        return try await queue.run { [self] in
            if let found = known(key, html) { return found }
            let pdf = try await Self.run(html)
            shelf.withLock { shelf in
                shelf.append((key, html, pdf))
                if shelf.count > Self.kept { shelf.removeFirst() }
            }
            return pdf
        }
    }

    private func known(_ key: Int, _ html: [UInt8]) -> [UInt8]? {
        shelf.withLock { shelf in shelf.first { $0.key == key && $0.html == html }?.pdf }
    }

    private static func run(_ html: [UInt8]) async throws -> [UInt8] {
        try await withThrowingTaskGroup(of: [UInt8].self) { group in
            group.addTask { try await weave(html) }
            group.addTask {
                try await Task.sleep(for: .seconds(30))
                throw PressFailure("weasyprint did not end within 30 seconds")
            }
            defer { group.cancelAll() }
            guard let pdf = try await group.next() else { throw PressFailure("weasyprint was not run") }
            return pdf
        }
    }

    private static func weave(_ html: [UInt8]) async throws -> [UInt8] {
        let result = try await Subprocess.run(
            .name("prlimit"),
            arguments: ["--as=1500000000", "--cpu=30", "weasyprint", "--encoding", "utf-8", "-", "-"],
            input: .array(html), output: .bytes(limit: 20_000_000), error: .string(limit: 8_192))
        guard result.terminationStatus.isSuccess, !result.standardOutput.isEmpty else {
            throw PressFailure("weasyprint: \(result.terminationStatus): \(result.standardError ?? "")")
        }
        return result.standardOutput
    }
}

/// Runs one piece of work after another, in the order they came.
private actor OneAtATime {
    private var last: Task<Void, Never>?

    func run<T: Sendable>(_ work: @escaping @Sendable () async throws -> T) async throws -> T {
        let previous = last
        let task = Task {
            await previous?.value
            return try await work()
        }
        last = Task { _ = await task.result }
        return try await task.value
    }
}
