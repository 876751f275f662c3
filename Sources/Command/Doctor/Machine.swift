import Maillage
import MaillageWeb

/// What can be looked at on a machine, on one screen. Tests give their own; `Machine.live` looks at this one.
struct Machine: Sendable {
    /// A file or a folder, links followed.
    struct FileState: Sendable, Equatable {
        var isFolder = false
        /// The nine bits of permissions.
        var mode: UInt32
        var owner: UInt32
        /// Which volume it is on.
        var device: UInt64
        var modified: Instant
    }

    /// The volume a path is on.
    struct Volume: Sendable, Equatable {
        /// Bytes for those who are not root.
        var free: Int
        var total: Int
        /// Files that can still be made, of how many; 0 of 0 where there is no such limit.
        var freeNodes: Int
        var totalNodes: Int
        var isReadOnly = false
        /// As `mount` names it: `ext4`, `tmpfs`, `nfs4`.
        var kind: String
    }

    /// What a PostgreSQL server says of itself.
    struct Server: Sendable, Equatable {
        /// As `server_version_num`: 150018.
        var version: Int
        /// As the server has it, before a connection asks for better.
        var synchronousCommit: String
        var fsync: String
        /// For which standbys a commit waits; empty for none.
        var standbyNames: String
        var encoding: String
        var now: Instant
        /// The number of the last migration of the database; 0 before the first.
        var migration: Int
    }

    /// How a program ended.
    struct Ending: Sendable, Equatable {
        var isSuccess: Bool
        /// The last line it said.
        var said: String
    }

    var now: @Sendable () -> Instant
    /// The user the doctor runs as, and what a user is called.
    var user: UInt32
    var userName: @Sendable (UInt32) -> String
    var file: @Sendable (_ path: String) -> FileState?
    /// The names in a folder; nil when it cannot be read.
    var names: @Sendable (_ folder: String) -> [String]?
    var mayWrite: @Sendable (_ path: String) -> Bool
    var volume: @Sendable (_ path: String) -> Volume?
    /// Microseconds that each of some syncs of a growing file took in a folder.
    var syncs: @Sendable (_ folder: String) async throws -> [Double]
    /// Whether the machine's clock follows others; nil when nobody can tell.
    var isClockFollowed: @Sendable () async -> Bool?
    /// How many seconds the wall clock went more than time did since the doctor came.
    var clockSkip: @Sendable () -> Double
    /// The names of programs, others than Maillage, that have a file open, as far as this user may know.
    var holders: @Sendable (_ path: String) -> [String]
    /// Descriptors that the site that serves may open, or a program of this user.
    var descriptors: @Sendable () -> Int
    var sqliteVersion: String
    /// Whether a process of Maillage has the database file.
    var isInUse: @Sendable (_ database: String) -> Bool
    /// The number of the last migration of a database file that nobody has open. Throws when it cannot be read.
    var migration: @Sendable (_ database: String) async throws -> Int
    var server: @Sendable (_ url: String) async throws -> Server
    /// The path of a program; nil when there is none of this name.
    var program: @Sendable (_ name: String) -> String?
    /// Runs a program with a message on its input; nil when it did not end in time.
    var run: @Sendable (_ program: String, _ arguments: [String], _ input: [UInt8]) async -> Ending?
    /// Prints a page as PDF. Throws what went wrong.
    var printPage: @Sendable () async throws -> Void
    /// Whether the page's own files are found, and those of its map.
    var hasAssets: @Sendable () -> Bool
    var hasLeaflet: @Sendable () -> Bool
    /// Reads the certificate and the key that the site holds itself. Throws why they cannot serve.
    var certificate: @Sendable (_ files: CertificateFiles) throws -> CertificateFacts
    /// The status of the answer to a GET; nil when none comes.
    var status: @Sendable (_ address: String) async -> Int?
    /// Asks clamd whether it is there. Throws what went wrong.
    var askScanner: @Sendable (_ socket: String) async throws -> Void
}
