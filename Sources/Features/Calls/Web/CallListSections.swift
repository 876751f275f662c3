import Maillage
import Markup

struct CallAttachmentFields: View {
    var form: Fields
    var problems: Problems
    var grown: String?

    func render(into html: inout HTML) {
        html.add(
            CallRowsView("piece", "Pièces à joindre", form: form, grown: grown) { rank, name, html in
                html.add(HiddenField(name + "code", form[name + "code"] ?? ""))
                html.add(
                    TextField(
                        name + "libelle", "Pièce", value: form[name + "libelle"],
                        error: problems.message(name + "libelle"), isRequired: false))
                html.add(
                    TextField(
                        name + "si", "Demandée seulement", value: form[name + "si"],
                        help: rank == 0 ? "Par exemple\u{202F}: si la structure est une association." : nil,
                        error: problems.message(name + "si"), isRequired: false))
                html.add(
                    CheckBox(
                        name + "obligatoire", "Obligatoire",
                        isChecked: form.has(name + "obligatoire") || form[name + "libelle"] == nil))
                html.add(
                    CheckList(
                        name + "formats", "Formats acceptés",
                        options: CallAttachment.allKinds.map { Option($0, $0.uppercased()) },
                        values: Set(form.values(name + "formats").isEmpty ? ["pdf"] : form.values(name + "formats"))))
            })
    }
}

struct CallCriterionFields: View {
    var form: Fields
    var problems: Problems
    var grown: String?

    func render(into html: inout HTML) {
        html.p(
            "La part de chaque critère est son poids divisé par la somme des poids\u{202F}: 40 et 60, ou 2 et 3, disent la même chose."
        )
        html.add(
            CallRowsView("critere", "Critères", form: form, grown: grown) { _, name, html in
                html.add(HiddenField(name + "code", form[name + "code"] ?? ""))
                html.add(
                    TextField(
                        name + "libelle", "Critère", value: form[name + "libelle"],
                        error: problems.message(name + "libelle"), isRequired: false))
                html.add(
                    TextArea(
                        name + "guide", "Ce que l’on regarde", value: form[name + "guide"],
                        error: problems.message(name + "guide"), isRequired: false, rows: 2))
                html.div(.class("inline")) { html in
                    html.add(
                        TextField(
                            name + "poids", "Poids", value: form[name + "poids"],
                            error: problems.message(name + "poids"),
                            isRequired: false, isShort: true, inputMode: "numeric"))
                    html.add(
                        TextField(
                            name + "maximum", "Noté sur", value: form[name + "maximum"] ?? "5",
                            error: problems.message(name + "maximum"), isRequired: false, isShort: true,
                            inputMode: "numeric"))
                }
            })
    }
}

struct CallCommitteeFields: View {
    var form: Fields
    var problems: Problems
    var grown: String?

    func render(into html: inout HTML) {
        html.p("Des organismes et leur rôle, pas de noms de personnes\u{202F}: cette liste est publique.")
        html.add(
            CallRowsView("siege", "Sièges du comité", form: form, grown: grown) { _, name, html in
                html.div(.class("inline")) { html in
                    html.add(
                        TextField(
                            name + "organisme", "Organisme", value: form[name + "organisme"],
                            error: problems.message(name + "organisme"), isRequired: false))
                    html.add(
                        TextField(
                            name + "role", "Rôle", value: form[name + "role"], error: problems.message(name + "role"),
                            isRequired: false))
                }
            })
    }
}

/// One block for each kind of condition: what is left empty is not asked.
struct CallConditionFields: View {
    var form: Fields
    var problems: Problems

    func render(into html: inout HTML) {
        html.p("Remplissez ce que l’appel exige. Chacun pourra vérifier s’il est concerné, sans compte.")
        block(.maturity, into: &html) { html in
            html.add(
                CheckList(
                    "maturite.etapes", "Étapes admises",
                    options: ReferenceList.maturities.entries.filter { $0.code != "ferme" }.map {
                        Option($0.code, $0.label)
                    },
                    values: Set(form.values("maturite.etapes")), help: "Aucune case\u{202F}: toutes les étapes."))
        }
        block(.legalForm, into: &html) { html in
            html.add(
                CheckList(
                    "forme.formes", "Formes admises",
                    options: ReferenceList.legalForms.entries.map { Option($0.code, $0.label) },
                    values: Set(form.values("forme.formes")), help: "Aucune case\u{202F}: toutes les formes."))
        }
        block(.siret, into: &html) { html in
            html.add(CheckBox("siret.exige", "Un numéro SIRET est exigé", isChecked: form.has("siret.exige")))
        }
        block(.registered, into: &html) { html in
            html.add(
                CheckBox(
                    "registre.exige", "Le lieu doit avoir sa fiche dans le réseau",
                    isChecked: form.has("registre.exige")))
        }
        block(.age, into: &html) { html in
            figure("anciennete.mois", "Existe depuis au moins, en mois", &html)
        }
        block(.amount, into: &html) { html in
            html.div(.class("inline")) { html in
                figure("montant.minimum", "Montant demandé, au moins (€)", &html)
                figure("montant.maximum", "Montant demandé, au plus (€)", &html)
            }
        }
        block(.publicAid, into: &html) { html in
            figure("aides.maximum", "Toutes aides publiques réunies, au plus (%)", &html)
        }
        block(.zoning, into: &html) { html in
            html.div(.class("inline")) { html in
                html.add(
                    Select(
                        "zonage.genre", "Zonage",
                        options: ZoningWords.kinds.map { Option($0, Format.capitalized(ZoningWords.name($0))) },
                        value: form["zonage.genre"], prompt: "Aucun", isRequired: false))
                html.add(
                    TextField(
                        "zonage.edition", "Édition", value: form["zonage.edition"], isRequired: false, isShort: true))
            }
        }
    }

    private func block(
        _ kind: EligibilityCondition.Kind, into html: inout HTML, _ content: (inout HTML) -> Void
    ) {
        let key = kind.rawValue
        html.group(kind.label) { html in
            // The domain names a condition by its rank in the list; its words are shown in the summary above.
            content(&html)
            html.add(
                CheckBox(
                    key + ".bloquant", "Éliminatoire", isChecked: form.has(key + ".bloquant") || !isFilled(key),
                    help: "Sinon, la condition est seulement signalée."))
            html.add(
                TextField(key + ".precision", "Précision", value: form[key + ".precision"], isRequired: false))
        }
    }

    private func isFilled(_ key: String) -> Bool {
        form.all.contains { $0.name.hasPrefix(key + ".") && $0.name != key + ".precision" }
    }

    private func figure(_ name: String, _ label: String, _ html: inout HTML) {
        html.add(
            TextField(
                name, label, value: form[name], error: problems.message(name), isRequired: false, isShort: true,
                inputMode: "decimal"))
    }
}
