import HTTPTypes
import Logging

/// One line per request at debug, without queries, names or secrets; a count for `/metrics`.
enum RequestLog {
    /// Nine bytes: enough to tell requests apart in a year of logs, not a secret.
    static func freshName() -> [UInt8] {
        let high = UInt64.random(in: 0...UInt64.max)
        let low = UInt8.random(in: 0...255)
        return withUnsafeBytes(of: high) { Array($0) } + [low]
    }

    static func leave(_ visit: Visit, _ answer: inout Answer, since start: ContinuousClock.Instant) {
        answer.headers[HeaderName.requestID] = visit.requestID
        let spent = ContinuousClock.now - start
        let microseconds =
            Int(spent.components.seconds) * 1_000_000 + Int(spent.components.attoseconds / 1_000_000_000_000)
        visit.reception.tally.count(status: answer.status.code, microseconds: microseconds)
        visit.reception.log.debug(
            "request",
            metadata: [
                "id": "\(visit.requestID)",
                "method": "\(visit.method.rawValue)",
                "route": "\(visit.route?.pattern ?? "-")",
                "status": "\(answer.status.code)",
                "microseconds": "\(microseconds)",
            ])
    }
}
