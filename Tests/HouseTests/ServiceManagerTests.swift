import Foundation
import Maillage
import MaillageWeb
import Storage
import Synchronization
import Testing

@testable import MaillageCommand

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What systemd says to the program, and what the program says back.
@Suite struct ServiceManagerTests {
    private func manager(_ environment: [String: String], listens: Bool = true) throws -> ServiceManager {
        try ServiceManager(environment: environment, process: 42, isListening: { (3...4).contains($0) && listens })
    }

    @Test func withoutSystemdNothingIsAdopted() throws {
        let alone = try manager([:])
        #expect(alone.sockets.isEmpty && alone.stateSocket == nil && alone.patience == nil)
        #expect(!alone.tell(.ready))
    }

    @Test func aSocketIsAdoptedWhenItIsForThisProcess() throws {
        #expect(try manager(["LISTEN_PID": "42", "LISTEN_FDS": "1"]).sockets == [3])
        for environment in [
            ["LISTEN_PID": "41", "LISTEN_FDS": "1"], ["LISTEN_FDS": "1"], ["LISTEN_PID": "42", "LISTEN_FDS": "0"],
            ["LISTEN_PID": "x", "LISTEN_FDS": "1"], ["LISTEN_PID": "42"],
        ] {
            #expect(try manager(environment).sockets.isEmpty, "\(environment)")
        }
    }

