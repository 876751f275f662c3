import HTTPTypes
import Maillage
import Markup

/// `/appels/{slug}/reglement`: the frozen text, article by article, with its version and its fingerprint. Before publication, the
/// team reads what it would be.
enum CallRulesPages {
    static func show(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.find(visit)
        let frozen = try await version(visit, reading)
        var head = reading.head("Règlement", isIndexed: true)
        head.canonical = Link(
            checking: visit.reception.settings.baseURL + Paths.call(reading.slug, .rules))
        var view = CallRulesView(reading: reading, frozen: frozen)
        view.hasPrinter = visit.reception.printer != nil
        return visit.page(head, view)
    }

    /// The canonical text, byte for byte: what the fingerprint is made of.
    static func text(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.find(visit)
        guard let frozen = try await version(visit, reading) else { throw Missing() }
        return .text(frozen.text).openData()
    }

    /// The version named in the address, else the one in force; nil for a draft.
    static func version(_ visit: Visit, _ reading: CallReading) async throws -> CallRulesVersion? {
        guard let number = visit.query.int("version") else { return reading.rules }
        let id = reading.call.id
        guard let found = try await visit.read({ try CallRulesStore.rules(of: id, version: number, $0) }) else {
            throw Missing()
        }
        return found
    }
}

/// The règlement to read and to print.
struct CallRulesView: View {
    var reading: CallReading
    /// Nil before publication: the text shown is what it would be.
    var frozen: CallRulesVersion?
    /// On paper: no link leads anywhere.
    var isPrinted = false
    var hasPrinter = false

    func render(into html: inout HTML) {
        let text = frozen?.text ?? CallRules.text(of: reading.settings, version: 1).text
        let rules = RulesText(reading: text)
        html.article(.class("prose rules")) { html in
            if frozen == nil {
                html.p(
                    "Aperçu\u{202F}: ce texte sera figé à la publication.", .class("flash flash-warning"))
            }
            html.h1(rules.title)
            html.p(rules.subtitle, .class("lead"))
            for (index, article) in rules.articles.enumerated() {
                html.section(.id("article-\(index + 1)")) { html in
                    html.h2("Article \(index + 1) – \(article.title)")
                    for block in article.blocks {
                        switch block {
                        case .paragraph(let line): html.p(Format.typography(line))
                        case .items(let items):
                            html.ul { html in for item in items { html.li(Format.typography(item)) } }
                        }
                    }
                }
            }
            if let frozen { renderSeal(frozen, into: &html) }
        }
        if let frozen, !isPrinted {
            html.p(.class("actions no-print")) { html in
                if hasPrinter {
                    html.a(
                        .href(
                            Paths.path(
                                "appels", reading.slug, "reglement.pdf", query: [("version", "\(frozen.version)")])),
                        .class("button button-primary")
                    ) { html in
                        html.add(Icon.download)
                        html.text("Règlement en PDF")
                    }
                }
                html.a(.href("/appels/\(reading.slug)/reglement.txt"), .class("button")) { html in
                    html.add(Icon.download)
                    html.text("Le texte brut")
                }
                html.a("Retour à l’appel", .href(Paths.call(reading.slug)))
            }
            if !hasPrinter {
                html.p(
                    "Ce site ne fabrique pas de PDF\u{202F}: imprimez cette page, ou gardez le texte brut.",
                    .class("muted no-print"))
            }
        }
    }

    private func renderSeal(_ frozen: CallRulesVersion, into html: inout HTML) {
        html.aside(.class("seal"), .aria("label", "Version et empreinte")) { html in
            html.p(
                "Version \(frozen.version), publiée le \(Format.moment(frozen.publishedAt)).")
            html.p { html in
                html.text("Empreinte SHA-256 du texte\u{202F}: ")
                html.code(frozen.fingerprint, .class("break"))
            }
            if isPrinted { return }
            if let current = reading.rules, current.version > frozen.version {
                html.p { html in
                    html.strong("Ce texte n’est plus en vigueur. ")
                    html.a("Lire la version \(current.version)", .href(Paths.call(reading.slug, .rules)))
                }
            } else if frozen.version > 1 {
                html.p { html in
                    html.text("Versions précédentes\u{202F}: ")
                    for number in 1..<frozen.version {
                        if number > 1 { html.text(", ") }
                        html.a(
                            "\(number)",
                            .href(Paths.path("appels", reading.slug, "reglement", query: [("version", "\(number)")])))
                    }
                    html.text(".")
                }
            }
        }
    }
}
