import Foundation
import Synchronization

/// A server on this machine that answers as a geocoder might, or as one should not.
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

    private let server: LoopbackServer
    private let manner: Mutex<Manner>
    private let lines = Mutex<[String]>([])

    init(_ manner: Manner) throws {
        self.manner = Mutex(manner)
        server = try LoopbackServer()
        server.serve { [weak self] in self?.answer($0) }
    }

    var address: String { server.address }

    /// The first lines of the requests it got.
    var asked: [String] { lines.withLock { $0 } }

    func turn(_ manner: Manner) { self.manner.withLock { $0 = manner } }

    private func answer(_ connection: LoopbackServer.Connection) {
        guard let (head, _) = connection.request() else { return }
        lines.withLock { $0.append(String(head.prefix { $0 != "\r\n" })) }
        switch manner.withLock({ $0 }) {
        case .body(let body, let status, let headers):
            let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)", "Connection: close"] + headers
            connection.say(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
        case .silence: Thread.sleep(forTimeInterval: 900)
        case .drip:
            connection.say("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            for _ in 0..<800 {
                guard connection.say(" ") else { return }
                Thread.sleep(forTimeInterval: 0.15)
            }
        case .flood:
            connection.say("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"type\":\"FeatureCollection\",\"features\":[")
            let piece = String(repeating: "{\"type\":\"Feature\"},", count: 3_000)
            for _ in 0..<400 { guard connection.say(piece) else { return } }
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
