import Geography
import Maillage
import Markup

/// The home page, to be understood by somebody who has never heard the word « tiers-lieu ».
struct HomeView: View {
    var network: String
    var findings: PlaceFindings
    var circles: [Circle]
    var points: [Point] = []
    var outlines: [MultiPolygon] = []
    var isSignedIn = false
    var demonstration: [DemoSignInLine] = []
    var stories: [DemoStoryLine] = []
    /// Calls one can answer now, the first to close first.
    var openCalls: [Call] = []
    var now = Instant(microseconds: 0)
    /// Nobody administers the network yet.
    var awaitsFirstAccount = false
    /// Roles taken alone, which everybody who is signed in is told of.
    var emergencies: [EmergencyNotice] = []
    /// What waits for the reader.
    var duties: [HomeDuty] = []

    func render(into html: inout HTML) {
        html.add(
            Hero(
                network,
                lead:
                    "Un tiers-lieu, c’est un lieu près de chez vous où l’on travaille, répare, fabrique, apprend et se "
                    + "retrouve. Voici ceux du réseau."
            ) { html in
                html.div(.role("search")) { html in
                    html.form(.method("get"), .action(Paths.places), .aria("label", "Chercher un lieu")) { html in
                        html.add(PlaceSearchBox(fields: PlaceQueryFields(), isShort: true))
                    }
                }
                html.p(.class("row")) { html in
                    html.a("Ouverts en ce moment", .href(Link(path: "lieux", query: [("ouvert", "1")])), .class("tag"))
                    html.a("Ouverts le week-end", .href(Link(path: "lieux", query: [("week-end", "1")])), .class("tag"))
                    html.a("Réparer", .href(Link(path: "lieux", query: [("service", "reparation")])), .class("tag"))
                    html.a("Fabriquer", .href(Link(path: "lieux", query: [("service", "fabrication")])), .class("tag"))
                    html.a("Travailler", .href(Link(path: "lieux", query: [("service", "coworking")])), .class("tag"))
                }
            })
        if awaitsFirstAccount { html.add(FirstAccountCall()) }
        html.add(EmergencyNotices(notices: emergencies))
        html.add(HomeDuties(duties: duties))
        if !demonstration.isEmpty { renderDemonstration(into: &html) }
        if !stories.isEmpty { renderStories(into: &html) }
        renderCounts(into: &html)
        renderDoors(into: &html)
        renderCalls(into: &html)
        html.section(.class("columns")) { html in
            renderMap(into: &html)
            renderCircles(into: &html)
        }
        renderLatest(into: &html)
    }

    private func renderDemonstration(into html: inout HTML) {
        html.details(.class("card")) { html in
            html.summary { $0.strong("Essayer tous les rôles de la démonstration") }
            html.p { html in
                html.text(
                    "Connectez-vous avec l’une de ces adresses. Le mot de passe est le même pour toutes\u{202F}: ")
                html.code { $0.text(demonstration.first?.password) }
                html.text(".")
            }
            html.add(
                DataTable(
                    "Comptes de démonstration", rows: demonstration, id: "comptes-demo",
                    columns: [.init("Rôle") { $0.label }, .init("Adresse") { $0.email }]))
            html.p { $0.a("Se connecter", .href(Paths.signIn()), .class("button button-primary")) }
        }
    }

    private func renderStories(into html: inout HTML) {
        html.section { html in
            html.h2("Trois appels à suivre de bout en bout, et l’argent qui suit")
            html.p("Le mot de passe est le même pour tous les comptes de la démonstration.")
            html.div(.class("cards")) { html in
                for story in stories {
                    html.article(.class("card")) { html in
                        html.h3(Format.typography(story.title))
                        html.p(Format.typography(story.words))
                        html.p { html in
                            html.text("Connectez-vous comme ")
                            html.code { $0.text(story.email) }
                            html.text(", puis ")
                            html.a("suivez cette histoire", .href(Paths.signIn(then: story.path)))
                            html.text(".")
                        }
                    }
                }
            }
        }
    }

    private func renderCounts(into html: inout HTML) {
        let territorial = circles.count { $0.kind == .territorial }
        html.section(.aria("label", "Le réseau en chiffres")) { html in
            html.add(
                StatTiles([
                    StatTile(Format.number(findings.total), Format.noun(findings.total, "lieu", "lieux")),
                    StatTile(
                        Format.number(findings.openNow),
                        Format.noun(findings.openNow, "ouvert en ce moment", "ouverts en ce moment")),
                    StatTile(
                        Format.number(territorial),
                        Format.noun(territorial, "cercle territorial", "cercles territoriaux")),
                    StatTile(
                        Format.number(circles.count - territorial),
                        Format.noun(circles.count - territorial, "cercle thématique", "cercles thématiques")),
                ]))
        }
    }

