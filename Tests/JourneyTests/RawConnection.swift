import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// A plain socket to the site under test: bytes out, bytes in, on threads of its own so that the server keeps all of its.
final class RawConnection: @unchecked Sendable {
    private let descriptor: Int32

    struct Refused: Error {}

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Refused() }
    }

    deinit {
        close(descriptor)
    }

    /// Waits on a thread of its own: those of Dispatch are shared with Swift's executor, which blocked ones would starve.
    private func away<T: Sendable>(_ work: @escaping @Sendable () -> T) async -> T {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: work()) }
        }
    }

    /// Writes everything; false when the other side is gone.
    @discardableResult
    func send(_ bytes: [UInt8]) async -> Bool {
        await away { [descriptor] in
            var sent = 0
            while sent < bytes.count {
                let count = bytes[sent...].withUnsafeBytes {
                    Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { return false }
                sent += count
            }
            return true
        }
    }

    /// What comes until the other side closes, or is silent for `silence` seconds.
    func receive(silence: Double, until enough: @escaping @Sendable ([UInt8]) -> Bool = { _ in false }) async
        -> Received
    {
        await away { [descriptor] in
            var received = Received()
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                // The first byte is given time: on a busy machine an answer begins late, and then comes at once.
                let patience = received.bytes.isEmpty ? max(3 * silence, 8) : silence
                let ready = poll(&poller, 1, Int32(patience * 1_000))
                if ready < 0, errno == EINTR { continue }
                guard ready > 0 else { return received }
                let count = recv(descriptor, &buffer, buffer.count, 0)
                guard count > 0 else {
                    received.isClosed = true
                    return received
                }
                received.bytes += buffer[..<count]
                if enough(received.bytes) { return received }
            }
        }
    }

    /// Writes at once, on the calling thread; false when the other side is gone. For a few bytes.
    @discardableResult
    func sendNow(_ bytes: [UInt8]) -> Bool {
        Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT)) == bytes.count
    }

    /// Whether the other side has closed, without waiting; what it said before is skipped.
    var isClosedByNow: Bool {
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            if count == 0 { return true }
            if count < 0 { return errno != EAGAIN }
        }
    }

    /// Writes everything, says that nothing more comes, and reads to the end: as fast as the other side goes.
    func exchange(_ bytes: [UInt8]) async -> Received {
        await away { [descriptor] in
            var sent = 0
            while sent < bytes.count {
                let count = bytes[sent...].withUnsafeBytes {
                    Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { break }
                sent += count
            }
            shutdown(descriptor, Int32(SHUT_WR))
            var received = Received()
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                guard poll(&poller, 1, 20_000) > 0 else { return received }
                let count = recv(descriptor, &buffer, buffer.count, 0)
                guard count > 0 else {
                    received.isClosed = true
                    return received
                }
                received.bytes += buffer[..<count]
            }
        }
    }

    struct Received: Sendable {
        var bytes: [UInt8] = []
        var isClosed = false

        var text: String { String(decoding: bytes, as: UTF8.self) }

        /// What follows each status line's version: the answers in it, interim ones included.
        var heads: [String] {
            text.components(separatedBy: "HTTP/1.").dropFirst().map { String($0.dropFirst(2)) }
        }

        var statuses: [Int] { heads.compactMap { Int($0.prefix(3)) } }
    }
}
