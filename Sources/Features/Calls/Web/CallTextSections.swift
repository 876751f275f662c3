import Maillage
import Markup

struct CallIdentityFields: View {
    var form: Fields
    var problems: Problems

    func render(into html: inout HTML) {
        html.add(
            TextField("titre", "Titre", value: form["titre"], error: problems.message("titre"), maximumLength: 200))
        html.add(
            Choice(
                "nature", "Nature", options: CallNature.allCases.map { Option($0.rawValue, $0.label) },
                value: form["nature"]))
        html.add(
            TextArea(
                "resume", "L’appel en une ou deux phrases", value: form["resume"],
                help: "Ce que l’on lit dans les listes, et l’article 1 du règlement.",
                error: problems.message("resume"),
                rows: 3, recommendedLength: 1_000))
        html.add(
            TextField(
                "organisateur", "Organisateur", value: form["organisateur"], error: problems.message("organisateur")))
        html.group("Service et contact, publics") { html in
            html.add(
                TextField(
                    "service", "Service qui reçoit et étudie les dossiers", value: form["service"],
                    error: problems.message("service"), isRequired: false))
            html.add(
                TextField(
                    "adresse", "Adresse du service", value: form["adresse"], error: problems.message("adresse"),
                    isRequired: false))
            html.add(
                TextField(
                    "courriel", "Courriel", value: form["courriel"],
                    help: "Imprimé sur chaque récépissé. Préférez une adresse de service à celle d’une personne.",
                    error: problems.message("courriel"), isRequired: false, kind: .email))
            html.add(
                TextField(
                    "telephone", "Téléphone", value: form["telephone"], error: problems.message("telephone"),
                    isRequired: false, kind: .tel, isShort: true))
        }
    }
}

struct CallTextFields: View {
    var form: Fields
    var problems: Problems

    private static let texts: [(String, String, String?)] = [
        ("contexte", "Contexte", "Pourquoi cet appel, dans quelle politique il s’inscrit."),
        (
            "objectifs", "Objectifs",
            "Ce que l’appel doit faire naître ou renforcer. Une ligne qui commence par un tiret fait une liste."
        ),
        ("definitions", "Définitions", "Ce que l’appel entend par «\u{A0}tiers-lieu\u{A0}», par exemple."),
        ("exclusions", "Ce qui n’est pas pris en charge", nil),
        ("versement", "Modalités de versement", nil),
        ("dispositions", "Autres dispositions", "Communication, propriété, données personnelles…"),
    ]

    func render(into html: inout HTML) {
        html.p("Chaque texte devient un article du règlement. Ceux que vous laissez vides n’y figurent pas.")
        for (name, label, help) in Self.texts {
            html.add(
                TextArea(
                    name, label, value: form[name], help: help, error: problems.message(name), isRequired: false,
                    rows: name == "contexte" ? 8 : 5))
        }
        html.add(
            CheckList(
                "secteurs", "Secteurs d’activité",
                options: ReferenceList.sectors.entries.map { Option($0.code, $0.label) },
                values: Set(form.values("secteurs"))))
    }
}

struct CallTerritoryFields: View {
    var form: Fields
    var problems: Problems

    func render(into html: inout HTML) {
        html.add(
            TextArea(
                "territoires", "Territoires de l’appel, un par ligne", value: form["territoires"],
                help:
                    "Une commune, une intercommunalité, un département, une région, ou un zonage (QPV, FRR, ZRR, AFR). Par exemple\u{202F}: "
                    + "Lens, 62, Hauts-de-France, 246200364. Laissez vide si l’appel est ouvert partout.",
                error: problems.message("territoires"), isRequired: false, rows: 6))
        html.add(
            TextArea(
                "precision", "Ce que la liste ne dit pas", value: form["precision"],
                error: problems.message("precision"),
                isRequired: false, rows: 3))
        html.div(.class("inline")) { html in
            html.add(
                TextField(
                    "edition", "Édition du registre ou du zonage", value: form["edition"],
                    help: "2024, par exemple\u{202F}: les limites changent.", error: problems.message("edition"),
                    isRequired: false, isShort: true))
            html.add(
                DateField(
                    "lu_le", "Lu à la date du", value: form["lu_le"], error: problems.message("lu_le"),
                    isRequired: false))
        }
    }
}

struct CallEnvelopeFields: View {
    var form: Fields
    var problems: Problems

    func render(into html: inout HTML) {
        html.p("En euros. Laissez vide ce que l’appel ne fixe pas.")
        html.div(.class("inline")) { html in
            figure("plancher", "Aide minimale par projet", &html)
            figure("plafond", "Aide maximale par projet", &html)
            figure("enveloppe", "Enveloppe de l’appel", &html)
        }
        html.div(.class("inline")) { html in
            figure("duree", "Durée, en mois", &html)
            figure("laureats", "Projets attendus", &html)
        }
        html.div(.class("inline")) { html in
            figure("taux", "Part des dépenses prise en charge, au plus (%)", &html)
            figure("taux_public", "Toutes aides publiques réunies, au plus (%)", &html)
        }
        html.add(
            TextArea(
                "remarque", "Précisions", value: form["remarque"], error: problems.message("remarque"),
                isRequired: false,
                rows: 3))
    }

    private func figure(_ name: String, _ label: String, _ html: inout HTML) {
        html.add(
            TextField(
                name, label, value: form[name], error: problems.message(name), isRequired: false, isShort: true,
                inputMode: "decimal"))
    }
}

struct CallDepositFields: View {
    var form: Fields
    var problems: Problems

    func render(into html: inout HTML) {
        html.group("Comment les dossiers arrivent") { html in
            html.add(CheckBox("en_ligne", "En ligne, sur cette plateforme", isChecked: form.has("en_ligne")))
            html.add(
                CheckBox(
                    "par_courriel", "Par courriel, à l’adresse du service", isChecked: form.has("par_courriel"),
                    help: "Un agent les enregistre avec leur propre récépissé."))
            html.add(CheckBox("par_courrier", "Par courrier", isChecked: form.has("par_courrier")))
        }
        html.add(
            CheckBox(
                "consortium", "Plusieurs structures peuvent candidater ensemble, derrière un chef de file",
                isChecked: form.has("consortium")))
        html.add(
            CheckBox(
                "scelle", "Plis scellés\u{202F}: rien ne se lit avant la limite", isChecked: form.has("scelle"),
                help:
                    "L’équipe voit seulement combien de dossiers sont déposés, puis ouvre les plis. Un appel publié reste scellé."
            ))
        html.add(
            CheckBox(
                "hors_delai", "Les dossiers tardifs peuvent être étudiés sur décision écrite",
                isChecked: form.has("hors_delai"),
                help: "Dans tous les cas ils sont conservés, avec un récépissé «\u{A0}hors délai\u{A0}»."))
        html.add(
            TextArea(
                "silence", "Ce que vaut le silence de l’administration", value: form["silence"],
                help: "À remplir par un service public quand la loi demande de le dire sur l’accusé de réception.",
                error: problems.message("silence"), isRequired: false, rows: 3))
    }
}
