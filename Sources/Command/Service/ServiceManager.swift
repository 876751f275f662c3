import Foundation
import MaillageWeb

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What systemd, or whoever starts the program the same way, says to it and wants to hear from it: sockets that listen already
/// (sd_listen_fds(3)), where it says how it is (sd_notify(3)), and how often (sd_watchdog_enabled(3)). Without systemd there is
/// none of these, and nothing is done.
struct ServiceManager: Sendable {
    /// The first descriptor that is handed over; the others follow it.
    private static let first: Int32 = 3

    /// The descriptors of the sockets to answer on; none when the program opens its own.
    let sockets: [Int32]
    /// Where states are sent: a path, or `@` and a name without a file (unix(7), abstract).
    let stateSocket: String?
    /// How long the service manager waits for a sign of life; nil when it wants none.
    let patience: Duration?

    /// Reads the environment. Throws `CommandFailure` when what is handed over cannot be answered on: a site that would listen
    /// elsewhere than where people are sent to helps nobody.
    init(
        environment: [String: String] = ProcessInfo.processInfo.environment, process: Int32 = getpid(),
        isListening: (Int32) -> Bool = ServiceManager.isListening
    ) throws {
        stateSocket = environment["NOTIFY_SOCKET"].flatMap { $0.hasPrefix("/") || $0.hasPrefix("@") ? $0 : nil }
        let isWatched = environment["WATCHDOG_PID"].map { Int32($0) == process } ?? true
        patience = environment["WATCHDOG_USEC"].flatMap { Int64($0) }
            .flatMap { isWatched && $0 > 0 ? .microseconds($0) : nil }
        // The variables outlive the one they are for: they are its own when they name it.
        guard environment["LISTEN_PID"].flatMap({ Int32($0) }) == process, let count = environment["LISTEN_FDS"],
            count != "0"
        else {
            sockets = []
            return
        }
        guard let number = Int32(count), (1...2).contains(number) else {
            throw CommandFailure("LISTEN_FDS is \"\(count)\": one socket is answered on, named by one ListenStream=")
        }
        sockets = Array(Self.first..<Self.first + number)
        guard sockets.allSatisfy(isListening) else {
            throw CommandFailure("the socket that was handed over does not listen for TCP: see ListenStream=")
        }
    }

    /// Which socket is the site's, and which the port in clear beside it: the one of that port. Throws `CommandFailure` when there
    /// are two and neither is.
    func inheritance(
        clearPort: Int?, port: (Int32) -> Int? = ServiceManager.port(of:)
    ) throws -> House.Inheritance {
        let clear = clearPort.flatMap { clearPort in sockets.first { port($0) == clearPort } }
        let others = sockets.filter { $0 != clear }
        guard others.count < 2 else {
            throw CommandFailure(
                "two sockets were handed over: one is answered on, and that of TLS_REDIRECT_PORT when it is set")
        }
        return House.Inheritance(site: others.first, clear: clear)
    }

    /// The port a socket listens on.
    static func port(of descriptor: Int32) -> Int? {
        guard let address = address(of: descriptor) else { return nil }
        return withUnsafeBytes(of: address) { bytes in
            // Behind the family, in the order of the network, for both (ip(7), ipv6(7)).
            Int(bytes[2]) << 8 | Int(bytes[3])
        }
    }

    /// Nil when it is no socket of the internet.
    private static func address(of descriptor: Int32) -> sockaddr_storage? {
        var address = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        return status == 0 && [AF_INET, AF_INET6].contains(Int32(address.ss_family)) ? address : nil
    }

    /// A stream socket of the internet that listens. It is not passed on to the programs that the site starts.
    static func isListening(_ descriptor: Int32) -> Bool {
        guard fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0, address(of: descriptor) != nil else { return false }
        var listens: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listens, &length) == 0 && listens == 1
    }

    /// What the program tells of itself.
    enum State: String, Sendable {
        case ready = "READY=1"
        case stopping = "STOPPING=1"
        case alive = "WATCHDOG=1"
    }

    /// Sends a state. Answers whether it was taken: nobody to tell is no fault of the site's.
    @discardableResult
    func tell(_ state: State) -> Bool {
        guard let stateSocket else { return false }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var name = Array(stateSocket.utf8)
        if name.first == UInt8(ascii: "@") { name[0] = 0 }
        guard name.count < MemoryLayout.size(ofValue: address.sun_path) else { return false }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        #if canImport(Glibc)
            let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        #else
            let descriptor = Darwin.socket(AF_UNIX, SOCK_DGRAM, 0)
        #endif
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        // An abstract name ends where its length says.
        let length = MemoryLayout<sockaddr_un>.size - MemoryLayout.size(ofValue: address.sun_path) + name.count
        let bytes = Array(state.rawValue.utf8)
        let sent = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(descriptor, bytes, bytes.count, 0, $0, socklen_t(length))
            }
        }
        return sent == bytes.count
    }
}
