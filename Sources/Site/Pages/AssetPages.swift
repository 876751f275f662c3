import HTTPTypes
import Maillage

/// Files whose name holds the hash of their content: once fetched, never asked for again.
enum AssetPages {
    static func serve(_ visit: Visit) async throws -> Answer {
        guard let asset = visit.reception.assets.asset(served: try visit.parameter("name")) else { throw Missing() }
        var answer = Answer(
            status: .ok,
            headers: [
                .contentType: asset.type,
                .cacheControl: "public, max-age=31536000, immutable",
                .eTag: "\"\(asset.hash)\"",
                .vary: "Accept-Encoding",
            ],
            body: .bytes(asset.plain))
        if let gzipped = asset.gzipped, CompressionDoor.accepts(visit.headers) {
            answer.body = .bytes(gzipped)
            answer.headers[.contentEncoding] = "gzip"
            answer.headers[.eTag] = "\"\(asset.hash)-gz\""
        }
        return answer
    }
}
