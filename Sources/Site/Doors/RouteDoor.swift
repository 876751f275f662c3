import HTTPTypes
import Maillage

/// Finds the route, or says exactly why there is none: 404, 405 with what is allowed, or where the page really is.
enum RouteDoor {
    static func enter(_ visit: inout Visit, _ dispatcher: Dispatcher) throws -> Answer? {
        guard visit.method != .trace, visit.method != .connect else {
            throw DoorRefusal.wrongMethod(allowed: [.get, .head, .options])
        }
        if visit.target == "*" {
            return Answer(status: .noContent, headers: [.allow: "GET, HEAD, POST, PATCH, OPTIONS"])
        }
        switch try dispatcher.find(visit.method, visit.rawPath) {
        case .route(let route, let parameters):
            visit.route = route
            visit.parameters = parameters
            return nil
        case .otherMethods(let allowed):
            guard visit.method == .options else { throw DoorRefusal.wrongMethod(allowed: allowed) }
            return Answer(
                status: .noContent, headers: [.allow: allowed.map(\.rawValue).joined(separator: ", ")])
        case .nothing:
            return try withoutFinalSlash(visit, dispatcher)
        }
    }

    /// `/lieux/` is `/lieux`.
    private static func withoutFinalSlash(_ visit: Visit, _ dispatcher: Dispatcher) throws -> Answer {
        let path = visit.path
        guard visit.method == .get || visit.method == .head, path.hasSuffix("/"), path != "/" else { throw Missing() }
        let shorter = path.dropLast()
        guard case .route = try dispatcher.find(visit.method, shorter.utf8), let local = Paths.local(String(shorter))
        else {
            throw Missing()
        }
        return .moved(to: local + visit.target.dropFirst(path.count))
    }
}
