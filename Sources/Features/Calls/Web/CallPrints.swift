import Exchange
import HTTPTypes
import Maillage
import Markup

/// The files of a call to take away: règlement as PDF, blank dossier as PDF and as a document to fill.
enum CallPrints {
    static func rules(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.find(visit)
        guard let frozen = try await CallRulesPages.version(visit, reading) else { throw Missing() }
        let view = CallRulesView(reading: reading, frozen: frozen, isPrinted: true)
        return try await pdf(
            visit, PrintedPage(title: RulesText(reading: frozen.text).title, view),
            savedAs: "reglement-\(reading.slug)-v\(frozen.version).pdf")
    }

    static func blank(_ visit: Visit) async throws -> Answer {
        let (reading, form, blank) = try await CallBlankPages.found(visit)
        guard let form, let blank else { throw Missing() }
        var view = CallBlankView(reading: reading, form: form, blank: blank)
        view.isPrinted = true
        return try await pdf(
            visit, PrintedPage(title: "\(form.title)\u{202F}: \(reading.call.title)", view),
            savedAs: "\(Self.name(reading, form)).pdf")
    }

    static func blankDocument(_ visit: Visit) async throws -> Answer {
        let (reading, form, blank) = try await CallBlankPages.found(visit)
        guard let form, let blank else { throw Missing() }
        let document = WordDocument(
            title: "\(form.title) – \(reading.call.title)", blocks: blank.blocks(reading, form),
            modified: form.createdAt.seconds)
        return Answer.file(
            try document.bytes(), type: WordDocument.mediaType, savedAs: "\(name(reading, form)).docx"
        ).openData()
    }

    private static func name(_ reading: CallReading, _ form: CallForm) -> String {
        "dossier-\(reading.slug)" + (form.maturity.isEmpty ? "" : "-\(form.maturity)")
    }

    /// The printed page, or a page that says why there is none.
    private static func pdf(_ visit: Visit, _ page: PrintedPage, savedAs name: String) async throws -> Answer {
        guard let press = visit.reception.press else { return unavailable(visit) }
        do {
            let bytes = try await press.pdf(page.bytes)
            return Answer.file(bytes, type: "application/pdf", savedAs: name).openData()
        } catch let failure as PressFailure {
            visit.reception.log.error("a page was not printed", metadata: ["reason": "\(failure.reason)"])
            return unavailable(visit)
        }
    }

    private static func unavailable(_ visit: Visit) -> Answer {
        visit.page("Pas de PDF pour l’instant", status: .serviceUnavailable) { html in
            html.h1("Pas de PDF pour l’instant")
            html.p(
                "Ce site ne peut pas fabriquer de PDF en ce moment. La page elle-même s’imprime\u{202F}: revenez en arrière, puis "
                    + "utilisez l’impression de votre navigateur.")
            html.p { $0.a("Voir les appels", .href(Paths.calls)) }
        }
    }
}

/// A document for the press: whole, with its own style, without anything to fetch.
struct PrintedPage {
    private let title: String
    private let body: TrustedHTML

    init(title: String, _ view: some View) {
        self.title = title
        body = HTML.fragment { $0.add(view) }
    }

    var bytes: [UInt8] {
        var html = HTML(capacity: 32 * 1024)
        html.document { html in
            html.head { html in
                html.meta(.charset("utf-8"))
                html.title(title)
                html.raw("<style>")
                html.raw(
                    "@page{size:A4;margin:20mm 18mm 22mm;@bottom-right{content:counter(page) \" / \" counter(pages);font:9pt sans-serif;color:#444}}"
                )
                html.raw(
                    "body{font:11pt/1.45 \"Liberation Sans\",\"DejaVu Sans\",sans-serif;color:#111}h1{font-size:19pt;line-height:1.2}"
                )
                html.raw("h2{font-size:13pt;margin:16pt 0 4pt;break-after:avoid}p{margin:0 0 6pt}li{margin-bottom:4pt}")
                html.raw(".help,.muted{display:block;color:#444;font-size:9.5pt}code{font-size:8.5pt;word-break:break-all}")
                html.raw(".seal{margin-top:18pt;padding:8pt;border:.75pt solid #777}.no-print{display:none}")
                html.raw(".answer{height:22mm;border:.75pt solid #777;margin:3pt 0 8pt}.visually-hidden{display:none}")
                html.raw("</style>")
            }
            html.body { $0.include(body) }
        }
        return html.bytes
    }
}
