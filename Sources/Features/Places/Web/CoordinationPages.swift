import Maillage
import Markup
import Storage

/// `/coordination`: the whole network in ten minutes a day.
enum CoordinationPages {
    static func show(_ visit: Visit) async throws -> Answer {
        let queue = try await ModerationQueue.read(visit)
        let directory = visit.reception.directory
        var query = PlaceQuery()
        query.limit = 8
        query.sort = .updated
        let findings = directory.find(query, for: visit.principal)
        let letters = try await visit.read { try Outbox.pendingCount($0) }
        var head = PageHead("Coordination", breadcrumbs: Breadcrumbs(current: "Coordination"))
        head.isIndexed = false
        return visit.page(
            head,
            CoordinationView(
                queue: queue, findings: findings, letters: letters, isOperator: visit.principal.isOperator))
    }
}

struct CoordinationView: View {
    var queue: ModerationQueue
    var findings: PlaceFindings
    /// Letters that wait to leave, or were given up.
    var letters = 0
    var isOperator = false

    func render(into html: inout HTML) {
        html.h1("Coordination")
        html.section(.aria("label", "Ce qui attend")) { html in
            html.add(
                StatTiles([
                    StatTile(
                        Format.number(queue.items.count),
                        Format.noun(queue.items.count, "proposition à relire", "propositions à relire")),
                    StatTile(
                        Format.number(queue.proposed.count),
                        Format.noun(queue.proposed.count, "fiche à publier", "fiches à publier")),
                    StatTile(Format.number(queue.stale.count), "non vérifiées depuis un an"),
                    StatTile(Format.number(queue.goneCount), "disparues de leur source"),
                    StatTile(
                        Format.number(letters), Format.noun(letters, "courriel en attente", "courriels en attente")),
                ]))
            if queue.count == 0 {
                html.p("Rien n’attend aujourd’hui.")
            } else {
                html.p { $0.a("Relire ce qui attend", .href(Paths.moderation), .class("button button-primary")) }
            }
            if queue.goneCount > 0 {
                html.p { $0.a("Décider des lieux disparus de leur source", .href(Paths.disappearances)) }
            }
        }
        html.section { html in
            html.h2("Outils")
            html.ul { html in
                html.li { $0.a("Ajouter un lieu", .href(Paths.newPlace)) }
                html.li { $0.a("Ajouter un cercle", .href(Paths.newCircle)) }
                html.li { $0.a("Lieux disparus de leur source", .href(Paths.disappearances)) }
                html.li { $0.a("Comptes et rôles", .href(Paths.accounts)) }
                html.li { $0.a("Journal des actes", .href(Paths.journal)) }
                html.li { $0.a("Appels archivés", .href("/coordination/archives")) }
                if isOperator { html.li { $0.a("Courriers en attente", .href(Paths.letters)) } }
                html.li { $0.a("Données ouvertes", .href("/donnees")) }
            }
        }
        html.section { html in
            html.h2("Où en sont les lieux")
            let stages = findings.facets[.maturity] ?? []
            html.add(
                DataTable(
                    "Lieux par étape", rows: stages, id: "etapes",
                    columns: [
                        .init("Étape") { stage, html in
                            html.a(
                                ReferenceList.maturities.label(stage.code),
                                .href(Link(path: "lieux", query: [("etape", stage.code)])))
                        },
                        .init("Lieux", isNumber: true) { Format.number($0.count) },
                    ]))
        }
        html.section { html in
            html.h2("Fiches modifiées récemment")
            html.add(PlaceRows(found: findings.found, level: 3))
        }
    }
}
