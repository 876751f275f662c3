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
        if let announced, announced > OverfullForm.patience { throw DoorRefusal.tooLarge(limit: limit) }
        var overfull = (announced ?? 0) > limit ? OverfullForm() : nil
        var bytes: [UInt8] = []
        var count = 0
        if let announced, overfull == nil { bytes.reserveCapacity(announced) }
        for try await buffer in request.body {
            count += buffer.readableBytes
            guard count <= OverfullForm.patience else { throw DoorRefusal.tooLarge(limit: limit) }
            if overfull == nil, count > limit {
                overfull = OverfullForm()
                overfull?.feed(bytes)
                bytes = []
            }
            if overfull == nil {
                bytes.append(contentsOf: buffer.readableBytesView)
            } else {
                overfull?.feed(buffer.readableBytesView)
            }
        }
        visit.arrival = visit.reception.surroundings.now()
        if let announced, announced != count { throw DoorRefusal.cutShort }
        guard count > 0 else { return }
        guard isForm(request.headers[.contentType]) else { throw DoorRefusal.unknownForm }
        if var overfull {
            visit.form = try overfull.fields()
            visit.dropped = overfull.dropped
            return
        }
        visit.form = try Fields(urlencoded: bytes)
    }

    /// A form that is too large goes no further: its reader finds what else it said, to take up again.
    static func refuse(_ visit: Visit, _ route: Route) throws -> Answer? {
        guard let dropped = visit.dropped else { return nil }
        if visit.isForMachines { throw DoorRefusal.tooLarge(limit: visit.reception.limits.form) }
        return ConfirmPage.answer(visit, tooLong: dropped, route: route)
    }

    private static func isForm(_ contentType: String?) -> Bool {
        guard let contentType else { return false }
        let kind = contentType.prefix { $0 != ";" && $0 != " " }
        return kind.lowercased() == "application/x-www-form-urlencoded"
    }
}
