import Maillage
import Markup

/// `/code-source`: the offer that section 13 of the licence makes to everybody who uses the site.
enum SourcePage {
    static func show(_ visit: Visit) async throws -> Answer {
        let settings = visit.reception.settings
        return visit.page("Code source") { html in
            html.h1("Code source")
            html.p { html in
                html.text("Ce site fonctionne avec Maillage, version ")
                html.strong(ProgramVersion.name)
                html.text(
                    ", un logiciel libre publié sous la licence \(ProgramVersion.licence)\u{202F}: chacun peut l’utiliser, "
                        + "l’étudier, le modifier et le partager.")
            }
            html.h2("L’obtenir")
            if let address = settings.sourceURL {
                html.p { html in
                    html.text(
                        "Le code de la version qui fonctionne ici, modifications comprises, est à cette adresse\u{202F}: "
                    )
                    html.a(address, .href(Link.website(address)), .rel("noopener"))
                    html.text(".")
                }
            } else {
                html.p { html in
                    html.text(
                        "Le code de la version qui fonctionne ici, modifications comprises, est donné gratuitement à qui le "
                            + "demande. Écrivez à ")
                    html.a(settings.contactEmail, .href(Link.mail(settings.contactEmail)?.address))
                    html.text(" en citant la version ci-dessus.")
                }
            }
            html.p(
                "Les données des lieux ne sont pas le logiciel\u{202F}: elles ont leurs propres conditions, sur la page des "
                    + "données.")
            html.p { $0.a("Données ouvertes", .href("/donnees")) }
        }
    }
}
