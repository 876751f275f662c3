import Maillage
import Markup

/// What to take out of the board: the columns, and the files.
struct DossierExportView: View {
    var query: InstructionQuery
    /// Nil when the question names none: answers have no columns then.
    var call: Call?
    var count: Int
    var layout: DossierLayout
    var choice: DossierChoice
    var problems = Problems()
    var tokens = FormTokens.sample

    func render(into html: inout HTML) {
        html.h1("Exporter les dossiers")
        html.p(.class("lead")) { html in
            html.text("\(Format.count(count, "dossier", "dossiers")), onglet «\u{A0}\(query.tab.label)\u{A0}»")
            if let call {
                html.text(", ")
                html.a(call.title, .href(Paths.callInstruction(call.slug)))
            }
            html.text(". ")
            html.a("Changer les filtres", .href(Paths.instruction(query)))
        }
        html.add(ErrorSummary(problems))
        guard count > 0 else {
            html.add(
                EmptyState(
                    "Rien à exporter", "Rien ne répond à ces filtres.",
                    actions: [("Revenir au tableau", Link(path: "instruction"))]))
            return
        }
        if call == nil {
            html.p(
                "Choisissez un appel dans les filtres pour avoir aussi les réponses des candidats\u{202F}: chaque appel a ses "
                    + "questions.")
        }
        renderColumns(into: &html)
        renderPieces(into: &html)
        if call != nil { renderArchive(into: &html) }
    }

    private func renderColumns(into html: inout HTML) {
        html.writingForm(to: Paths.dossierExportAction, tokens) { html in
            carry(into: &html)
            html.add(HiddenField("choix", "oui"))
            if !choice.keys.isEmpty { html.add(HiddenField("colonnes", choice.keys.joined(separator: ","))) }
            html.h2("Les colonnes")
            html.p(
                "Leurs clés ne changent jamais\u{202F}: un tableur qui s’appuie sur elles continue de marcher.",
                .class("muted"))
            if let error = problems.message("colonne") { html.p(error, .class("error"), .id("champ-colonne")) }
            for (index, section) in layout.sections.enumerated() {
                render(section, isOpen: index == 0 || !choice.keys.isEmpty, into: &html)
            }
            let former = choice.former(than: layout)
            if !former.isEmpty {
                html.group("Colonnes qui ne sont plus dans le formulaire") { html in
                    for key in former { box(key, key, help: "Vide, gardée à sa place.", into: &html) }
                }
            }
            html.h2("Le fichier")
            html.p(
                "Dans un classeur, chaque liste et chaque tableau du formulaire a sa feuille. En CSV, chacun a son "
                    + "fichier, plus bas.")
            html.actions { html in
                html.submit("Classeur XLSX", name: "format", value: "xlsx")
                html.submit("Classeur ODS", name: "format", value: "ods", style: .plain)
                html.submit("CSV", name: "format", value: "csv", style: .plain)
                html.submit("Garder ce choix dans l’adresse", name: "format", value: "adresse", style: .quiet)
            }
            if !layout.sheets.isEmpty {
                html.group("Une liste ou un tableau, en CSV") { html in
                    html.actions { html in
                        for sheet in layout.sheets {
                            html.submit(sheet.label, name: "format", value: "csv:" + sheet.key, style: .small)
                        }
                    }
                }
            }
        }
        if !choice.keys.isEmpty {
            html.p {
                $0.a("Revenir à toutes les colonnes", .href(Paths.dossierExport(query)))
            }
        }
    }

    private func render(_ section: DossierLayout.Section, isOpen: Bool, into html: inout HTML) {
        html.details(.open(isOpen)) { html in
            html.summary("\(section.title) (\(Format.number(section.columns.count + section.sheets.count)))")
            html.fieldset(.class("group")) { html in
                html.legend(section.title, .class("visually-hidden"))
                for column in section.columns { box(column.key, column.label, help: nil, into: &html) }
                for sheet in section.sheets {
                    box(sheet.key, sheet.label, help: "Sur sa propre feuille, dans un classeur.", into: &html)
                }
            }
        }
    }

    private func box(_ key: String, _ label: String, help: String?, into html: inout HTML) {
        let id = "colonne-" + key
        html.div(.class("choice")) { html in
            html.input(
                .type("checkbox"), .id(id), .name("colonne"), .value(key), .checked(choice.has(key)),
                .aria("describedby", id + "-cle"))
            html.label(.for(id)) { html in
                html.text(Format.typography(label))
                html.span(.class("help"), .id(id + "-cle")) { html in
                    html.code(key, .class("break"))
                    if let help { html.text(" \(help)") }
                }
            }
        }
    }

    private func renderPieces(into html: inout HTML) {
        html.section { html in
            html.h2("Les pièces jointes")
            html.p(
                "Tous les documents de ces dossiers dans une archive ZIP, un sous-dossier par candidature. Un téléchargement interrompu "
                    + "reprend où il s’était arrêté pendant 24 heures, si rien n’a changé. Les documents qui ne sont pas donnés "
                    + "sont nommés dans l’archive, avec la raison.")
            html.writingForm(to: Paths.dossierExportAction, tokens) { html in
                carry(into: &html)
                html.actions {
                    $0.submit(
                        "Toutes les pièces (ZIP)", name: "format", value: ExportDossiers.File.pieces.rawValue,
                        style: .plain)
                }
            }
        }
    }

    private func renderArchive(into html: inout HTML) {
        html.section { html in
            html.h2("L’appel entier")
            html.p(
                "Le règlement, les formulaires, et pour chaque dossier une page, le dépôt, son récépissé et ses documents\u{202F}: une archive "
                    + "qui se lit dans un navigateur, sans ce site. Les filtres n’y comptent pas.")
            html.writingForm(to: Paths.dossierExportAction, tokens) { html in
                carry(into: &html)
                html.actions {
                    $0.submit(
                        "Tout l’appel (ZIP)", name: "format", value: ExportDossiers.File.archive.rawValue, style: .plain
                    )
                }
            }
        }
    }

    /// The question as hidden fields.
    private func carry(into html: inout HTML) {
        for case (let name, let value?) in InstructionFields.pairs(query) { html.add(HiddenField(name, value)) }
    }
}
