import Forms
import Maillage
import Markup

/// What is accepted in answer, as the fields of the question's kind.
struct BuilderKindFields: View {
    var question: Question
    var fields: Fields
    var problems: Problems
    var reading: BuilderReading

    func render(into html: inout HTML) {
        switch question.kind {
        case .shortText, .longText: short("longueur", "Longueur maximale, en caractères", &html)
        case .number:
            pair("Valeurs acceptées", ("min", "Au moins"), ("max", "Au plus"), &html)
            short("decimales", "Chiffres après la virgule", &html)
        case .money: pair("Montants acceptés, en euros", ("min", "Au moins"), ("max", "Au plus"), &html)
        case .date: dates(&html)
        case .period: short("jours", "Durée maximale, en jours", isRequired: false, &html)
        case .oneOf(let options): choices(options, &html)
        case .severalOf(let options, _, _):
            choices(options, &html)
            pair("Nombre de choix", ("choix_min", "Au moins"), ("choix_max", "Au plus"), &html)
        case .attachment: attachment(&html)
        case .group: pair("Nombre de lignes", ("lignes_min", "Au moins"), ("lignes_max", "Au plus"), &html)
        case .table(let layout): table(layout, &html)
        case .computed: computed(&html)
        case .sworn:
            html.add(
                TextArea(
                    "texte", "Ce qui est certifié", value: fields["texte"],
                    help: "S’il change, celles et ceux qui l’avaient certifié devront le relire.",
                    error: problems.message("texte"), rows: 4))
        case .yesNo, .commune, .address, .siret, .rna, .email, .phone, .url, .place, .person: break
        }
    }

    private func short(_ name: String, _ label: String, isRequired: Bool = true, _ html: inout HTML) {
        html.add(
            TextField(
                name, label, value: fields[name], error: problems.message(name), isRequired: isRequired, isShort: true,
                inputMode: "numeric"))
    }

    private func pair(
        _ legend: String, _ first: (String, String), _ second: (String, String), _ html: inout HTML
    ) {
        html.group(legend) { html in
            html.div(.class("inline")) { html in
                for (name, label) in [first, second] {
                    html.add(
                        TextField(
                            name, label, value: fields[name], error: problems.message(name), isRequired: false,
                            isShort: true, inputMode: "decimal"))
                }
            }
        }
    }

    private func dates(_ html: inout HTML) {
        html.group("Dates acceptées") { html in
            html.div(.class("inline")) { html in
                html.add(
                    DateField(
                        "min", "À partir du", value: fields["min"], error: problems.message("min"), isRequired: false))
                html.add(
                    DateField(
                        "max", "Jusqu’au", value: fields["max"], error: problems.message("max"), isRequired: false))
            }
        }
    }

    private func choices(_ options: [QuestionOption], _ html: inout HTML) {
        html.add(
            BuilderEntries(
                legend: "Les choix", noun: "choix", field: "choix", entries: options.map { ($0.key, $0.label) },
                added: "choix_nouveaux",
                addedLabel: options.isEmpty ? "Un choix par ligne" : "Autres choix, un par ligne",
                fields: fields, problems: problems))
    }

    private func attachment(_ html: inout HTML) {
        html.group("Fichiers acceptés") { html in
            html.add(
                CheckList(
                    "accepte", "Sortes de fichier",
                    options: FileFamily.allCases.map { Option($0.rawValue, $0.rawValue.uppercased()) },
                    values: Set(fields.values("accepte")), error: problems.message("accepte"), isRequired: true))
            html.div(.class("inline")) { html in
                short("poids", "Poids maximal, en Mo", &html)
                short("nombre", "Nombre de fichiers", &html)
                short("validite", "Daté de moins de (mois)", isRequired: false, &html)
            }
        }
    }

    private func table(_ layout: TableLayout, _ html: inout HTML) {
        html.add(
            Choice(
                "lignes", "Les lignes",
                options: [
                    Option("libres", "Libres", help: "Le candidat en ajoute et en retire."),
                    Option("fixes", "Fixes", help: "Toujours les mêmes, écrites ci-dessous."),
                ], value: fields["lignes"]))
        let rows = if case .fixed(let rows) = layout.rows { rows } else { [TableRow]() }
        if rows.isEmpty {
            pair("Nombre de lignes libres", ("lignes_min", "Au moins"), ("lignes_max", "Au plus"), &html)
        }
        html.add(
            BuilderEntries(
                legend: "Lignes fixes", noun: "ligne", field: "ligne", entries: rows.map { ($0.key, $0.label) },
                added: "lignes_nouvelles", addedLabel: "Lignes à ajouter, une par ligne", fields: fields,
                problems: problems))
        let summable = layout.columns.filter { column in
            switch column.kind {
            case .number, .money, .computed: true
            default: false
            }
        }
        if !summable.isEmpty {
            html.add(
                CheckList(
                    "totaux", "Colonnes additionnées sous le tableau",
                    options: summable.map { Option($0.key, $0.label) }, values: Set(fields.values("totaux"))))
        }
    }

    private func computed(_ html: inout HTML) {
        html.add(
            TextArea(
                "formule", "Le calcul", value: fields["formule"],
                help: "Par exemple somme(charges.montant) ou aide / total. Les noms sont dans la liste ci-dessous.",
                error: problems.message("formule"), rows: 2))
        if case .computed(let formula, _) = question.kind {
            html.p("Aujourd’hui\u{202F}: \(reading.sentence().text(formula)).", .class("builder-condition"))
        }
        html.add(
            Choice(
                "unite", "Le résultat est",
                options: [
                    Option("number", "un nombre"), Option("money", "un montant en euros"),
                    Option("percent", "un pourcentage"),
                ], value: fields["unite"]))
        html.add(BuilderNames(form: reading.form))
    }
}

