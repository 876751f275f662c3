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
            visit,
            PrintedDocument(RulesText(reading: frozen.text).title, footer: foot(visit, reading)) { $0.add(view) },
            savedAs: "reglement-\(reading.slug)-v\(frozen.version).pdf")
    }

    static func blank(_ visit: Visit) async throws -> Answer {
        let (reading, form, blank) = try await CallBlankPages.found(visit)
        guard let form, let blank else { throw Missing() }
        var view = CallBlankView(reading: reading, form: form, blank: blank)
        view.isPrinted = true
        let printed = view
        return try await pdf(
            visit,
            PrintedDocument("\(form.title)\u{202F}: \(reading.call.title)", footer: foot(visit, reading)) { html in
                html.raw(
                    "<style>.answer{height:22mm;border:.2mm solid #777;margin:2mm 0 4mm}.help{display:block;color:#444}</style>"
                )
                html.add(printed)
            },
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

    /// At the foot of each sheet.
    private static func foot(_ visit: Visit, _ reading: CallReading) -> String {
        "\(visit.reception.settings.networkName), \(Format.excerpt(reading.call.title, limit: 80))"
    }

    /// The printed page, or a page that says why there is none.
    private static func pdf(_ visit: Visit, _ document: PrintedDocument, savedAs name: String) async throws -> Answer {
        guard let printer = visit.reception.printer else { return unavailable(visit) }
        do {
            return Answer.file(
                try await printer.pdf(of: document.bytes), type: "application/pdf", savedAs: name
            ).openData()
        } catch let failure as PrintingFailure {
            visit.reception.log.warning("print", metadata: ["reason": "\(failure)"])
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
