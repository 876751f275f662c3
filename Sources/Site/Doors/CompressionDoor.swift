import Exchange
import HTTPTypes
import NIOCore

/// Pages made for one visitor are compressed lightly on their way out; shared ones and assets were compressed before.
enum CompressionDoor {
    static func leave(_ visit: Visit, _ answer: inout Answer) {
        guard answer.headers[.contentEncoding] == nil, isWorth(answer), accepts(visit.headers) else { return }
        guard case .bytes(let buffer) = answer.body else { return }
        guard let smaller = gzip(Array(buffer.readableBytesView), level: 1) else { return }
        answer.body = .bytes(ByteBuffer(bytes: smaller))
        answer.headers[.contentEncoding] = "gzip"
        if let tag = answer.headers[.eTag], tag.hasSuffix("\"") { answer.headers[.eTag] = tag.dropLast() + "-gz\"" }
        if answer.headers[.vary] == nil { answer.headers[.vary] = "Accept-Encoding" }
    }

    /// Below about a packet, compression gains nothing; pictures and archives are compressed already.
    static func isWorth(_ answer: Answer) -> Bool {
        guard case .bytes(let buffer) = answer.body else { return false }
        return isWorth(buffer, answer.headers)
    }

    static func isWorth(_ body: ByteBuffer, _ headers: HTTPFields) -> Bool {
        body.readableBytes > 1_000 && isCompressible(headers[.contentType] ?? "")
    }

    static func isCompressible(_ type: String) -> Bool {
        type.hasPrefix("text/") || type.contains("json") || type.contains("xml") || type.contains("javascript")
    }

    /// The compressed bytes; nil when zlib has no memory left: the page then goes as it is.
    static func gzip(_ bytes: [UInt8], level: Int) -> [UInt8]? {
        try? Gzip.compress(bytes, level: level)
    }

    /// Whether `Accept-Encoding` takes gzip.
    static func accepts(_ headers: HTTPFields) -> Bool {
        guard let header = headers[.acceptEncoding], header.utf8.count <= 512 else { return false }
        for choice in header.lowercased().split(separator: ",") {
            let parts = choice.split(separator: ";").map { $0.filter { $0 != " " } }
            guard parts.first == "gzip" || parts.first == "*" else { continue }
            let isRefused = parts.dropFirst().contains { $0.hasPrefix("q=") && Double(String($0.dropFirst(2))) == 0 }
            return !isRefused
        }
        return false
    }
}
