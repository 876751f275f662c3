import Markup

/// `/contact`: every way to reach the network, writing first.
enum ContactPage {
    static func show(_ visit: Visit) async throws -> Answer {
        let settings = visit.reception.settings
        var head = PageHead(
            "Contact", description: "Écrire au réseau \(settings.networkName).",
            breadcrumbs: Breadcrumbs(current: "Contact"))
        head.canonical = Link(checking: settings.baseURL + "/contact")
        return visit.page(head) { html in
            html.h1("Contact")
            html.p { html in
                html.text("Écrivez-nous à ")
                html.a(settings.contactEmail, .href(Link.mail(settings.contactEmail)))
                html.text(". Nous répondons par écrit\u{202F}: aucun appel n’est nécessaire.")
            }
            html.section { html in
                html.h2("Vous êtes sourd, malentendant, sourdaveugle ou aphasique")
                html.p(
                    "Tous nos échanges peuvent se faire par écrit. À votre demande, ils se font aussi en visioconférence avec une "
                        + "interprète en langue des signes française, une codeuse en langue parlée complétée ou une transcription\u{202F}: "
                        + "dites-nous ce qui vous convient, nous l’organisons.")
            }
            html.section { html in
                html.h2("Le plus rapide, selon votre demande")
                html.ul { html in
                    html.li { html in
                        html.text(
                            "Une fiche est fausse\u{202F}: ouvrez-la, puis «\u{A0}Proposer une correction\u{A0}». ")
                        html.a("Chercher la fiche", .href("/lieux"))
                    }
                    html.li { html in
                        html.text("Votre lieu n’y est pas\u{202F}: ")
                        html.a("déclarez-le", .href("/lieux/nouveau"))
                        html.text(".")
                    }
                    html.li { html in
                        html.text("Une page vous bloque\u{202F}: ")
                        html.a("signalez l’obstacle", .href(Paths.accessibility))
                        html.text(".")
                    }
                    html.li { html in
                        html.text("Vos données personnelles\u{202F}: ")
                        html.a("vos droits et comment les exercer", .href(Paths.privacy))
                        html.text(".")
                    }
                    html.li { html in
                        html.text("Réutiliser les données\u{202F}: ")
                        html.a("fichiers ouverts et licence", .href("/donnees"))
                        html.text(".")
                    }
                }
            }
        }
    }
}
