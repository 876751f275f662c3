import Maillage
import Markup

/// The fields of a sheet as a form, by section, generated from their definitions.
struct SheetFormView: View {
    var fields: [SheetField]
    /// What is shown in them: the sheet, or what was typed.
    var form: Fields
    var problems = Problems()
    /// Groups to which an empty row was asked for.
    var grown: SheetField?
    /// What came of asking for the point of an address.
    var placing: SheetPlacing?
    /// Whether addresses can be placed by a geocoder.
    var canPlace = false
    static let addRow = "ajouter"

    func render(into html: inout HTML) {
        for field in fields { html.add(HiddenField(SheetForm.shown, field.rawValue)) }
        let sections = SheetField.Section.allCases.filter { section in
            fields.contains { $0.definition.section == section }
        }
        if sections.count > 4 {
            html.nav(.class("row"), .aria("label", "Parties de la fiche")) { html in
                for section in sections { html.a(section.rawValue, .href("#" + Self.anchor(section)), .class("tag")) }
            }
        }
        for section in sections {
            html.fieldset(.class("group"), .id(Self.anchor(section)), .tabindex(-1)) { html in
                html.legend(section.rawValue)
                for field in fields where field.definition.section == section { render(field, into: &html) }
            }
        }
    }

    static func anchor(_ section: SheetField.Section) -> String {
        "partie-" + Words.folded(section.rawValue).joined(separator: "-")
    }

    private func render(_ field: SheetField, into html: inout HTML) {
        let definition = field.definition
        let name = field.rawValue
        let help = definition.help.isEmpty ? nil : Format.typography(definition.help)
        let error = problems.message(name)
        let isRequired = field == .name
        let value = form[name]
        switch definition.kind {
        case .line(let limit):
            html.add(
                TextField(
                    name, definition.label, value: value, help: help, error: error, isRequired: isRequired,
                    maximumLength: limit))
        case .longText(let limit):
            html.add(
                TextArea(
                    name, definition.label, value: value, help: help, error: error, isRequired: isRequired,
                    rows: limit > 1_000 ? 10 : 3, recommendedLength: limit))
        case .choice(let list):
            html.add(
                Select(
                    name, definition.label, options: list.entries.map { Option($0.code, $0.label) }, value: value,
                    prompt: "Non renseigné", help: help, error: error, isRequired: false))
        case .choices(let list):
            html.add(
                CheckList(
                    name, definition.label, options: list.entries.map { Option($0.code, $0.label) },
                    values: Set(form.values(name)), help: help, error: error))
        case .fields:
            html.add(
                CheckList(
                    name, definition.label,
                    options: SheetField.allCases.filter(\.definition.mayBePrivate).map {
                        Option($0.rawValue, $0.label)
                    },
                    values: Set(form.values(name)),
                    help: "Ils ne seront vus que de l’équipe du lieu et de la coordination.",
                    error: error))
        case .number(let unit, _):
            html.add(
                TextField(
                    name, "\(definition.label) (\(unit))", value: value, help: help, error: error, isRequired: false,
                    isShort: true,
                    inputMode: "numeric"))
        case .flag:
            html.add(CheckBox(name, definition.label, isChecked: form.has(name), help: help, error: error))
        case .partialDate:
            html.add(
                TextField(
                    name, definition.label, value: value,
                    help: "Une année (2021), un mois (2021-05) ou un jour (2021-05-17).",
                    error: error, isRequired: false, isShort: true))
        case .email: html.add(line(definition, .email, "email", error))
        case .phone: html.add(line(definition, .tel, "tel", error))
        case .webAddress: html.add(line(definition, .url, "url", error))
        case .siret, .rna:
            html.add(
                TextField(
                    name, definition.label, value: value, help: help, error: error, isRequired: false, isShort: true))
        case .openingHours: html.add(WeekFormView(form: form, problems: problems))
        case .rows(let columns, let limit):
            html.add(
                RowsForm(
                    field: field, columns: columns, limit: limit, form: form, problems: problems,
                    hasGrown: grown == field, placing: field == .sites ? placing : nil,
                    canPlace: canPlace && field == .sites))
        }
    }

    private func line(
        _ definition: SheetField.Definition, _ kind: TextField.Kind, _ autocomplete: String, _ error: String?
    ) -> TextField {
        TextField(
            definition.field.rawValue, definition.label, value: form[definition.field.rawValue],
            help: definition.help.isEmpty ? nil : definition.help, error: error, isRequired: false, kind: kind,
            autocomplete: autocomplete)
    }
}

/// Opening hours: a week to fill, and the exact writing for those who need more.
struct WeekFormView: View {
    var form: Fields
    var problems: Problems

    func render(into html: inout HTML) {
        let text = form["horaires"] ?? ""
        let isWeekly = WeekForm.grid(text) != nil
        html.fieldset(.class("rows")) { html in
            html.legend("Horaires d’ouverture")
            if isWeekly { renderWeek(into: &html) }
            html.details(.open(!isWeekly || problems.message("horaires") != nil)) { html in
                html.summary(isWeekly ? "Des horaires plus compliqués\u{202F}?" : "Horaires écrits en texte")
                html.add(
                    TextField(
                        "horaires", "Horaires en texte", value: text,
                        help:
                            "La notation d’OpenStreetMap, par exemple\u{202F}: Mo-Fr 09:00-18:00; Sa[1] 10:00-12:00; PH off. Les jours "
                            + "en français sont compris.",
                        error: problems.message("horaires"), isRequired: false))
            }
        }
    }

    private func renderWeek(into html: inout HTML) {
        html.p("Laissez vide un jour fermé. La deuxième plage sert à la pause de midi.", .class("help"))
        html.div(.class("week")) { html in
            for day in 1...7 {
                html.div(.class("week-day")) { html in
                    html.span(Self.capitalized(Format.weekdays[day - 1]), .class("week-name"))
                    html.span(.class("week-spans")) { html in
                        for span in 0..<spanCount(day) {
                            html.span(.class("week-span")) { html in
                                time(day, span, "de", "de", into: &html)
                                html.text(" à ")
                                time(day, span, "a", "à", into: &html)
                            }
                        }
                    }
                    if let error = (0..<3).lazy.compactMap({ problems.message(WeekForm.name(day, $0, "de")) }).first {
                        html.span(error, .class("error"))
                    }
                }
            }
        }
        html.add(CheckBox(WeekForm.holidays, "Fermé les jours fériés", isChecked: form.has(WeekForm.holidays)))
    }

    private func spanCount(_ day: Int) -> Int {
        form.has(WeekForm.name(day, 2, "de")) ? 3 : 2
    }

    private func time(_ day: Int, _ span: Int, _ end: String, _ word: String, into html: inout HTML) {
        let name = WeekForm.name(day, span, end)
        html.input(
            .class("input input-time"), .type("time"), .id(FieldFrame.id(of: name)), .name(name), .value(form[name]),
            .aria("label", "\(Self.capitalized(Format.weekdays[day - 1])), plage \(span + 1), \(word)"))
    }

    private static func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
