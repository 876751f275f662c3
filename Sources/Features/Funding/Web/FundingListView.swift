import Maillage
import Markup

/// The ledger: sums by state, filters, lines.
struct FundingListView: View {
    var items: [FundingListing.Item]
    var totals: [FundingListing.Total]
    var funders: [Funder]
    var years: [Int]
    var filter = FundingListing.Filter()
    /// The funders the reader writes lines of.
    var kept: [Funder]
    var page = 1
    var pageCount = 1
    var query = Fields()
    var isSignedIn = false

    func render(into html: inout HTML) {
        html.div(.class("row row-between")) { html in
            html.h1("Financements")
            if !kept.isEmpty {
                html.a(.href(Paths.newFunding), .class("button button-primary")) { html in
                    html.add(Icon.plus)
                    html.text("Ouvrir une ligne")
                }
            }
        }
        html.p(
            isSignedIn
                ? "Une ligne par aide\u{202F}: celles que vous tenez, celles dont vous bénéficiez, et toutes celles qui sont publiées."
                : "Une ligne par aide publiée\u{202F}: qui finance, qui reçoit, pour quoi, combien.", .class("lead"))
        renderDoors(into: &html)
        renderFilters(into: &html)
        renderTotals(into: &html)
        renderItems(into: &html)
    }

    private func renderDoors(into html: inout HTML) {
        html.p(.class("row")) { html in
            html.a("Les flux, de qui à qui", .href(Paths.flows), .class("button"))
            if isSignedIn, !kept.isEmpty {
                html.a("Enveloppes", .href(Paths.envelopes), .class("button"))
                html.a("Bilans attendus", .href(Paths.fundingReports), .class("button"))
                html.a("Publier en données ouvertes", .href(Paths.fundingPublication), .class("button"))
                html.a("Financeurs", .href(Paths.funders), .class("button"))
            }
        }
    }

    private func renderFilters(into html: inout HTML) {
        html.form(.method("get"), .action(Paths.funding), .class("search"), .role("search")) { html in
            html.add(
                TextField(
                    "q", "Objet, dispositif ou bénéficiaire", value: filter.words, isRequired: false, kind: .search))
            html.add(
                Select(
                    "financeur", "Financeur", options: funders.map { Option($0.id.text, $0.name) },
                    value: filter.funder?.text, prompt: "Tous", isRequired: false))
            html.add(
                Select(
                    "etat", "État", options: FundingState.allCases.map { Option($0.rawValue, $0.label) },
                    value: filter.state?.rawValue, prompt: "Tous", isRequired: false))
            html.add(
                Select(
                    "annee", "Année", options: years.map { Option("\($0)", "\($0)") },
                    value: filter.year.map { "\($0)" }, prompt: "Toutes", isRequired: false))
            html.div(.class("field")) { html in
                html.submit("Filtrer", style: .plain)
                if filter != FundingListing.Filter() { html.a("Tout voir", .href(Paths.funding)) }
            }
        }
    }

    private func renderTotals(into html: inout HTML) {
        guard !totals.isEmpty else { return }
        let ordered = FundingState.allCases.compactMap { state in totals.first { $0.state == state } }
        html.add(
            DataTable(
                "Sommes par état, de ce que vous pouvez lire", rows: ordered, id: "sommes",
                columns: [
                    .init("État") { total, html in html.add(total.state.badge) },
                    .init("Lignes", isNumber: true) { Format.number($0.count) },
                    .init("Demandé", isNumber: true) { Format.euros(cents: $0.asked) },
                    .init("Accordé", isNumber: true) { Format.euros(cents: $0.granted) },
                    .init("Versé", isNumber: true) { Format.euros(cents: $0.paid) },
                    .init("Rendu", isNumber: true) { Format.euros(cents: $0.returned) },
                ]))
    }

    private func renderItems(into html: inout HTML) {
        html.h2("Lignes", .id("resultats"))
        guard !items.isEmpty else {
            html.add(
                EmptyState(
                    filter == FundingListing.Filter()
                        ? "Rien n’est encore publié" : "Aucune ligne ne répond à ces critères",
                    kept.isEmpty ? nil : "Ouvrez une ligne pour chaque aide, dès qu’elle est envisagée.",
                    actions: kept.isEmpty ? [] : [("Ouvrir une ligne", Link(path: "financements", "nouveau"))]))
            return
        }
        html.add(
            DataTable(
                "Les aides, les plus récentes d’abord", rows: items, id: "lignes",
                columns: [
                    .init("Objet") { item, html in
                        html.a(Format.typography(item.line.facts.object), .href(Paths.funding(item.line.id)))
                    },
                    .init("Bénéficiaire") { $0.beneficiary },
                    .init("Financeur") { $0.funder },
                    .init("Année") { "\($0.line.facts.year)" },
                    .init("État") { item, html in html.add(item.line.state.badge) },
                    .init("Accordé", isNumber: true) { amount($0.line.fold.granted) },
                    .init("Versé", isNumber: true) { amount($0.line.fold.paid) },
                ]))
        let pairs = query.without("page").all.map { ($0.name, Optional($0.value)) }
        html.add(
            Pagination(page: page, pageCount: pageCount) {
                Link(path: "financements", query: pairs + [("page", "\($0)")])
            })
        html.p { html in
            html.a(
                "Télécharger cette liste (CSV)", .href(Paths.path("financements.csv", query: pairs)), .class("button"))
        }
    }

    private func amount(_ cents: Int) -> String { cents == 0 ? "—" : Format.euros(cents: cents) }
}
