import Exchange
import HTTPTypes
import Maillage
import Markup
import Storage

/// The proof of service of a call: how the service was during the 24 hours before its limit, published once the limit has passed (SRV-1).
struct ServiceProof: Sendable {
    static let span = Instant.Span.hours(24)

    let call: Call
    let wave: CallWave
    let record: ServiceSpan
    /// False while the deposits of a sealed call are not opened: their number would say how many there are.
    let showsDeposits: Bool

    /// The public calls whose limit passed within a year, the latest first: their addresses and titles.
    static func published(_ visit: Visit) async throws -> [(slug: String, title: String)] {
        let now = visit.now
        return try await visit.read { reader in
            try CallStore.ended(after: now - .days(365), until: now, limit: 20, reader).map { ($0.slug, $0.title) }
        }
    }

    static func lastClosed(_ call: Call, at now: Instant) -> CallWave? {
        call.settings.calendar.waves.filter { $0.closesAt <= now }.max { $0.closesAt < $1.closesAt }
    }

    /// The proof of the call's period that ended last; `Missing` while none has.
    static func find(_ visit: Visit) async throws -> ServiceProof {
        let slug = try visit.parameter("slug")
        let (principal, now) = (visit.principal, visit.now)
        return try await visit.read { reader in
            guard let call = try CallStore.call(principal, slug: slug, reader), call.state != .draft,
                let wave = lastClosed(call, at: now)
            else { throw Missing() }
            let end = wave.closesAt.minute
            let isSealed = call.settings.deposit.isSealed
            let opened =
                try !isSealed || CallOpeningStore.openings(of: call.id, reader).contains { $0.wave == wave.id }
            return ServiceProof(
                call: call, wave: wave,
                record: try ServiceRecord.span((wave.closesAt - span).minute..<end, reader),
                showsDeposits: opened)
        }
    }
}

/// `/appels/{slug}/preuve-de-service` and its twin for machines.
enum ServiceProofPages {
    static func show(_ visit: Visit) async throws -> Answer {
        let proof = try await ServiceProof.find(visit)
        let crumbs = Breadcrumbs(
            [
                ("Appels", Link(path: "appels")),
                (Format.excerpt(proof.call.title, limit: 48), Link(path: "appels", proof.call.slug)),
            ], current: "Preuve de service")
        let head = PageHead(
            "Preuve de service\u{202F}: \(proof.call.title)", section: "Appels", breadcrumbs: crumbs)
        return visit.page(head, ServiceProofView(proof: proof))
    }

    static func file(_ visit: Visit) async throws -> Answer {
        let proof = try await ServiceProof.find(visit)
        guard proof.showsDeposits else { throw Missing() }
        var json = JSONWriter()
        json.beginObject()
        json.member("call", proof.call.title)
        json.member("closes_at", proof.wave.closesAt.iso)
        json.member("from", Instant(seconds: proof.record.minutes.lowerBound * 60).iso)
        json.member("to", Instant(seconds: proof.record.minutes.upperBound * 60).iso)
        json.member(
            "hash_is",
            "SHA-256, in lower-case hexadecimal, of previous, minute, measured_at, outcome, microseconds, deposits and "
                + "recorded_at, each followed by a line feed")
        json.name("minutes")
        json.beginArray()
        for line in proof.record.lines {
            json.beginObject()
            json.member("minute", Int(line.minute))
            json.member("measured_at", line.measuredAt.iso)
            json.member("outcome", line.outcome.rawValue)
            json.member("microseconds", Int(line.microseconds))
            json.member("deposits", line.deposits)
            json.member("recorded_at", line.recordedAt.iso)
            json.member("previous", line.previous)
            json.member("hash", line.hash)
            json.endObject()
        }
        json.endArray()
        json.endObject()
        json.lineBreak()
        return Answer.json(json.bytes)
    }
}

struct ServiceProofView: View {
    var proof: ServiceProof

    private var record: ServiceSpan { proof.record }
    private var measured: Int { record.lines.count }

