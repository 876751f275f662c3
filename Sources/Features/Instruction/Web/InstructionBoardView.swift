import Maillage
import Markup

/// The board of somebody who instructs.
struct InstructionBoardView: View {
    var board: InstructionBoard
    var searches: [InstructionSearch] = []
    /// Those to whom dossiers of the calls one sees may be given.
    var team: [(account: Account.ID, name: String)] = []
    /// Names of départements by code.
    var departements: [String: String] = [:]
    var now: Instant
    var problems = Problems()
    var form = Fields()
    var tokens = FormTokens.sample

    private var query: InstructionQuery { board.query }

    func render(into html: inout HTML) {
        html.h1("Instruction")
        html.add(ErrorSummary(problems))
        renderTabs(into: &html)
        renderFilters(into: &html)
        renderSearches(into: &html)
        if board.dossiers.isEmpty {
            renderNothing(into: &html)
        } else {
            html.p {
                $0.a("Exporter ces dossiers et leurs pièces", .href(Paths.dossierExport(query)), .class("button"))
            }
            renderList(into: &html)
        }
        let pages = (board.total + InstructionQuery.pageSize - 1) / InstructionQuery.pageSize
        html.add(
            Pagination(
                page: query.page, pageCount: min(pages, InstructionQuery.mostPages),
                link: { page in
                    let pairs = InstructionFields.pairs(query, page: page).compactMap { pair in
                        pair.1.map { (pair.0, $0) }
                    }
                    return Link(path: "instruction", query: pairs)
                }))
    }

    private func renderTabs(into html: inout HTML) {
        html.nav(.class("subnav"), .aria("label", "Dossiers")) { html in
            html.ul { html in
                for tab in InstructionQuery.Tab.allCases {
                    var other = query
                    other.tab = tab
                    html.li {
                        $0.a(
                            "\(tab.label) (\(Format.number(board.counts[tab] ?? 0)))",
                            .href(Paths.instruction(other)), .aria("current", tab == query.tab ? "page" : nil))
                    }
                }
            }
        }
    }

    private func renderFilters(into html: inout HTML) {
        html.details(.open(query.isFiltered)) { html in
            html.summary("Filtrer")
            html.form(.method("get"), .action(Paths.instruction), .class("form"), .aria("label", "Filtres")) { html in
                html.add(HiddenField("onglet", query.tab.rawValue))
                html.add(
                    TextField(
                        "q", "Numéro, projet, structure, commune ou personne", value: query.text, isRequired: false,
                        kind: .search))
                html.add(
                    Select(
                        "appel", "Appel", options: board.calls.map { Option($0.id.text, $0.title) },
                        value: query.call?.text, prompt: "Tous les appels", isRequired: false))
                html.add(
                    Select(
                        "departement", "Département",
                        options: board.departements.map { code in
                            Option(code, departements[code].map { "\($0) (\(code))" } ?? code)
                        }, value: query.departement, prompt: "Tous les départements", isRequired: false))
                html.add(
                    Select(
                        "etat", "État", options: InstructionState.allCases.map { Option($0.rawValue, $0.label) },
                        value: query.state?.rawValue, prompt: "Tous les états", isRequired: false))
                html.actions { html in
                    html.submit("Filtrer")
                    if query.isFiltered {
                        var bare = InstructionQuery()
                        bare.tab = query.tab
                        html.a("Tout effacer", .href(Paths.instruction(bare)), .class("button"))
                    }
                }
            }
        }
    }

    private func renderSearches(into html: inout HTML) {
        if !searches.isEmpty {
            html.section(.aria("label", "Recherches gardées")) { html in
                html.ul(.class("plain")) { html in
                    for search in searches {
                        html.li(.class("row")) { html in
                            html.a(search.name, .href(InstructionFields.path(of: search)), .class("tag"))
                            let action = Paths.instructionSearchRemoval(search.id)
                            html.form(.method("post"), .action(action)) { html in
                                html.add(HiddenField(tokens.token(action)))
                                html.button(.type("submit"), .class(ButtonStyle.quiet.rawValue)) { html in
                                    html.text("Retirer")
                                    html.span(" la recherche \(search.name)", .class("visually-hidden"))
                                }
                            }
                        }
                    }
                }
            }
        }
        guard query.isFiltered || query.tab != .mine else { return }
        html.details(.open(problems.message("nom") != nil)) { html in
            html.summary("Garder cette recherche")
            html.writingForm(to: Paths.instructionSearches, tokens) { html in
                carry(into: &html)
                html.add(
                    TextField(
                        "nom", "Nom de la recherche", value: form["nom"], error: problems.message("nom"),
                        maximumLength: 80))
                html.actions { $0.submit("Garder", style: .plain) }
            }
        }
    }

