import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// A server on this machine that answers as a geocoder might, or as one should not. One thread a connection, bytes by hand: what
/// no framework would send must be sent too.
final class FakeGeocoder: Sendable {
    enum Manner: Sendable {
        /// A whole answer.
        case body(String, status: String = "200 OK", headers: [String] = [])
        /// Nothing at all.
        case silence
        /// A head, then a byte now and then, for ever.
        case drip
        /// A head, then megabytes.
        case flood
    }

    private let listener: Int32
    private let manner: Mutex<Manner>
    private let lines = Mutex<[String]>([])
    let port: Int

    struct Unopened: Error {}

    init(_ manner: Manner) throws {
        self.manner = Mutex(manner)
        let opened = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        listener = opened
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(opened, $0, size) == 0 && listen(opened, 64) == 0 && getsockname(opened, $0, &size) == 0
            }
        }
        guard bound else { throw Unopened() }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [weak self] in
            while true {
                let connection = accept(opened, nil, nil)
                guard connection >= 0 else { return }
                guard let self else {
                    close(connection)
                    return
                }
                Thread.detachNewThread { self.serve(connection) }
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    var address: String { "http://127.0.0.1:\(port)" }

    /// The first lines of the requests it got.
    var asked: [String] { lines.withLock { $0 } }

    func turn(_ manner: Manner) { self.manner.withLock { $0 = manner } }

    private func serve(_ connection: Int32) {
        defer { close(connection) }
        var head: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while !String(decoding: head, as: UTF8.self).contains("\r\n\r\n") {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return }
            head += buffer[..<count]
        }
        lines.withLock { $0.append(String(decoding: head.prefix { $0 != 13 }, as: UTF8.self)) }
        func say(_ text: String) -> Bool {
            let bytes = Array(text.utf8)
            return send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
        }
        switch manner.withLock({ $0 }) {
        case .body(let body, let status, let headers):
            let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)", "Connection: close"] + headers
            _ = say(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
        case .silence: sleep(900)
        case .drip:
            _ = say("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            for _ in 0..<800 {
                guard say(" ") else { return }
                usleep(150_000)
            }
        case .flood:
            _ = say("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"type\":\"FeatureCollection\",\"features\":[")
            let piece = String(repeating: "{\"type\":\"Feature\"},", count: 3_000)
            for _ in 0..<400 { guard say(piece) else { return } }
        }
    }

    /// A collection of one address, as the national base writes it.
    static func collection(
        label: String = "12 Rue des Lilas 59000 Lille", latitude: String = "50.632", longitude: String = "3.061",
        score: String = "0.94", type: String = "housenumber", citycode: String = "59350", city: String = "Lille"
    ) -> String {
        """
        {"type":"FeatureCollection","version":"draft","features":[{"type":"Feature",\
        "geometry":{"type":"Point","coordinates":[\(longitude),\(latitude)]},"properties":{"label":"\(label)",\
        "score":\(score),"housenumber":"12","id":"x","name":"12 Rue des Lilas","postcode":"59000",\
        "citycode":"\(citycode)","city":"\(city)","type":"\(type)","importance":0.5}}],\
        "attribution":"BAN","licence":"ETALAB-2.0","query":"x","limit":3}
        """
    }
}
