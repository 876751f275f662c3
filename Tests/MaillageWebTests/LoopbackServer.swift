import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// A server on this machine that says what it is told to, byte by byte: what no framework would send must be sent too. One thread a
/// connection; it stops listening when it is let go.
final class LoopbackServer: Sendable {
    /// One connection, closed once it has been answered.
    struct Connection {
        fileprivate let descriptor: Int32

        /// What was sent up to the empty line, without it, and the bytes of the body that its head announces; nil when the other
        /// side stopped before.
        func request() -> (head: String, body: String)? {
            var bytes: [UInt8] = []
            let mark = Array("\r\n\r\n".utf8)
            guard fill(&bytes, until: { $0.firstRange(of: mark) != nil }), let end = bytes.firstRange(of: mark) else {
                return nil
            }
            let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
            let length =
                head.components(separatedBy: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }.flatMap {
                    Int($0.split(separator: ":")[1].trimmingCharacters(in: .whitespaces))
                } ?? 0
            guard fill(&bytes, until: { $0.count >= end.upperBound + length }) else { return nil }
            return (head, String(decoding: bytes[end.upperBound...].prefix(length), as: UTF8.self))
        }

        private func fill(_ bytes: inout [UInt8], until isEnough: ([UInt8]) -> Bool) -> Bool {
            var buffer = [UInt8](repeating: 0, count: 8_192)
            while !isEnough(bytes) {
                let count = recv(descriptor, &buffer, buffer.count, 0)
                guard count > 0 else { return false }
                bytes += buffer[..<count]
            }
            return true
        }

        /// Whether the other side took all of it.
        @discardableResult
        func say(_ text: String) -> Bool {
            let bytes = Array(text.utf8)
            return send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
        }
    }

    struct Unopened: Error {}

    private let listener: Int32
    let port: Int

    init() throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        let opened = listener
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(opened, $0, size) == 0 && listen(opened, 64) == 0 && getsockname(opened, $0, &size) == 0
            }
        }
        port = Int(UInt16(bigEndian: address.sin_port))
        guard bound else { throw Unopened() }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    var address: String { "http://127.0.0.1:\(port)" }

    /// Answers every connection from now on. `answer` must not hold whoever holds this server.
    func serve(_ answer: @escaping @Sendable (Connection) -> Void) {
        let listener = listener
        Thread.detachNewThread {
            while true {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0 else { return }
                Thread.detachNewThread {
                    answer(Connection(descriptor: descriptor))
                    close(descriptor)
                }
            }
        }
    }
}