    /// The question as hidden fields, so that one comes back to the same list.
    private func carry(into html: inout HTML) {
        for case (let name, let value?) in InstructionFields.pairs(query, page: query.page) {
            html.add(HiddenField(name, value))
        }
    }

    private func renderNothing(into html: inout HTML) {
        switch query.tab {
        case .mine where !query.isFiltered:
            html.add(
                EmptyState(
                    "Aucun dossier ne vous attend",
                    "Les dossiers qui vous sont confiés viennent ici. Ceux des appels que vous tenez s’ouvrent quand leur limite "
                        + "est passée.",
                    actions: [("Voir tous les dossiers", Link(path: "instruction", query: [("onglet", "tous")]))]))
        default:
            html.add(EmptyState("Aucun dossier", "Rien ne répond à ces filtres."))
        }
    }

    private func renderList(into html: inout HTML) {
        let titles = Dictionary(board.calls.map { ($0.id, $0.title) }) { first, _ in first }
        html.form(
            .method("post"), .action(Paths.instruction), .novalidate(), .class("form", "form-wide")
        ) { html in
            html.add(HiddenField(tokens.token(Paths.instruction)))
            carry(into: &html)
            html.add(
                DataTable(
                    Format.count(board.total, "dossier", "dossiers"), rows: board.dossiers, id: "dossiers",
                    columns: [
                        .init("Dossier") { dossier, html in
                            html.input(
                                .type("checkbox"), .name("dossier"), .value(dossier.candidacy.text),
                                .checked(form.values("dossier").contains(dossier.candidacy.text)),
                                .aria("label", "Cocher le dossier n°\u{A0}\(dossier.number), \(dossier.name)"))
                            html.text(" ")
                            html.a(dossier.name, .href(Paths.dossier(dossier.candidacy)))
                        },
                        .init("N°", isNumber: true) { String($0.number) },
                        .init("Appel") { Format.excerpt(titles[$0.call] ?? "", limit: 40) },
                        .init("Territoire") { $0.departement },
                        .init("État") { dossier, html in html.add(InstructionBadge(dossier: dossier)) },
                        .init("Chez qui") { dossier, html in
                            html.text(dossier.instructor.flatMap { board.people[$0] } ?? "personne")
                            if dossier.holder == .adviser { html.text(", attend un avis") }
                        },
                        .init("Échéance") { dossier, html in
                            guard let due = dossier.dueAt else { return }
                            let day = DossierDeadline.lastDay(due)
                            html.text(Format.shortDate(year: day.year, month: day.month, day: day.day))
                            if dossier.isLate(at: now) {
                                html.text(" ")
                                html.add(Badge("en retard", .bad))
                            }
                        },
                        .init("Messages", isNumber: true) { dossier, html in
                            if dossier.unread > 0 {
                                html.a(
                                    Format.count(dossier.unread, "non lu", "non lus"),
                                    .href(Paths.dossier(dossier.candidacy, .messages)))
                            }
                        },
                    ]))
            renderActions(into: &html)
        }
    }

    private func renderActions(into html: inout HTML) {
        html.group("Pour les dossiers cochés") { html in
            html.add(
                Select(
                    "instructeur", "Les confier à",
                    options: team.map { Option($0.account.text, $0.name) } + [Option("personne", "Personne")],
                    value: form["instructeur"], error: problems.message("instructeur"), isRequired: false))
            html.actions { $0.submit("Confier", name: "action", value: "confier", style: .plain) }
            html.add(
                DateField(
                    "echeance", "Leur donner une échéance, ce jour compris", value: form["echeance"],
                    error: problems.message("echeance"), isRequired: false))
            html.actions { $0.submit("Fixer l’échéance", name: "action", value: "echeance", style: .plain) }
            if board.total > board.dossiers.count {
                html.add(
                    CheckBox(
                        "tous",
                        "Tous les dossiers de cette recherche (\(Format.number(board.total))), pas seulement les "
                            + "dossiers cochés", isChecked: form.has("tous")))
            }
        }
    }
}

/// Where the instruction of a dossier stands, in a word with its colour.
struct InstructionBadge: View {
    var state: InstructionState

    init(dossier: Instruction) { state = dossier.state }
    init(state: InstructionState) { self.state = state }

    func render(into html: inout HTML) {
        let tone: Badge.Tone =
            switch state {
            case .underReview: .info
            case .incomplete: .warn
            case .admissible: .good
            case .inadmissible: .bad
            case .withdrawn: .neutral
            }
        html.add(Badge(state.label, tone))
    }
}
