import Exchange
import HTTPTypes
import Maillage
import Markup
import Storage

/// `/appels/{slug}/actes`: who did what on a call, for those who keep it (SRV-6).
enum CallAuditPages {
    private static let perPage = 100

    static func show(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        let page = min(max(visit.query.int("page") ?? 1, 1), 100_000)
        let call = reading.call.id
        let view = try await visit.read { reader in
            let lines = try CallJournal.lines(
                call, verbs: AuditedActs.verbs, limit: perPage, offset: (page - 1) * perPage, reader)
            return CallAuditView(
                slug: reading.slug, title: reading.call.title, entries: try AuditEntry.of(lines, call, reader),
                total: try CallJournal.count(call, verbs: AuditedActs.verbs, reader), page: page, perPage: perPage)
        }
        return visit.page(reading.head("Actes"), view)
    }

    static func file(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        let (call, database) = (reading.call.id, visit.reception.database)
        return Answer.stream(type: "text/csv; charset=utf-8", savedAs: "actes-\(reading.slug).csv") { sink in
            var csv = CSVWriter(separator: UInt8(ascii: ";"), byteOrderMark: true)
            csv.record(["Numéro", "Quand (UTC)", "Qui", "Quoi", "Dossier", "Acte", "Sceau"])
            try await sink.write(csv.take())
            var last: Int64?
            while true {
                let before = last
                let batch = try await database.scan { reader in
                    try AuditEntry.of(
                        try CallJournal.lines(call, verbs: AuditedActs.verbs, before: before, limit: 500, reader), call,
                        reader)
                }
                guard let oldest = batch.last else { return }
                for entry in batch {
                    csv.record([
                        String(entry.sequence), entry.at.iso, entry.who, entry.what,
                        entry.number.map { String($0) } ?? "", entry.verb, entry.seal,
                    ])
                }
                try await sink.write(csv.take())
                last = oldest.sequence
            }
        }
    }
}

/// A line of the journal in plain words.
struct AuditEntry: Sendable {
    var sequence: Int64
    var at: Instant
    var who: String
    var what: String
    /// The dossier's number, when the line speaks of one.
    var number: Int?
    var verb: String
    var seal: String

    static func of(_ lines: [Journal.Line], _ call: Call.ID, _ reader: Reader) throws -> [AuditEntry] {
        let names = try AccountStore.names(Array(Set(lines.compactMap(\.actor))), reader)
        let kind = Proceeding.Subject(Candidacy.ID(0)).kind
        let dossiers = lines.filter { $0.subjectKind == kind }.compactMap(\.subject)
        let numbers = try CallJournal.numbers(Set(dossiers).sorted(), of: call, reader)
        return lines.map { line in
            let isUnsigned = AuditedActs.unsigned.contains(line.verb)
            return AuditEntry(
                sequence: line.sequence, at: line.at,
                who: isUnsigned ? "" : line.actor.map { names[$0] ?? $0.text } ?? "Le programme",
                what: AuditedActs.words[line.verb] ?? line.verb,
                number: line.subjectKind == kind ? line.subject.flatMap { numbers[$0] } : nil, verb: line.verb,
                seal: line.hash.prefix(8).map { byte in
                    let text = String(byte, radix: 16)
                    return text.count == 1 ? "0" + text : text
                }.joined())
        }
    }
}

struct CallAuditView: View {
    var slug: String
    var title: String
    var entries: [AuditEntry]
    var total: Int
    var page: Int
    var perPage: Int

    static let sample = CallAuditView(
        slug: "fabriques-2026", title: "Fabriques 2026",
        entries: [
            AuditEntry(
                sequence: 41, at: Instant(seconds: 1_790_000_000), who: "Léa Martin", what: "a demandé des pièces",
                number: 7, verb: "AskForPieces", seal: "0011223344556677")
        ], total: 1, page: 1, perPage: 100)

    func render(into html: inout HTML) {
        html.h1("Actes de cet appel")
        html.p(.class("lead")) { $0.a(title, .href(Paths.call(slug))) }
        html.p(
            "Qui a fait quoi, du plus récent au plus ancien\u{202F}: sur l’appel, puis sur les dossiers une fois l’appel clos. Ce qui "
                + "prépare une candidature n’y est jamais.")
        guard !entries.isEmpty else {
            html.add(EmptyState("Rien encore", "Le premier acte écrira la première ligne."))
            return
        }
        html.p { $0.a("Télécharger (CSV)", .href(Paths.callAuditFile(slug))) }
        html.add(
            DataTable(
                "\(Format.count(total, "acte", "actes"))", rows: entries,
                columns: [
                    .init("N°", isNumber: true, text: { String($0.sequence) }),
                    .init("Quand", text: { Format.moment($0.at) }),
                    .init("Qui", text: { $0.who }),
                    .init("Quoi", text: { $0.what }),
                    .init("Dossier", isNumber: true, text: { $0.number.map { "n°\u{A0}\($0)" } }),
                ]))
        html.add(
            Pagination(page: page, pageCount: (total + perPage - 1) / perPage) { page in
                Link(path: "appels", slug, "actes", query: [("page", page > 1 ? String(page) : nil)])
            })
    }
}

extension Paths {
    static func callAudit(_ slug: String) -> String { path("appels", slug, "actes") }
    static func callAuditFile(_ slug: String) -> String { path("appels", slug, "actes.csv") }
}
