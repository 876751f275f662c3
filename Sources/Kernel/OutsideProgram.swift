/// A program of the machine that works for Maillage on what people sent: run without a shell, with limits, in a folder of
/// its own, so that a fault in it stays out of the server's process.
public struct OutsideProgram: Sendable, Equatable {
    /// The name of the program, found in the machine's usual folders, or its path.
    public var name: String
    public var arguments: [String]
    /// The folder it works in.
    public var folder: String
    /// Beside PATH, all it finds in its environment.
    public var environment: [String: String] = [:]
    /// Wall-clock seconds before it is ended.
    public var seconds = 30
    /// Bytes of memory it may ask for.
    public var memory = 1 << 30
    /// Bytes of the largest file it may write.
    public var fileSize = 64 << 20
    /// A descriptor it reads as its input; nothing when nil. It stays the caller's, who closes it.
    public var input: Int32?
    /// A descriptor it writes its output to; thrown away when nil. It stays the caller's, who closes it.
    public var output: Int32?

    public init(_ name: String, _ arguments: [String], in folder: String) {
        self.name = name
        self.arguments = arguments
        self.folder = folder
    }

    /// The same, run by `prlimit` (util-linux), which sets the limits that only the system can hold.
    public var limited: OutsideProgram {
        var program = self
        program.name = "prlimit"
        program.arguments =
            [
                "--as=\(memory)", "--cpu=\(seconds)", "--fsize=\(fileSize)", "--nofile=128", "--core=0", "--", name,
            ] + arguments
        return program
    }
}

/// Runs programs of the machine. The command line's implementation is `Sources/Command/MachinePrograms.swift`.
public protocol OutsidePrograms: Sendable {
    /// Whether the machine has a program of this name.
    func has(_ name: String) -> Bool

    /// Runs a program to its end, under its limits.
    ///
    /// Throws `OutsideProgramFailed` when it ends badly or not in time.
    func run(_ program: OutsideProgram) async throws
}

/// A program of the machine did not do its work.
public struct OutsideProgramFailed: Error, Sendable, Equatable, CustomStringConvertible {
    /// For the log: what it said, or that it was ended.
    public let description: String

    public init(_ description: String) {
        self.description = description
    }
}
