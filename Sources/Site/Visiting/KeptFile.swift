import HTTPTypes
import NIOCore

/// A file made once and sent many times, with its compressed form.
struct KeptFile: Sendable {
    let type: String
    let cacheControl: String
    let plain: ByteBuffer
    let gzipped: ByteBuffer?
    let tag: String

    /// `cacheControl` of public files that change with the network: kept by browsers, asked about each time.
    static let alwaysAsked = "public, max-age=0, must-revalidate"

    init(_ bytes: [UInt8], type: String, cacheControl: String, level: Int = 6) {
        self.type = type
        self.cacheControl = cacheControl
        plain = ByteBuffer(bytes: bytes)
        let smaller =
            bytes.count > 256 && CompressionDoor.isCompressible(type) ? CompressionDoor.gzip(bytes, level: level) : nil
        gzipped = smaller.flatMap { $0.count < bytes.count ? ByteBuffer(bytes: $0) : nil }
        tag = FreshnessDoor.tag(of: bytes)
    }

    var size: Int { plain.readableBytes + (gzipped?.readableBytes ?? 0) + 256 }

    func answer(to visit: Visit) -> Answer {
        var answer = Answer(
            status: .ok,
            headers: [
                .contentType: type, .cacheControl: cacheControl, .eTag: "\"\(tag)\"", .vary: "Accept-Encoding",
            ],
            body: .bytes(plain))
        if let gzipped, CompressionDoor.accepts(visit.headers) {
            answer.body = .bytes(gzipped)
            answer.headers[.contentEncoding] = "gzip"
            answer.headers[.eTag] = "\"\(tag)-gz\""
        }
        return answer
    }
}
