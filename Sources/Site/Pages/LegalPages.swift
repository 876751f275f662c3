import Markup

/// The pages the law asks of a public site.
enum LegalPages {
    static func accessibility(_ visit: Visit) async throws -> Answer {
        let settings = visit.reception.settings
        return visit.page("Accessibilité\u{202F}: \(AccessibilityAudit.conformity.rawValue)") { html in
            html.h1("Déclaration d’accessibilité")
            html.p(
                "\(settings.networkName) s’engage à rendre ce service accessible, conformément à l’article 47 de la loi "
                    + "n°\u{A0}2005-102 du 11\u{A0}février 2005. Cette déclaration s’applique à \(settings.baseURL).")
            html.h2("État de conformité")
            html.p(
                "Ce service est \(AccessibilityAudit.conformity.rawValue) au RGAA\u{A0}4.1.2 (référentiel général "
                    + "d’amélioration de l’accessibilité), selon l’auto-évaluation de l’équipe du logiciel\u{202F}: "
                    + (AccessibilityAudit.gaps.isEmpty
                        ? "ce qui n’a pas encore été essayé est dit ci-dessous."
                        : "les écarts qui restent sont énumérés ci-dessous."))
            renderResults(into: &html)
            renderGaps(into: &html)
            html.h2("Établissement de cette déclaration")
            html.p(
                "Grille établie le \(AccessibilityAudit.day) par l’équipe du logiciel, sur les pages du réseau de "
                    + "démonstration, comme visiteur et comme chacun des rôles. Technologies\u{202F}: HTML5, CSS, SVG, WAI-ARIA, "
                    + "JavaScript (le site fonctionne sans). Essais\u{202F}: Chromium sous Linux au clavier, sans JavaScript, à "
                    + "320\u{A0}pixels, texte doublé, texte espacé\u{202F}; axe et le vérificateur HTML du W3C.")
            html.h2("Signaler un obstacle")
            html.p { html in
                html.text(
                    "Si une page vous bloque, écrivez-nous pour obtenir le contenu sous une autre forme\u{202F}: ")
                contact(settings.contactEmail, &html)
                html.text(". Nous répondons par écrit\u{202F}: aucun appel téléphonique n’est nécessaire.")
            }
            html.h2("Personnes sourdes, malentendantes, sourdaveugles ou aphasiques", .id("sourds"))
            html.p(
                "Les personnes sourdes, malentendantes, sourdaveugles ou aphasiques peuvent nous écrire à la même adresse, ou "
                    + "demander un échange en visioconférence avec interprète en langue des signes ou transcription.")
            html.h2("Voies de recours")
            html.p("Si vous ne recevez pas de réponse satisfaisante, vous pouvez\u{202F}:")
            html.ul { html in
                html.li {
                    $0.a("écrire au Défenseur des droits", .href("https://formulaire.defenseurdesdroits.fr/"))
                }
                html.li {
                    $0.a(
                        "contacter son délégué dans votre département",
                        .href("https://www.defenseurdesdroits.fr/saisir/delegues"))
                }
                html.li(
                    "lui écrire par courrier, gratuitement et sans timbre\u{202F}: Défenseur des droits, Libre réponse 71120, 75342 "
                        + "Paris CEDEX\u{A0}07.")
            }
        }
    }

    static func notice(_ visit: Visit) async throws -> Answer {
        let settings = visit.reception.settings
        return visit.page("Mentions légales") { html in
            html.h1("Mentions légales")
            html.h2("Éditeur")
            html.p { html in
                html.text("Ce site est édité par \(settings.networkName). Contact\u{202F}: ")
                contact(settings.contactEmail, &html)
                html.text(".")
            }
            html.h2("Contenus")
            html.p(
                "Chaque fiche indique d’où viennent ses informations. Les fiches sont sous la responsabilité des lieux qui les "
                    + "tiennent\u{202F}; une erreur peut être signalée à l’adresse ci-dessus.")
            html.h2("Logiciel")
            html.p { html in
                html.text("Le site fonctionne avec Maillage, un logiciel libre (")
                html.a("code source", .href(Paths.source))
                html.text("). Les cartes affichent leurs propres mentions de source.")
            }
        }
    }

    private static func renderResults(into html: inout HTML) {
        html.h2("Résultats des tests")
        html.p { html in
            html.text("L’auto-évaluation des 106\u{A0}critères trouve ")
            html.strong("\(AccessibilityAudit.rate)\u{202F}% des critères applicables respectés")
            html.text(
                "\u{202F}: \(AccessibilityAudit.conforming) sur \(AccessibilityAudit.applicable). Aucune personne tierce n’a encore "
                    + "mené d’audit. La grille complète, critère par critère, accompagne le ")
            html.a("code source", .href(Paths.source))
            html.text(" (docs/ACCESSIBILITY.md).")
        }
        html.p(
            "À chaque version, des programmes visitent les pages de chaque rôle, à 1\u{202F}280 et à 320\u{A0}pixels, et jouent des "
                + "parcours au clavier et sans JavaScript.")
    }

    private static func renderGaps(into html: inout HTML) {
        html.h2("Contenus non accessibles")
        html.h3("Non-conformités")
        if AccessibilityAudit.gaps.isEmpty {
            html.p("Aucune n’est connue.")
        } else {
            html.ul { html in
                for gap in AccessibilityAudit.gaps {
                    html.li("\(gap.words) (critère\u{A0}\(gap.criterion)).")
                }
            }
        }
        html.h3("Ce qui n’a pas encore été essayé")
        html.ul { html in
            for words in AccessibilityAudit.untried { html.li(words) }
        }
        html.h3("Contenus non soumis à l’obligation")
        html.ul { html in
            html.li("Les cartes interactives\u{202F}: la même information est donnée par la liste qui les accompagne.")
            html.li(
                "Les documents et photos déposés par les lieux et les candidats, qui dépendent de leurs auteurs\u{202F}; le texte de "
                    + "remplacement d’une photo est demandé à qui la dépose.")
        }
    }

    private static func contact(_ address: String, _ html: inout HTML) {
        html.a(address, .href(Link.mail(address)?.address))
    }
}
