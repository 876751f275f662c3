import Maillage
import Markup

/// One source at a time: its editions, the places each no longer gives, and what was decided lately.
struct DisappearanceView: View {
    var counts: [Disappearance.Count]
    var chosen: Disappearance.Count?
    var places: [Disappearance] = []
    var decisions: [DisappearanceDecision] = []
    var page = 1
    var ticked: Set<Place.ID> = []
    var problems = Problems()
    var now: Instant
    var tokens: FormTokens

    static let sample = DisappearanceView(
        counts: [Disappearance.Count(source: "mednum-essai", places: 1, latest: Instant(seconds: 1_790_000_000))],
        chosen: Disappearance.Count(source: "mednum-essai", places: 1, latest: Instant(seconds: 1_790_000_000)),
        places: [
            Disappearance(
                place: Place.ID(1), slug: "l-atelier", name: "L’Atelier", commune: "Lens", source: "mednum-essai",
                goneAt: Instant(seconds: 1_790_000_000), askedAt: Instant(seconds: 1_790_100_000), hasManager: true)
        ], now: Instant(seconds: 1_791_000_000), tokens: .sample)

    func render(into html: inout HTML) {
        html.h1("Lieux disparus de leur source")
        html.add(ErrorSummary(problems))
        if let chosen {
            html.p(
                "Ces lieux venaient d’une liste importée, dont la dernière édition ne les cite plus. Leurs fiches n’ont pas bougé\u{202F}: "
                    + "dites ce qu’il en est.", .class("lead"))
            sources(chosen, into: &html)
            form(chosen, into: &html)
        } else {
            html.add(
                EmptyState(
                    "Aucun lieu n’a disparu",
                    "Quand une liste importée ne citera plus un lieu, il paraîtra ici, pour que vous décidiez.",
                    actions: [("Revenir à la coordination", Link(path: "coordination"))]))
        }
        recent(into: &html)
    }

    private func sources(_ chosen: Disappearance.Count, into html: inout HTML) {
        guard counts.count > 1 else { return }
        html.nav(.aria("label", "Sources")) { html in
            html.ul(.class("tags")) { html in
                for count in counts {
                    html.li { html in
                        let label = "\(count.source)\u{202F}: \(Format.number(count.places))"
                        html.a(
                            label, .href(Paths.disappearances(count.source)), .class("tag"),
                            .aria("current", count == chosen ? "true" : nil))
                    }
                }
            }
        }
    }

    private func form(_ chosen: Disappearance.Count, into html: inout HTML) {
        html.h2("Import «\u{A0}\(chosen.source)\u{A0}»\u{202F}: \(Format.count(chosen.places, "lieu", "lieux"))")
        html.writingForm(to: Paths.disappearances, tokens) { html in
            html.add(HiddenField("source", chosen.source))
            html.add(HiddenField("page", String(page)))
            for (index, edition) in editions.enumerated() { table(edition, index, into: &html) }
            html.actions { html in
                html.submit("Garder", name: "choix", value: DisappearanceDecision.Choice.kept.rawValue)
                html.submit(
                    "Demander au responsable", name: "choix", value: DisappearanceDecision.Choice.asked.rawValue,
                    style: .plain)
                html.submit(
                    "Marquer fermé", name: "choix", value: DisappearanceDecision.Choice.closed.rawValue, style: .danger)
            }
        }
        html.add(
            Pagination(page: page, pageCount: (chosen.places + Self.size - 1) / Self.size) {
                Link(path: "coordination", "disparus", query: [("source", chosen.source), ("page", String($0))])
            })
    }

    private static let size = DisappearancePages.pageSize

    /// The places by the edition that lacks them.
    private var editions: [[Disappearance]] {
        var editions: [[Disappearance]] = []
        for place in places {
            if editions.last?.last?.goneAt == place.goneAt {
                editions[editions.count - 1].append(place)
            } else {
                editions.append([place])
            }
        }
        return editions
    }

    private func table(_ edition: [Disappearance], _ index: Int, into html: inout HTML) {
        guard let first = edition.first else { return }
        html.add(
            DataTable(
                "Absents de l’édition importée le \(Format.moment(first.goneAt))", rows: edition,
                id: "edition-\(index)",
                columns: [
                    .init("Lieu") { gone, html in box("lieu", gone.place.text, gone.name, isOn(gone), into: &html) },
                    .init("Commune") { $0.commune },
                    .init("Responsable") { gone, html in manager(gone, into: &html) },
                    .init("Fiche") { gone, html in
                        html.a(.href(Paths.place(gone.slug))) { html in
                            html.text("Voir")
                            html.span(" la fiche de \(gone.name)", .class("visually-hidden"))
                        }
                    },
                ]))
    }

    private func isOn(_ gone: Disappearance) -> Bool { ticked.contains(gone.place) }

    private func manager(_ gone: Disappearance, into html: inout HTML) {
        if let askedAt = gone.askedAt {
            html.text("sollicité \(Format.ago(askedAt, now))")
        } else {
            html.text(gone.hasManager ? "oui" : "aucun")
        }
    }

    private func box(_ name: String, _ value: String, _ label: String, _ isOn: Bool, into html: inout HTML) {
        let id = "\(name)-\(value)"
        html.div(.class("choice")) { html in
            html.input(.type("checkbox"), .id(id), .name(name), .value(value), .checked(isOn))
            html.label(label, .for(id))
        }
    }

    private func recent(into html: inout HTML) {
        guard !decisions.isEmpty else { return }
        html.section { html in
            html.h2("Décidé depuis un mois")
            html.writingForm(to: Paths.disappearancesUndo, tokens) { html in
                if let chosen { html.add(HiddenField("source", chosen.source)) }
                html.add(
                    DataTable(
                        "Décisions qui peuvent être annulées", rows: decisions, id: "decisions",
                        columns: [
                            .init("Lieu") { decision, html in
                                box("decision", decision.id.text, decision.name, false, into: &html)
                            },
                            .init("Décision") { $0.choice.label },
                            .init("Source") { $0.source },
                            .init("Quand") { Format.ago($0.decidedAt, now) },
                        ]))
                html.actions { $0.submit("Annuler ce qui est coché", style: .plain) }
            }
        }
    }
}
