import Dispatch
import Storage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A client of clamd over its unix socket: the command INSTREAM (clamd(8)), one connection a file, the file sent in pieces.
public struct ClamSocket: Sendable {
    public let path: String
    /// Seconds that a send or an answer may take.
    let patience: Int
    private let lane = DispatchQueue(label: "maillage.scan")

    public init(path: String, patience: Int = 60) {
        self.path = path
        self.patience = patience
    }

    /// What clamd said of a file.
    public enum Verdict: Sendable, Equatable {
        case clean
        /// The name of the signature that was found.
        case infected(String)
        /// It could not look: a limit, a file it cannot read.
        case failed(String)
    }

    /// Asks whether clamd is there. Throws `StorageError.unavailable` when it is not, or answers something else.
    public func ping() async throws {
        let answer = try await on {
            let link = try Link(path: path, patience: patience)
            try link.send(Array("zPING\0".utf8))
            return try link.answer()
        }
        guard answer == "PONG" else { throw StorageError.unavailable("clamd answers \"\(answer.prefix(100))\"") }
    }

    /// Asks about a file of the vault. Throws `StorageError.unavailable` when clamd cannot be reached or ends in the middle.
    public func scan(_ file: VaultReading) async throws -> Verdict {
        let link = try await on { try Link(path: path, patience: patience) }
        do {
            try await on { try link.send(Array("zINSTREAM\0".utf8)) }
            while let piece = try await file.next() {
                try await on { try link.send(Self.frame(piece)) }
            }
            return try await on {
                try link.send([0, 0, 0, 0])
                return Self.verdict(try link.answer())
            }
        } catch is BrokenLink {
            // clamd answers and closes as soon as a file is longer than it takes: what it said first is its verdict.
            return try await on { Self.verdict(try link.answer()) }
        }
    }

    /// Whether clamd answers at all (the command PING).
    public func answers() async -> Bool {
        do {
            return try await on {
                let link = try Link(path: path, patience: patience)
                try link.send(Array("zPING\0".utf8))
                return try link.answer() == "PONG"
            }
        } catch {
            // Who asks wants to know exactly this.
            return false
        }
    }

    /// `stream: OK`, `stream: Win.Test.EICAR_HDB-1 FOUND`, `INSTREAM size limit exceeded. ERROR`.
    static func verdict(_ answer: String) -> Verdict {
        let words = answer.split(separator: " ")
        switch words.last {
        case "OK": return .clean
        case "FOUND": return .infected(words.dropFirst().dropLast().joined(separator: " "))
        default: return .failed(String(answer.prefix(200)))
        }
    }

    private static func frame(_ bytes: [UInt8]) -> [UInt8] {
        let count = UInt32(truncatingIfNeeded: bytes.count)
        return [UInt8(count >> 24), UInt8(count >> 16 & 255), UInt8(count >> 8 & 255), UInt8(count & 255)] + bytes
    }

    private func on<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await FileVault.run(on: lane, work)
    }

    /// clamd stopped listening.
    private struct BrokenLink: Error {}

    /// One connection, closed with its last reference. Used by one task at a time.
    private final class Link: Sendable {
        private let descriptor: Int32

        init(path: String, patience: Int) throws {
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            let bytes = Array(path.utf8)
            guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
                throw StorageError.unavailable("\(path) is too long for a socket")
            }
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
            #if canImport(Glibc)
                descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
            #else
                descriptor = socket(AF_UNIX, SOCK_STREAM, 0)
            #endif
            guard descriptor >= 0 else { throw Self.failure("socket") }
            var wait = timeval(tv_sec: patience, tv_usec: 0)
            let size = socklen_t(MemoryLayout<timeval>.size)
            setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, size)
            setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &wait, size)
            let status = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            guard status == 0 else { throw Self.failure(path) }
        }

        deinit { close(descriptor) }

        func send(_ bytes: [UInt8]) throws {
            var sent = 0
            while sent < bytes.count {
                let count = bytes.withUnsafeBytes { buffer in
                    #if canImport(Glibc)
                        Glibc.send(
                            descriptor, buffer.baseAddress.map { $0 + sent }, buffer.count - sent, Int32(MSG_NOSIGNAL))
                    #else
                        Darwin.send(descriptor, buffer.baseAddress.map { $0 + sent }, buffer.count - sent, 0)
                    #endif
                }
                if count < 0, errno == EINTR { continue }
                if count < 0, errno == EPIPE || errno == ECONNRESET { throw BrokenLink() }
                guard count > 0 else { throw Self.failure("send") }
                sent += count
            }
        }

        /// Until the zero that ends it, or the end of the connection; 4 KiB at most.
        func answer() throws -> String {
            var text: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 512)
            while text.count < 4_096 {
                let count = recv(descriptor, &buffer, buffer.count, 0)
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { throw Self.failure("recv") }
                guard count > 0 else { break }
                text += buffer[..<count]
                if text.contains(0) { break }
            }
            guard !text.isEmpty else { throw StorageError.unavailable("clamd closed without an answer") }
            return String(decoding: text.prefix { $0 != 0 && $0 != 10 }, as: UTF8.self)
        }

        private static func failure(_ what: String) -> StorageError {
            .unavailable("clamd, \(what): \(String(cString: strerror(errno)))")
        }
    }
}
