import Maillage
import Markup

/// `/donnees-personnelles`: what is kept of whom, why, and how long, as the register declares it.
enum PrivacyPage {
    static func show(_ visit: Visit) async throws -> Answer {
        let settings = visit.reception.settings
        return visit.page("Données personnelles") { html in
            html.h1("Données personnelles")
            html.p("\(settings.networkName) est responsable du traitement des données recueillies sur ce site.")
            html.h2("En bref")
            html.ul { html in
                html.li("Nous ne demandons que ce qui sert, et nous l’effaçons quand cela ne sert plus.")
                html.li("Un compte où personne ne se connecte est effacé après deux courriels de prévenance.")
                html.li("Un brouillon jamais déposé est effacé trois mois après la fin de l’appel, après un courriel.")
                html.li("Ce qui est déposé reste, parce que la loi protège la preuve et les archives publiques.")
                html.li(
                    "Quand une aide vous concerne\u{202F}: ce que vous avez signé et le compte bancaire donné, aussi longtemps que la "
                        + "comptabilité publique l’exige. Une personne aidée n’est jamais nommée en public.")
                if settings.geocoderURL != nil {
                    html.li(
                        "Quand vous cherchez près d’une adresse, notre serveur la transmet à un service d’adresses, sans rien "
                            + "qui vous désigne, et retient la réponse une journée.")
                }
            }
            html.h2("Ce que nous gardons, et combien de temps")
            html.p(
                "Cette liste est celle que le programme applique\u{202F}: elle est écrite à partir de lui, table par table."
            )
            for (place, group) in DataRegister.byProcessing.enumerated() {
                html.h3(group.processing.name)
                html.p("\(group.processing.purpose) Base\u{202F}: \(group.processing.basis.label).")
                html.add(
                    DataTable(
                        "\(group.processing.name)\u{202F}: ce qui est gardé", rows: group.tables,
                        id: "traitement-\(place)",
                        columns: [
                            .init("Quoi", text: { $0.purpose }),
                            .init("Combien de temps", text: { RetentionWords.term($0) }),
                            .init("Si vous fermez votre compte", text: { RetentionWords.closing($0) }),
                        ]))
            }
            html.h2("Cookies et autres serveurs")
            html.p(
                "Un cookie garde votre session ouverte quand vous vous connectez, un autre porte une phrase vers la page suivante. "
                    + "Ils sont strictement nécessaires\u{202F}: ni mesure d’audience, ni publicité, ni bandeau. Aucune page ne demande "
                    + "quoi que ce soit à un autre site.")
            html.h2("Vos droits")
            html.p { html in
                html.text("Vous pouvez ")
                html.a("prendre tout ce que nous gardons de vous", .href(Paths.account))
                html.text(" en un clic, ou ")
                html.a("fermer votre compte", .href(Paths.accountClosing))
                html.text(
                    ". Accès, rectification, effacement, limitation, opposition et portabilité s’exercent aussi en écrivant à "
                )
                html.a(settings.contactEmail, .href(Link.mail(settings.contactEmail)))
                html.text(". Vous pouvez enfin saisir la ")
                html.a("CNIL", .href("https://www.cnil.fr/fr/plaintes"))
                html.text(".")
            }
        }
    }
}