/// Labels to reword, empty, move and add: the options of a choice, the rows of a table.
struct BuilderEntries: View {
    var legend: String
    var noun: String
    var field: String
    var entries: [(key: String, label: String)]
    var added: String
    var addedLabel: String
    var fields: Fields
    var problems: Problems

    func render(into html: inout HTML) {
        html.fieldset(.class("group"), .id("choix")) { html in
            html.legend(legend)
            if !entries.isEmpty { html.p("Videz une ligne pour la retirer.", .class("help")) }
            for (index, entry) in entries.enumerated() {
                let name = "\(field).\(entry.key)"
                html.div(.class("builder-entry")) { html in
                    html.label(
                        "\(noun.prefix(1).uppercased())\(noun.dropFirst()) \(index + 1)", .for(FieldFrame.id(of: name)),
                        .class("visually-hidden"))
                    html.input(
                        .class("input"), .type("text"), .id(FieldFrame.id(of: name)), .name(name),
                        .value(fields[name] ?? entry.label))
                    move("↑", "Monter", entry, field + "_haut", isEnabled: index > 0, &html)
                    move("↓", "Descendre", entry, field + "_bas", isEnabled: index + 1 < entries.count, &html)
                }
            }
            html.add(
                TextArea(
                    added, addedLabel, value: fields[added], error: problems.message(added),
                    isRequired: entries.isEmpty, rows: entries.isEmpty ? 5 : 3))
        }
    }

    private func move(
        _ sign: String, _ verb: String, _ entry: (key: String, label: String), _ name: String, isEnabled: Bool,
        _ html: inout HTML
    ) {
        html.button(
            .type("submit"), .name(name), .value(entry.key), .class("button button-small"), .disabled(!isEnabled)
        ) { html in
            html.span(sign, .aria("hidden", true))
            html.span("\(verb) «\u{202F}\(entry.label)\u{202F}»", .class("visually-hidden"))
        }
    }
}

/// The names that formulas may use, beside what they mean.
struct BuilderNames: View {
    var form: Form

    func render(into html: inout HTML) {
        html.details(.class("builder-more")) { html in
            html.summary("Les noms à employer dans une formule")
            html.ul(.class("builder-names")) { html in
                for question in form.questions {
                    html.li { html in
                        html.code(question.key)
                        html.text("\u{202F}: \(Format.typography(question.label))")
                        let columns = question.kind.columns
                        if !columns.isEmpty {
                            html.ul { html in
                                for column in columns {
                                    html.li { html in
                                        html.code("\(question.key).\(column.key)")
                                        html.text(
                                            "\u{202F}: total de «\u{202F}\(Format.typography(column.label))\u{202F}»")
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The columns of a group or table, each with its own page.
struct BuilderColumnsView: View {
    var reading: BuilderReading
    var question: Question
    var tokens: FormTokens

    func render(into html: inout HTML) {
        let paths = reading.paths
        let columns = question.kind.columns
        html.section(.class("builder-section"), .id("colonnes"), .tabindex(-1)) { html in
            html.h2("Les colonnes")
            html.ol(.class("plain builder-questions")) { html in
                for (index, column) in columns.enumerated() {
                    let spot = QuestionSpot(question.key, column: column.key)
                    html.li(.class("builder-question")) { html in
                        html.div(.class("builder-line")) { html in
                            html.div { html in
                                html.h3 { $0.a(Format.typography(column.label), .href(paths.question(spot))) }
                                html.p(.class("builder-facts")) { html in
                                    html.span(KindChoice.named(column.kind.word)?.name ?? "", .class("tag"))
                                    if column.requirement == .required {
                                        html.span("obligatoire", .class("tag tag-strong"))
                                    }
                                }
                            }
                            tools(spot, column, isFirst: index == 0, isLast: index + 1 == columns.count, &html)
                        }
                    }
                }
            }
            html.p(.class("row builder-add")) { html in
                let section = reading.form.section(of: question.key)?.key ?? ""
                html.a(
                    .href(paths.newQuestion(in: section, table: question.key)), .class("button button-small")
                ) { html in
                    html.add(Icon.plus)
                    html.text("Ajouter une colonne")
                }
            }
        }
    }

    private func tools(_ spot: QuestionSpot, _ column: Question, isFirst: Bool, isLast: Bool, _ html: inout HTML) {
        html.form(.method("post"), .action(reading.paths.overview), .class("builder-tools")) { html in
            html.add(HiddenField(tokens.token(reading.paths.overview)))
            html.add(HiddenField("version", String(reading.draft.version)))
            html.add(HiddenField("question", spot.description))
            let name = "«\u{202F}\(column.label)\u{202F}»"
            html.add(BuilderTool("↑", "Avancer \(name)", "haut", isEnabled: !isFirst))
            html.add(BuilderTool("↓", "Reculer \(name)", "bas", isEnabled: !isLast))
            html.add(BuilderTool("Dupliquer", name, "dupliquer", isWord: true))
            html.add(BuilderTool("Supprimer", name, "supprimer", isWord: true))
        }
    }
}
