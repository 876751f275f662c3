import Exchange
import HTTPTypes
import Maillage
import Markup
import Storage

/// How the service is: for people, for probes, for Prometheus.
enum StatePages {
    /// Asks the database the simplest question; false when it does not answer.
    private static func databaseAnswers(_ visit: Visit) async -> Bool {
        do {
            return try await visit.read { try $0.count("SELECT 1") } == 1
        } catch {
            visit.reception.log.error("the database does not answer", metadata: ["error": "\(error)"])
            return false
        }
    }

    static func page(_ visit: Visit) async throws -> Answer {
        let isUp = await databaseAnswers(visit)
        return visit.page("État du service", status: isUp ? .ok : .serviceUnavailable) { html in
            html.h1("État du service")
            html.p(isUp ? "Le service fonctionne." : "Le service ne peut pas lire ses données pour le moment.")
            html.dl { html in
                html.dt("Base de données")
                html.dd(isUp ? "répond" : "ne répond pas")
                html.dt("Pages")
                html.dd("répondent")
            }
        }
    }

    static func health(_ visit: Visit) async throws -> Answer {
        let isUp = await databaseAnswers(visit)
        var json = JSONWriter()
        json.beginObject()
        json.member("status", isUp ? "ok" : "unavailable")
        json.member("database", visit.reception.database.dialect.rawValue)
        json.endObject()
        return Answer.json(json.bytes, status: isUp ? .ok : .serviceUnavailable).with(.cacheControl, "no-store")
    }

    /// The Prometheus text format 0.0.4. For the machine itself only: elsewhere there is no such page.
    static func metrics(_ visit: Visit) async throws -> Answer {
        guard visit.address.isLoopback, visit.headers[HeaderName.forwardedFor] == nil else { throw Missing() }
        let reading = visit.reception.tally.reading
        var text = "# TYPE maillage_answers_total counter\n"
        for (hundreds, count) in reading.byClass.enumerated() where hundreds > 0 {
            text += "maillage_answers_total{class=\"\(hundreds)xx\"} \(count)\n"
        }
        text += "# TYPE maillage_answer_seconds histogram\n"
        var sum = 0
        for (place, bound) in Tally.bounds.enumerated() {
            sum += reading.byDuration[place]
            text += "maillage_answer_seconds_bucket{le=\"\(Double(bound) / 1_000)\"} \(sum)\n"
        }
        sum += reading.byDuration.last ?? 0
        text += "maillage_answer_seconds_bucket{le=\"+Inf\"} \(sum)\n"
        text += "maillage_answer_seconds_sum \(reading.seconds)\nmaillage_answer_seconds_count \(sum)\n"
        text += "# TYPE maillage_cached_pages_total counter\nmaillage_cached_pages_total \(reading.cacheHits)\n"
        return Answer(type: "text/plain; version=0.0.4; charset=utf-8", bytes: Array(text.utf8)).with(
            .cacheControl, "no-store")
    }
}
