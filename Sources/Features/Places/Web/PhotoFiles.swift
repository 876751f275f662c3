import HTTPTypes
import Maillage

/// `/photos/{photo}/{width}.webp`: a file of the vault, for those who may know of its place.
enum PhotoFiles {
    /// A file never changes under its address. A week, so that a photo withdrawn leaves caches in a known time.
    static let publicPolicy = "public, max-age=604800, immutable"

    static func serve(_ visit: Visit) async throws -> Answer {
        let id = try visit.identifier("photo", of: PlacePhoto.ID.self)
        // One address for each file: no sign, no leading zero.
        let text = try visit.parameter("width")
        guard let width = Int(text), String(width) == text else { throw Missing() }
        let principal = visit.principal
        guard
            let found = try await visit.read({ try PlacePhotoStore.file(principal, id, width: width, $0) })
        else { throw Missing() }
        let tag = "\"\(found.file.text.prefix(32))\""
        var headers: HTTPFields = [
            .contentType: "image/webp", .eTag: tag, .contentDisposition: "inline",
            // What everybody may see, other sites may show; the rest stays here, and is asked for each time.
            HeaderName.resourcePolicy: found.isPublic ? "cross-origin" : "same-origin",
            .cacheControl: found.isPublic ? publicPolicy : "private, no-cache",
            .vary: found.isPublic ? "Accept-Encoding" : "Cookie",
        ]
        if FreshnessDoor.matches(visit.headers[.ifNoneMatch], tag) {
            return Answer(status: .ok, headers: headers, body: .none)
        }
        guard let file = try await visit.reception.photos.vault.open(found.file) else {
            visit.reception.log.error(
                "a photo's file is not in the vault", metadata: ["id": "\(visit.requestID)", "file": "\(found.file)"])
            throw Missing()
        }
        headers[.contentLength] = String(file.size)
        return Answer(
            status: .ok, headers: headers,
            body: .stream { sink in
                while let piece = try await file.next() { try await sink.write(piece) }
            })
    }
}
