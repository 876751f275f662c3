import HTTPTypes
import HummingbirdCore

/// What the request carries: a form is read whole and decoded here; an upload is left to its handler, with its limit.
enum BodyDoor {
    static func enter(_ visit: inout Visit, _ request: Request, _ route: Route) async throws {
        let announced = request.headers[.contentLength].flatMap { Int($0) }
        switch route.body {
        case .none:
            return
        case .form:
            try await readForm(&visit, request, announced: announced)
        case .upload(let limit), .piece(let limit):
            if let announced, announced > limit { throw DoorRefusal.tooLarge(limit: limit) }
            let waiting = visit
            visit.upload = Upload(
                contentType: request.headers[.contentType] ?? "", announced: announced, limit: limit,
                body: request.body,
                isVerified: { waiting.isVerified(by: [$0]) })
        }
    }

    private static func readForm(_ visit: inout Visit, _ request: Request, announced: Int?) async throws {
        let limit = visit.reception.limits.form
        if let announced, announced > limit { throw DoorRefusal.tooLarge(limit: limit) }
        var bytes: [UInt8] = []
        if let announced { bytes.reserveCapacity(announced) }
        for try await buffer in request.body {
            guard bytes.count + buffer.readableBytes <= limit else { throw DoorRefusal.tooLarge(limit: limit) }
            bytes.append(contentsOf: buffer.readableBytesView)
        }
        visit.arrival = visit.reception.surroundings.now()
        if let announced, announced != bytes.count { throw DoorRefusal.cutShort }
        guard !bytes.isEmpty else { return }
        guard isForm(request.headers[.contentType]) else { throw DoorRefusal.unknownForm }
        visit.form = try Fields(urlencoded: bytes)
    }

    private static func isForm(_ contentType: String?) -> Bool {
        guard let contentType else { return false }
        let kind = contentType.prefix { $0 != ";" && $0 != " " }
        return kind.lowercased() == "application/x-www-form-urlencoded"
    }
}