    @Test func whatCannotBeAnsweredOnStopsTheStart() {
        #expect(throws: CommandFailure.self) { try manager(["LISTEN_PID": "42", "LISTEN_FDS": "3"]) }
        #expect(throws: CommandFailure.self) { try manager(["LISTEN_PID": "42", "LISTEN_FDS": "-1"]) }
        #expect(throws: CommandFailure.self) {
            try manager(["LISTEN_PID": "42", "LISTEN_FDS": "1"], listens: false)
        }
    }

    @Test func theSocketInClearIsKnownByItsPort() throws {
        let both = try manager(["LISTEN_PID": "42", "LISTEN_FDS": "2"])
        let ports: (Int32) -> Int? = { $0 == 3 ? 80 : 443 }
        #expect(try both.inheritance(clearPort: 80, port: ports) == House.Inheritance(site: 4, clear: 3))
        #expect(try both.inheritance(clearPort: 443, port: ports) == House.Inheritance(site: 3, clear: 4))
        for port in [nil, 8_080] {
            #expect(throws: CommandFailure.self) { try both.inheritance(clearPort: port, port: ports) }
        }
        let one = try manager(["LISTEN_PID": "42", "LISTEN_FDS": "1"])
        #expect(try one.inheritance(clearPort: nil, port: ports) == House.Inheritance(site: 3))
        #expect(try one.inheritance(clearPort: 81, port: ports) == House.Inheritance(site: 3))
        #expect(try manager([:]).inheritance(clearPort: 80) == House.Inheritance())
    }

    @Test func onlyATCPSocketThatListensIsOne() {
        let listening = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        let idle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        let file = open("/dev/null", O_RDONLY)
        defer { for descriptor in [listening, idle, file] { close(descriptor) } }
        #expect(listen(listening, 1) == 0)
        #expect(ServiceManager.isListening(listening))
        #expect(ServiceManager.port(of: listening).map { $0 > 0 } == true && ServiceManager.port(of: file) == nil)
        #expect(!ServiceManager.isListening(idle))
        #expect(!ServiceManager.isListening(file))
        #expect(!ServiceManager.isListening(9_999))
        #expect(fcntl(listening, F_GETFD) & FD_CLOEXEC != 0)
    }

    @Test func patienceIsForWhomItNames() throws {
        #expect(try manager(["WATCHDOG_USEC": "60000000"]).patience == .seconds(60))
        #expect(try manager(["WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "42"]).patience == .seconds(60))
        for environment in [
            ["WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "7"], ["WATCHDOG_USEC": "0"], ["WATCHDOG_USEC": "-5"],
            ["WATCHDOG_USEC": "bientôt"],
        ] {
            #expect(try manager(environment).patience == nil, "\(environment)")
        }
    }

    @Test func statesArriveByPathAndByAbstractName() throws {
        let folder = FileManager.default.temporaryDirectory.path
        for name in ["\(folder)/notify-\(UUID().uuidString.prefix(8))", "@maillage-\(UUID().uuidString)"] {
            let mailbox = try Mailbox(name)
            let manager = try manager(["NOTIFY_SOCKET": name])
            #expect(manager.tell(.ready))
            #expect(manager.tell(.stopping))
            #expect(mailbox.next() == "READY=1")
            #expect(mailbox.next() == "STOPPING=1")
        }
        #expect(try manager(["NOTIFY_SOCKET": "vsock:2:1234"]).stateSocket == nil)
        #expect(try !manager(["NOTIFY_SOCKET": "/nulle/part"]).tell(.ready))
        #expect(try !manager(["NOTIFY_SOCKET": "/" + String(repeating: "a", count: 300)]).tell(.ready))
    }

    /// The sign of life follows the database: it stops when the database does, and comes back with it.
    @Test func aDatabaseThatDoesNotAnswerHoldsTheSignOfLifeBack() async throws {
        let name = "@maillage-\(UUID().uuidString)"
        let mailbox = try Mailbox(name)
        let manager = try manager(["NOTIFY_SOCKET": name, "WATCHDOG_USEC": "300000"])
        let isWell = Mutex(true)
        let asked = Mutex(0)
        let report = ServiceReport(
            manager, complain: { _ in },
            question: {
                asked.withLock { $0 += 1 }
                guard isWell.withLock({ $0 }) else { throw StorageError.unavailable("gone") }
            })
        let running = Task { try await report.run() }
        defer { running.cancel() }
        #expect(try await mailbox.hears("WATCHDOG=1"))
        isWell.withLock { $0 = false }
        func isAsked(_ times: Int) async throws {
            let before = asked.withLock { $0 }
            while asked.withLock({ $0 }) < before + times { try await Task.sleep(for: .milliseconds(5)) }
        }
        // The answer to a question that was under way.
        try await isAsked(2)
        mailbox.empty()
        try await isAsked(3)
        #expect(mailbox.next(within: 50) == nil)
        isWell.withLock { $0 = true }
        #expect(try await mailbox.hears("WATCHDOG=1"))
    }

    /// What a service manager listens on.
    private final class Mailbox {
        private let descriptor: Int32
        private let path: String?

        struct NotMade: Error {}

        init(_ name: String) throws {
            descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
            path = name.hasPrefix("/") ? name : nil
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            var bytes = Array(name.utf8)
            if bytes.first == UInt8(ascii: "@") { bytes[0] = 0 }
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
            let length = MemoryLayout<sockaddr_un>.size - MemoryLayout.size(ofValue: address.sun_path) + bytes.count
            let status = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(descriptor, $0, socklen_t(length))
                }
            }
            guard status == 0 else { throw NotMade() }
        }

        deinit {
            close(descriptor)
            if let path { unlink(path) }
        }

        /// The next message; nil when none comes.
        func next(within milliseconds: Int = 30_000) -> String? {
            var wait = timeval(tv_sec: milliseconds / 1_000, tv_usec: milliseconds % 1_000 * 1_000)
            setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
            var buffer = [UInt8](repeating: 0, count: 256)
            let count = recv(descriptor, &buffer, buffer.count, 0)
            return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
        }

        /// Waits for a message for two minutes at most, without holding the thread that whoever sends it may need.
        func hears(_ words: String) async throws -> Bool {
            for _ in 0..<4_000 {
                if next(within: 10) == words { return true }
                try await Task.sleep(for: .milliseconds(20))
            }
            return false
        }

        func empty() {
            while next(within: 20) != nil {}
        }
    }
}
