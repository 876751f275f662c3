import Foundation
import MaillageWeb
import Subprocess
import Synchronization

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// Prints with Debian's weasyprint, one document at a time, in a process of its own that may take 30 seconds of processor,
/// 45 seconds in all and 1.5 GB of addresses, and fetches nothing: neither network nor files.
actor PrintProgram: PagePrinter {
    /// Documents that may wait; one more is told to come back.
    static let queue = 8
    private static let interpreter = "/usr/bin/python3"
    private static let limiter = "/usr/bin/prlimit"

    /// The library rather than its command: only there can fetching be refused. The name of the option changed with
    /// version 59.
    private static let script = """
        import inspect, sys
        from weasyprint import HTML
        def refuse(url, *more, **named):
            raise ValueError("nothing is fetched")
        variant = "variant" if "variant" in inspect.signature(HTML.write_pdf).parameters else "pdf_variant"
        text = sys.stdin.buffer.read().decode("utf-8")
        page = HTML(string=text, base_url="about:blank", url_fetcher=refuse)
        sys.stdout.buffer.write(page.write_pdf(**{variant: "pdf/ua-1"}))
        """

    private var waiting = 0
    private var isPrinting = false
    private var turns: [CheckedContinuation<Void, Never>] = []

    /// Nil where weasyprint is not installed.
    init?() {
        guard
            ["/usr/bin/weasyprint", Self.interpreter, Self.limiter].allSatisfy({
                FileManager.default.isExecutableFile(atPath: $0)
            })
        else { return nil }
    }

    func pdf(of document: [UInt8]) async throws -> [UInt8] {
        guard turns.count < Self.queue else { throw PrintingFailure.busy }
        if isPrinting { await withCheckedContinuation { turns.append($0) } }
        isPrinting = true
        defer {
            isPrinting = false
            if !turns.isEmpty {
                // The turn is handed over: nobody may slip in between.
                isPrinting = true
                turns.removeFirst().resume()
            }
        }
        return try await Self.print(document)
    }

    private static func print(_ document: [UInt8]) async throws -> [UInt8] {
        try await withThrowingTaskGroup(of: [UInt8].self) { group in
            group.addTask { try await run(document) }
            group.addTask {
                try await Task.sleep(for: .seconds(45))
                throw PrintingFailure.failed("weasyprint did not end within 45 seconds")
            }
            defer { group.cancelAll() }
            // The first to end decides; the other is cancelled, which ends the program.
            guard let bytes = try await group.next() else { throw PrintingFailure.failed("nothing was printed") }
            return bytes
        }
    }

    private static func run(_ document: [UInt8]) async throws -> [UInt8] {
        let result = try await Subprocess.run(
            .path(FilePath(limiter)),
            arguments: ["--as=1500000000", "--cpu=30", "--core=0", interpreter, "-I", "-c", script],
            environment: .custom(["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/nonexistent"]),
            input: .array(document), output: .bytes(limit: 32 << 20), error: .string(limit: 16_384))
        let bytes = result.standardOutput
        guard result.terminationStatus.isSuccess, bytes.starts(with: Array("%PDF-".utf8)) else {
            let said = result.standardError.split(separator: "\n").last.map(String.init) ?? ""
            throw PrintingFailure.failed("weasyprint: \(result.terminationStatus): \(said)")
        }
        return bytes
    }
}
