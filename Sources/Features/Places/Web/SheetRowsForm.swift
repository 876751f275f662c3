import Maillage
import Markup

/// A repeated group: its rows, one empty row, and a button for more. Works without a script.
struct RowsForm: View {
    var field: SheetField
    var columns: [SheetField.Column]
    var limit: Int
    var form: Fields
    var problems: Problems
    var hasGrown: Bool
    var placing: SheetPlacing?
    var canPlace = false

    func render(into html: inout HTML) {
        let known = SheetForm.rowCount(field, in: form)
        let count = min(max(known + (hasGrown || known == 0 ? 1 : 0), 1), limit)
        html.fieldset(.class("rows"), .id(FieldFrame.id(of: field.rawValue)), .tabindex(-1)) { html in
            html.legend(field.label)
            if !field.definition.help.isEmpty { html.span(Format.typography(field.definition.help), .class("help")) }
            if let error = problems.message(field.rawValue) { html.span(error, .class("error")) }
            for index in 0..<count { renderRow(index, into: &html) }
            if count < limit {
                html.button(
                    "Ajouter une ligne", .type("submit"), .name(SheetFormView.addRow), .value(field.rawValue),
                    .class("button button-small"))
            }
        }
    }

    private func renderRow(_ index: Int, into html: inout HTML) {
        html.fieldset(.class("row-form")) { html in
            html.legend("\(field.label), ligne \(index + 1)", .class("visually-hidden"))
            html.div(.class("inline")) { html in
                for column in columns where !["commune", "precision", "latitude", "longitude"].contains(column.name) {
                    render(column, index, into: &html)
                }
            }
            if columns.contains(where: { $0.name == "latitude" }) {
                let placed = placing.flatMap { $0.row == index ? $0 : nil }
                html.details(.open(placed != nil), .id("position-\(index)")) { html in
                    html.summary("Position exacte sur la carte")
                    if let placed { html.add(FlashMessage(placed.isPlaced ? .success : .warning, placed.sentence)) }
                    html.div(.class("inline")) { html in
                        for column in columns where ["latitude", "longitude"].contains(column.name) {
                            render(column, index, into: &html)
                        }
                    }
                    if let proposed = form[SheetPlacing.name(index)] {
                        html.add(HiddenField(SheetPlacing.name(index), proposed))
                    }
                    if canPlace {
                        html.button(
                            "Placer sur la carte d’après l’adresse", .type("submit"), .name(SheetPlacing.button),
                            .value(String(index)), .class("button button-small"))
                    }
                }
            }
            if index > 0 || !isEmpty(index) {
                html.p("Pour retirer cette ligne, videz ses champs.", .class("help"))
            }
        }
    }

    private func isEmpty(_ index: Int) -> Bool {
        columns.allSatisfy { form.text("\(field.rawValue).\(index).\($0.name)") == nil }
    }

    private func render(_ column: SheetField.Column, _ index: Int, into html: inout HTML) {
        let name = "\(field.rawValue).\(index).\(column.name)"
        let (value, error) = (form[name], problems.message(name))
        switch column.kind {
        case .choice(let list):
            html.add(
                Select(
                    name, column.label, options: list.entries.map { Option($0.code, $0.label) }, value: value,
                    prompt: "Non renseigné", error: error, isRequired: false))
        case .date: html.add(DateField(name, column.label, value: value, error: error, isRequired: false))
        case .line(let limit):
            html.add(
                TextField(
                    name, column.label, value: value, error: error, isRequired: false, maximumLength: limit,
                    suggestions: column.name == "commune_nom" ? "commune" : nil))
        case .webAddress:
            html.add(TextField(name, column.label, value: value, error: error, isRequired: false, kind: .url))
        case .number, .latitude, .longitude:
            html.add(
                TextField(
                    name, column.label, value: value, error: error, isRequired: false, isShort: true,
                    inputMode: "decimal"))
        case .commune, .openingHours:
            html.add(TextField(name, column.label, value: value, error: error, isRequired: false))
        }
    }
}

/// Above a long form: what came of the button pressed in the middle of it, with the way back there.
struct PlacingNotice: View {
    var placing: SheetPlacing

    func render(into html: inout HTML) {
        html.div(.class("flash", placing.isPlaced ? "flash-success" : "flash-warning"), .role("status")) { html in
            html.p { html in
                html.text(placing.sentence + " ")
                html.a("Voir la position", .href("#position-\(placing.row)"))
            }
        }
    }
}
