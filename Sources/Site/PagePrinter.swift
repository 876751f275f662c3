import Markup

/// Makes PDF files of documents: tagged for assistive technologies (PDF/UA-1), A4, without a request to anybody.
///
/// The program that does it belongs to the command (`PrintProgram`). Where there is none, pages offer what the browser
/// prints.
public protocol PagePrinter: Sendable {
    /// The PDF of a whole document, as `PrintedDocument` makes them. Throws `PrintingFailure`.
    func pdf(of document: [UInt8]) async throws -> [UInt8]
}

/// Why a PDF was not made.
public enum PrintingFailure: Error, Sendable, Equatable {
    /// Too many wait: come back in a moment.
    case busy
    /// The program took too long or failed; the reason is for the log.
    case failed(String)
}

/// A document to print: the text of a page without the site around it, laid out for A4.
struct PrintedDocument {
    /// What the file says it is.
    var title: String
    /// At the foot of each page, before its number.
    var footer: String
    var content: (inout HTML) -> Void

    init(_ title: String, footer: String, content: @escaping (inout HTML) -> Void) {
        self.title = title
        self.footer = footer
        self.content = content
    }

    /// The document, its own style inside: nothing has to be fetched to print it.
    var bytes: [UInt8] {
        var html = HTML()
        html.document { html in
            html.element("head") { html in
                html.void("meta", .charset("utf-8"))
                html.element("title") { $0.text(title) }
                html.raw("<style>")
                html.raw(Self.style)
                html.raw("</style>")
            }
            html.element("body") { html in
                html.element("footer", .class("foot")) { $0.text(footer) }
                html.element("main") { content(&$0) }
            }
        }
        return html.bytes
    }

    private static let style: StaticString = """
        @media screen { body { max-width: 52rem; margin: 2rem auto; padding: 0 1rem; } }
        @page { size: A4; margin: 18mm 18mm 22mm; @bottom-left { content: element(foot); }
        @bottom-right { content: counter(page) " / " counter(pages); font: 8.5pt sans-serif; color: #444; } }
        .foot { position: running(foot); font-size: 8.5pt; color: #444; }
        body { font: 10.5pt/1.45 "DejaVu Sans", sans-serif; color: #000; }
        h1 { font-size: 18pt; line-height: 1.2; } h2 { font-size: 13pt; margin: 6mm 0 2mm; }
        h3 { font-size: 11pt; margin: 5mm 0 1.5mm; } h1, h2, h3 { break-after: avoid; color: #063f3f; }
        .lead { font-size: 11.5pt; } code { font: 9pt "DejaVu Sans Mono", monospace; word-break: break-all; }
        /* Beside its name without a float: floats are drawn first, and read first. */
        dl.facts { margin: 0; } dl.facts dt { height: 1.45em; color: #444; break-after: avoid; }
        dl.facts dd { margin: -1.45em 0 1.2mm 45mm; }
        table { border-collapse: collapse; width: 100%; } caption { text-align: left; color: #444; }
        th, td { text-align: left; vertical-align: top; padding: 1mm 3mm 1mm 0; border-bottom: .2mm solid #999; }
        .number { text-align: right; } .qr { width: 34mm; height: 34mm; display: block; } a { color: #063f3f; }
        """
}