    func render(into html: inout HTML) {
        html.h1("Preuve de service")
        html.p(.class("lead")) { $0.a(proof.call.title, .href(Paths.call(proof.call.slug))) }
        html.p(
            "Chaque minute, le service écrit une ligne sur son disque par le même chemin qu’un dépôt, et note le temps que cela a "
                + "pris. Voici les vingt-quatre heures d’avant la limite du \(Format.moment(proof.wave.closesAt)).")
        html.add(
            DefinitionList([
                .init("Minutes mesurées", "\(Format.number(measured)) sur \(Format.number(record.minutes.count))"),
                .init("Minutes où l’écriture a échoué", Format.number(record.failed.count)),
                .init("Minutes sans mesure", Format.number(record.minutes.count - measured)),
                .init("La moitié des mesures en moins de", record.quantile(0.5).map(Self.milliseconds)),
                .init("99\u{A0}% des mesures en moins de", record.quantile(0.99).map(Self.milliseconds)),
                .init(
                    "Dépôts reçus",
                    proof.showsDeposits
                        ? Format.number(record.lines.reduce(0) { $0 + $1.deposits }) : "dits à l’ouverture des plis"),
                .init(
                    "Chaîne des mesures",
                    record.isChained
                        ? "chaque mesure suit de la précédente" : "rompue\u{202F}: une mesure a été changée"),
            ]))
        renderGaps(into: &html)
        renderHours(into: &html)
        if proof.showsDeposits {
            html.p { html in
                html.a("Toutes les mesures (JSON)", .href(Paths.serviceProofFile(proof.call.slug)))
                html.text(", avec de quoi recalculer chaque sceau.")
            }
        }
    }

    private func renderGaps(into html: inout HTML) {
        html.h2("Pannes et trous")
        let gaps =
            record.holes.map { ($0.lowerBound, $0.count, "aucune mesure") }
            + record.failed.map { ($0.minute, 1, "l’écriture a échoué") }
        guard !gaps.isEmpty else {
            html.p("Aucun\u{202F}: le service a pu écrire chaque minute.")
            return
        }
        html.add(
            DataTable(
                "Les minutes où le service n’a pas pu écrire, ou ne s’est pas mesuré",
                rows: gaps.sorted { $0.0 < $1.0 }.prefix(200).map { $0 }, id: "trous",
                columns: [
                    .init("À partir de", text: { Format.moment(Instant(seconds: $0.0 * 60)) }),
                    .init("Minutes", isNumber: true, text: { Format.number($0.1) }),
                    .init("Quoi", text: { $0.2 }),
                ]))
    }

    private func renderHours(into html: inout HTML) {
        html.h2("Heure par heure")
        let hours = stride(from: record.minutes.lowerBound, to: record.minutes.upperBound, by: 60).map { start in
            (start, record.lines.filter { $0.minute >= start && $0.minute < start + 60 })
        }
        html.add(
            DataTable(
                "Les mesures de chaque heure", rows: Array(hours), id: "heures",
                columns: [
                    .init("À partir de", text: { Format.moment(Instant(seconds: $0.0 * 60)) }),
                    .init("Minutes mesurées", isNumber: true, text: { Format.number($0.1.count) }),
                    .init("Écriture la plus lente", isNumber: true, text: { Self.slowest($0.1) }),
                    .init(
                        "Dépôts reçus", isNumber: true,
                        text: { hour in
                            proof.showsDeposits ? Format.number(hour.1.reduce(0) { $0 + $1.deposits }) : nil
                        }),
                ]))
    }

    private static func slowest(_ lines: [ServiceMinute]) -> String? {
        lines.filter { $0.outcome == .open }.map(\.microseconds).max().map(milliseconds)
    }

    private static func milliseconds(_ microseconds: Int64) -> String {
        "\(Format.decimal(Double(microseconds) / 1_000, places: 1))\u{A0}ms"
    }
}

extension Paths {
    static let serviceStateFile = "/etat.json"
    static let operations = "/exploitation"
    static func serviceProof(_ slug: String) -> String { path("appels", slug, "preuve-de-service") }
    static func serviceProofFile(_ slug: String) -> String { path("appels", slug, "preuve-de-service.json") }
}
