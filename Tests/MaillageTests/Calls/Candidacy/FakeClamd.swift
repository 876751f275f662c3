import Dispatch
import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A clamd for tests: listens on a socket, takes INSTREAM, and finds one signature of its own.
final class FakeClamd: Sendable {
    let path: String
    private let descriptor: Int32
    private let heard = Mutex<[[UInt8]]>([])
    private let signature: [UInt8]
    private let limit: Int

    /// What every scanner finds: the EICAR file, made of pieces so that this source is not one (eicar.org).
    static var eicar: [UInt8] {
        Array(("X5O!P%@AP[4\\PZX54(P^)7CC)7}" + "$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!" + "$H+H*").utf8)
    }

    /// The files it was shown, whole.
    var files: [[UInt8]] { heard.withLock { $0 } }

    init(path: String, finding signature: [UInt8] = eicar, limit: Int = 1 << 20) throws {
        self.path = path
        self.signature = signature
        self.limit = limit
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard status == 0, listen(descriptor, 8) == 0 else { throw POSIXError(.EADDRINUSE) }
        Thread { [self] in serve() }.start()
    }

    func stop() {
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }

    private func serve() {
        while true {
            let link = accept(descriptor, nil, nil)
            guard link >= 0 else { return }
            answer(link)
            close(link)
        }
    }

    private func answer(_ link: Int32) {
        guard read(10, link) == Array("zINSTREAM\0".utf8) else { return say("UNKNOWN COMMAND", link) }
        var file: [UInt8] = []
        while let head = read(4, link) {
            let count = head.reduce(0) { $0 << 8 | Int($1) }
            if count == 0 {
                heard.withLock { $0.append(file) }
                return say(
                    file.firstRange(of: signature) == nil ? "stream: OK" : "stream: Maillage.Test.EICAR FOUND", link)
            }
            guard file.count + count <= limit else { return say("INSTREAM size limit exceeded. ERROR", link) }
            guard let piece = read(count, link) else { return }
            file += piece
        }
    }

    private func say(_ words: String, _ link: Int32) {
        let bytes = Array(words.utf8) + [0]
        _ = send(link, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    private func read(_ count: Int, _ link: Int32) -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count < count {
            let got = recv(link, &buffer, min(buffer.count, count - bytes.count), 0)
            guard got > 0 else { return nil }
            bytes += buffer[..<got]
        }
        return bytes
    }
}
