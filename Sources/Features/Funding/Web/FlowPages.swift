import Charts
import Exchange
import HTTPTypes
import Maillage
import Markup

/// `/flux`: who gives, who receives, for what, by year.
enum FlowPages {
    static func show(_ visit: Visit) async throws -> Answer {
        let (principal, year) = (visit.principal, visit.query.int("annee"))
        let (flows, years) = try await visit.scan { reader in
            let all = try FundingFlows.of(principal, year: nil, reader)
            let years = Set(all.flows.map(\.year)).sorted(by: >)
            let shown = year.map { year in all.flows.filter { $0.year == year } } ?? all.flows
            return (FundingFlows(flows: shown, imbalances: all.imbalances), years)
        }
        var head = PageHead(
            "Flux financiers", section: "Financements",
            description: "Qui a versé, qui a reçu, pour quoi, année par année.",
            breadcrumbs: Breadcrumbs([("Financements", Link(path: "financements"))], current: "Flux financiers"))
        head.isIndexed = visit.query.isEmpty
        return visit.page(head, FlowView(flows: flows, years: years, year: year, isWhole: principal.isCoordinator))
    }

    static func export(_ visit: Visit) async throws -> Answer {
        let (principal, year) = (visit.principal, visit.query.int("annee"))
        let found = try await visit.scan { try FundingFlows.of(principal, year: year, limit: 100_000, $0) }
        var csv = CSVWriter()
        csv.record(["annee", "de", "vers", "nature", "objet", "dispositif", "montant"])
        for flow in found.flows {
            csv.record([
                "\(flow.year)", flow.giver, flow.receiver, flow.kind.rawValue, flow.object, flow.scheme,
                SubsidyFile.euros(flow.amount),
            ])
        }
        return Answer.file(csv.take(), type: "text/csv; charset=utf-8", savedAs: "flux.csv")
            .with(.cacheControl, "no-store")
    }
}

/// The flows of a year, by pair and one by one.
struct FlowView: View {
    var flows: FundingFlows
    var years: [Int]
    var year: Int?
    var isWhole = false

    private struct Pair {
        let giver, receiver: String
        var amount = 0
        var count = 0
    }

    /// What moved between two, most first.
    private var pairs: [Pair] {
        var pairs: [[String]: Pair] = [:]
        for flow in flows.flows {
            pairs[[flow.giver, flow.receiver], default: Pair(giver: flow.giver, receiver: flow.receiver)].amount +=
                flow.amount
            pairs[[flow.giver, flow.receiver]]?.count += 1
        }
        return pairs.values.sorted { ($1.amount, $0.giver, $0.receiver) < ($0.amount, $1.giver, $1.receiver) }
    }

    private func sum(_ kind: FundingFlows.Kind) -> Int {
        flows.flows.reduce(0) { $0 + ($1.kind == kind ? $1.amount : 0) }
    }

    func render(into html: inout HTML) {
        html.h1("Flux financiers")
        html.p("Ce qui a vraiment été versé, réparti et rendu\u{202F}: de qui, à qui, pour quoi.", .class("lead"))
        for imbalance in flows.imbalances.prefix(10) {
            html.div(.class("flash flash-error")) { $0.p("Ne s’équilibre pas\u{202F}: \(imbalance)") }
        }
        if flows.imbalances.isEmpty, !flows.flows.isEmpty {
            html.p("Tout s’équilibre\u{202F}: chaque flux est la somme des versements du registre.", .class("muted"))
        }
        renderYears(into: &html)
        guard !flows.flows.isEmpty else {
            html.add(
                EmptyState(
                    "Aucun flux à montrer", "Les versements des aides publiées se verront ici.",
                    actions: [("Voir les financements", Link(path: "financements"))]))
            return
        }
        html.add(
            StatTiles([
                StatTile(Format.euros(cents: sum(.payment)), "versés"),
                StatTile(Format.euros(cents: sum(.passing)), "répartis par des chefs de file"),
                StatTile(Format.euros(cents: sum(.repayment)), "rendus"),
            ]))
        renderDrawing(into: &html)
        html.add(
            DataTable(
                "Qui donne, qui reçoit", rows: pairs, id: "paires",
                columns: [
                    .init("De") { $0.giver }, .init("Vers") { $0.receiver },
                    .init("Montant", isNumber: true) { Format.euros(cents: $0.amount) },
                    .init("Aides", isNumber: true) { Format.number($0.count) },
                ]))
        html.add(
            DataTable(
                "Chaque flux", rows: flows.flows.prefix(500).map { $0 }, id: "flux",
                columns: [
                    .init("Objet") { flow, html in
                        html.a(Format.typography(flow.object), .href(Paths.funding(flow.line)))
                    },
                    .init("Année") { "\($0.year)" }, .init("De") { $0.giver }, .init("Vers") { $0.receiver },
                    .init("Nature") { $0.kind.label },
                    .init("Montant", isNumber: true) { Format.euros(cents: $0.amount) },
                ]))
        html.p { html in
            html.a(
                "Télécharger ces flux (CSV)",
                .href(Paths.path("flux.csv", query: [("annee", year.map(String.init))])), .class("button"))
        }
        html.p(
            "Les personnes physiques ne sont jamais nommées\u{202F}: elles sont réunies sous «\u{A0}\(FundingFlows.somebody)\u{A0}».",
            .class("muted"))
    }

    /// The picture of the same pairs, the largest first; the table below says all of them.
    private func renderDrawing(into html: inout HTML) {
        let shown = Array(pairs.prefix(60))
        let givers = Set(flows.flows.filter { $0.kind == .payment }.map(\.giver))
        var names: [String] = []
        for name in shown.flatMap({ [$0.giver, $0.receiver] }) where !names.contains(name) { names.append(name) }
        let layout = SankeyLayout(
            Flow(
                nodes: names.map { Flow.Node(id: $0, label: $0, hue: givers.contains($0) ? 0 : 3) },
                links: shown.map { Flow.Link(from: $0.giver, to: $0.receiver, value: $0.amount) }))
        html.div(.class("table-scroll"), .tabindex(0), .role("region"), .aria("label", "Dessin des flux")) { html in
            html.add(
                SankeyDrawing(
                    layout, id: "dessin", title: "Flux financiers\(year.map { " de \($0)" } ?? "")",
                    summary:
                        "\(Format.count(shown.count, "flux", "flux")) entre \(Format.count(names.count, "partie", "parties")), les plus grands "
                        + "d’abord. Les tableaux qui suivent disent la même chose.",
                    note: { Format.euros(cents: Int(max($0.arriving, $0.leaving))) },
                    words: { ribbon in
                        let pair = shown[ribbon.link]
                        return "\(pair.giver) → \(pair.receiver)\u{202F}: \(Format.euros(cents: pair.amount))"
                    }))
        }
    }

    private func renderYears(into html: inout HTML) {
        guard years.count > 1 || year != nil else { return }
        html.nav(.class("subnav"), .aria("label", "Années")) { html in
            html.ul { html in
                html.li { $0.a("Toutes", .href(Paths.flows), .aria("current", year == nil ? "page" : nil)) }
                for other in years {
                    html.li {
                        $0.a(
                            "\(other)", .href(Paths.flows(year: other)), .aria("current", year == other ? "page" : nil))
                    }
                }
            }
        }
    }
}
