import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// The built `maillage`, run as a process of its own: what happens to it is what happens to people.
final class Program: @unchecked Sendable {
    let pid: pid_t
    private let folder: String

    struct NotBuilt: Error {}
    struct NotReady: Error {
        let said: String
    }

    /// `MAILLAGE_PROGRAM`, or the program built beside the tests.
    static var path: String {
        get throws {
            if let named = ProcessInfo.processInfo.environment["MAILLAGE_PROGRAM"] { return named }
            guard let own = realpath("/proc/self/exe", nil) else { throw NotBuilt() }
            defer { free(own) }
            let path = URL(fileURLWithPath: String(cString: own)).deletingLastPathComponent().path + "/maillage"
            guard access(path, X_OK) == 0 else { throw NotBuilt() }
            return path
        }
    }

    /// Starts `launcher` and the program with these arguments, and with nothing in its environment but `environment`.
    /// The launcher must become the program (`prlimit`, `strace -D`), so that `pid` is its.
    init(_ arguments: [String], _ environment: [String: String] = [:], launcher: [String] = []) throws {
        let words = launcher + [try Self.path] + arguments
        folder = try Self.temporaryFolder()
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let flags = O_CREAT | O_WRONLY | O_APPEND
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, folder + "/out", flags, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, folder + "/err", flags, 0o600)
        // The tests' own sockets are no business of the program's, and would count among its descriptors.
        for descriptor in Int32(3)..<256 { posix_spawn_file_actions_addclose(&actions, descriptor) }
        let outside = ProcessInfo.processInfo.environment
        // A sanitizer looks at the programs that tests start, as it was told to, and with what it was given to know locks by.
        let kept = outside.filter { $0.key.hasSuffix("SAN_OPTIONS") || $0.key == "LD_PRELOAD" }
            .merging(["PATH": outside["PATH"] ?? "/usr/bin:/bin", "LANG": "C.UTF-8"]) { own, _ in own }
        let variables = environment.merging(kept) { own, _ in own }
        var argv: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        var envp: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0.key + "=" + $0.value) } + [nil]
        defer { for word in argv + envp { free(word) } }
        var child: pid_t = 0
        guard posix_spawnp(&child, words[0], &actions, nil, &argv, &envp) == 0 else { throw NotBuilt() }
        pid = child
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    var out: String { Self.text(folder + "/out") }
    var err: String { Self.text(folder + "/err") }

    func signal(_ number: Int32) {
        kill(pid, number)
    }

    /// Its exit status, or 128 and the signal that ended it; nil when it still runs after `seconds`: it is then killed.
    func end(within seconds: Double) async -> Int32? {
        let deadline = ContinuousClock.now + .seconds(seconds)
        var status: Int32 = 0
        while waitpid(pid, &status, WNOHANG) == 0 {
            guard ContinuousClock.now < deadline else {
                kill(pid, SIGKILL)
                waitpid(pid, &status, 0)
                return nil
            }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    }

    /// What it and the kernel for it have taken of the processors (proc(5), utime and stime); nought once it is gone.
    var processor: Duration {
        let fields = Self.text("/proc/\(pid)/stat").split(separator: ")").last?.split(separator: " ") ?? []
        let ticks = fields.dropFirst(11).prefix(2).compactMap { Int($0) }.reduce(0, +)
        return .seconds(Double(ticks) / Double(sysconf(Int32(_SC_CLK_TCK))))
    }

    var isRunning: Bool { kill(pid, 0) == 0 && !Self.text("/proc/\(pid)/stat").contains(") Z ") }

    /// How many descriptors it holds.
    var descriptors: Int { (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd").count) ?? 0 }

    /// The port it says it answers on. Throws with all it said when it ends or is silent instead.
    func port(within seconds: Double = 120) async throws -> Int {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while true {
            // Read before the clock: on a busy machine a short sleep may end after the deadline, and the answer be there.
            let isLate = ContinuousClock.now >= deadline || !isRunning
            if let mark = out.range(of: "://127.0.0.1:", options: .backwards),
                let port = Int(out[mark.upperBound...].prefix { $0.isNumber })
            {
                return port
            }
            if isLate { throw NotReady(said: out + err) }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// Runs to the end.
    static func run(
        _ arguments: [String], _ environment: [String: String] = [:], within seconds: Double = 120
    ) async throws -> (status: Int32?, out: String, err: String) {
        let program = try Program(arguments, environment)
        let status = await program.end(within: seconds)
        return (status, program.out, program.err)
    }

    static func text(_ path: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }

    static func temporaryFolder() throws -> String {
        let base = URL(fileURLWithPath: NSTemporaryDirectory()).resolvingSymlinksInPath().path
        var template = Array((base + "/maillage-program-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else { throw NotBuilt() }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// Gives `body` an empty folder, removed at the end with all that was put in it.
func withFolder<T>(_ body: (String) async throws -> T) async throws -> T {
    let folder = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await body(folder)
}

/// Gives `body` a disk of its own of so many kilobytes; nil when this machine does not let us make one.
func withSmallDisk<T>(kilobytes: Int, _ body: (String) async throws -> T) async throws -> T? {
    try await withFolder { folder in
        guard mount("tmpfs", folder, "tmpfs", 0, "size=\(kilobytes)k") == 0 else {
            print("skipped: no right to mount a small disk here")
            return nil
        }
        defer { umount2(folder, Int32(MNT_DETACH)) }
        return try await body(folder)
    }
}