    /// Each person of the network, what they come for, and where to begin.
    private static let doors: [(icon: Icon, title: String, text: String, label: String, path: String)] = [
        (
            .search, "Je cherche un lieu",
            "Près de chez moi, ouvert maintenant, pour réparer, travailler ou fabriquer.", "Voir les lieux", "/lieux"
        ),
        (
            .plus, "J’ai une idée de lieu",
            "Déclarez votre projet, même très jeune\u{202F}: vous choisissez qui peut le voir.", "Déclarer un projet",
            "/lieux/nouveau?etape=intention"
        ),
        (
            .place, "Je fais vivre un lieu",
            "Une seule fiche, juste et à jour, reprise partout\u{202F}: carte, listes, données ouvertes.",
            "Déclarer mon lieu", "/lieux/nouveau"
        ),
        (
            .circle, "J’anime un cercle", "Les lieux de mon territoire ou de mon thème, et ce qui change.",
            "Voir les cercles", "/cercles"
        ),
        (
            .document, "Je réponds à un appel",
            "Qui peut candidater, combien, jusqu’à quand, et le dossier à préparer.", "Voir les appels", "/appels"
        ),
        (
            .money, "J’accompagne ou je finance", "Qui est où, avec quels services, et quels territoires n’ont rien.",
            "Voir les territoires", "/territoires"
        ),
        (
            .money, "Je veux savoir où va l’argent",
            "Les aides publiées\u{202F}: qui finance, qui reçoit, pour quoi, combien.", "Voir les financements",
            "/financements"
        ),
        (
            .check, "Je coordonne le réseau", "Les propositions à relire, les fiches à publier, celles qui datent.",
            "Ouvrir la coordination", "/coordination"
        ),
    ]

    private func renderDoors(into html: inout HTML) {
        html.section { html in
            html.h2("Par où commencer\u{202F}?")
            html.ul(.class("cards")) { html in
                for door in Self.doors {
                    html.li(.class("card")) { html in
                        html.h3 { html in
                            html.add(door.icon)
                            html.text(" " + door.title)
                        }
                        html.p(door.text)
                        html.p { $0.a(door.label, .href(door.path)) }
                    }
                }
            }
        }
    }

    private func renderCalls(into html: inout HTML) {
        guard !openCalls.isEmpty else { return }
        html.section { html in
            html.h2("Appels ouverts")
            html.ul(.class("cards calls")) { html in
                for call in openCalls.prefix(3) { html.add(CallCard(call: call, now: now)) }
            }
            html.p(.class("actions")) { html in
                html.a("Tous les appels", .href(Paths.calls), .class("button"))
                if isSignedIn { html.a("Mes candidatures", .href(Paths.candidacies), .class("button")) }
            }
        }
    }

    private func renderMap(into html: inout HTML) {
        guard !points.isEmpty else { return }
        html.div { html in
            html.h2("La carte")
            html.div(.class("map-preview")) { html in
                html.add(
                    PlaceSketch(label: "Carte des lieux du réseau", outlines: outlines, points: points, isWhole: true))
            }
            html.p(.class("actions")) { html in
                html.a("Ouvrir la carte", .href(Paths.map), .class("button button-primary"))
                html.a("Les données, à réutiliser", .href("/donnees"), .class("button"))
            }
        }
    }

    private func renderCircles(into html: inout HTML) {
        guard !circles.isEmpty else { return }
        let counts = Dictionary(
            (findings.facets[.circle] ?? []).map { ($0.code, $0.count) }, uniquingKeysWith: { first, _ in first })
        html.div { html in
            html.h2("Les cercles")
            html.p("Les lieux s’organisent par territoire et par thème. Un lieu peut être de plusieurs cercles.")
            for kind in Circle.Kind.allCases {
                let some = circles.filter { $0.kind == kind }
                if !some.isEmpty {
                    html.h3(kind == .territorial ? "Par territoire" : "Par thème")
                    html.add(
                        Chips(
                            some.map { circle in
                                let count = counts[circle.id.text] ?? 0
                                return Chip(
                                    "\(circle.name)\(Format.noBreak)(\(Format.number(count)))",
                                    link: Link(path: "cercles", circle.slug))
                            }))
                }
            }
        }
    }

    private func renderLatest(into html: inout HTML) {
        html.section { html in
            html.h2("Fiches modifiées récemment")
            if findings.found.isEmpty {
                html.add(
                    EmptyState(
                        "Aucun lieu pour l’instant",
                        "Le réseau commence\u{202F}: soyez le premier lieu à s’y inscrire.",
                        actions: [("Déclarer un lieu ou un projet", Link(path: "lieux", "nouveau"))]))
            } else {
                html.add(PlaceRows(found: findings.found, level: 3))
                html.p(.class("actions")) { html in
                    html.a("Tous les lieux", .href(Paths.places), .class("button"))
                    html.a("Déclarer un lieu ou un projet", .href(Paths.newPlace), .class("button button-primary"))
                }
            }
        }
    }
}
