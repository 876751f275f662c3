import Forms
import Maillage
import Markup

/// A repeated group or a table: its rows, each a set of fields. Works without a script; `rows.js` adds and takes away rows,
/// and moves in grids with the keyboard.
struct QuestionRows: View {
    var field: QuestionField
    static let add = "ajouter"
    static let remove = "retirer"
    static let paste = "coller"
    /// Stands for the key of a row that is yet to be made.
    static let blank = "__"

    /// Of the title of the question, which names its grid too.
    static func titleID(of name: String) -> String { FieldFrame.id(of: name) + "-titre" }

    private var question: Question { field.question }
    private var isGrid: Bool { QuestionGrid.suits(question) }
    private var isFree: Bool { question.kind.fixedRows == nil }
    private var most: Int { question.kind.rowBounds?.upperBound ?? 1 }

    func render(into html: inout HTML) {
        let name = field.name
        html.fieldset(
            .class("rows"), .id(FieldFrame.id(of: name)), .tabindex(-1), .data("rows", name),
            .data("most", isFree ? String(most) : nil)
        ) { html in
            html.legend(Format.typography(question.label), .id(Self.titleID(of: name)))
            if !question.help.isEmpty { html.span(Format.typography(question.help), .class("help")) }
            for problem in field.problems where problem.row == nil {
                html.span(Format.typography(problem.message), .class("error"))
            }
            if isGrid {
                html.add(QuestionGrid(field: field, rows: rows))
            } else {
                for row in rows { renderRow(row.key, row.label, into: &html) }
                if isFree, field.mayWrite { renderBlank(into: &html) }
            }
            if isFree, field.mayWrite, rows.count < most {
                html.p {
                    $0.button(
                        "Ajouter une ligne", .type("submit"), .name(Self.add), .value(name),
                        .class("button button-small"), .data("add-row"))
                }
            }
            if isGrid, field.mayWrite { html.add(GridPaste(field: field)) }
        }
    }

    /// The rows there are, and some empty ones when there is room; a fixed table has its own.
    private var rows: [(key: String, label: String)] {
        if let fixed = question.kind.fixedRows { return fixed.map { ($0.key, Format.typography($0.label)) } }
        var keys = field.rows
        let wanted = field.grows ? 5 : isGrid ? 2 : keys.isEmpty ? 1 : 0
        var number = keys.count + 1
        for _ in 0..<(field.mayWrite ? wanted : 0) where keys.count < most {
            while keys.contains("l\(number)") { number += 1 }
            keys.append("l\(number)")
        }
        return keys.enumerated().map { ($1, "Ligne \($0 + 1)") }
    }

    /// The row that a script copies; its controls are disabled, so that none is ever sent.
    private func renderBlank(into html: inout HTML) {
        html.fieldset(.class("row-form"), .hidden(), .disabled(), .data("row-template")) { html in
            html.legend("Ligne nouvelle")
            renderCells(Self.blank, into: &html)
        }
    }

    private func renderRow(_ row: String, _ title: String, into html: inout HTML) {
        html.fieldset(.class("row-form"), .data("row", row)) { html in
            html.legend(title)
            renderCells(row, into: &html)
        }
    }

    private func renderCells(_ row: String, into html: inout HTML) {
        if isFree { html.add(HiddenField(field.name + ".lignes", row)) }
        html.div(.class("inline")) { html in
            for column in question.kind.columns {
                if case .computed = column.kind { continue }
                var cell = QuestionField(
                    column, isRequired: column.requirement == .required, fields: field.fields,
                    name: "\(field.name).\(row).\(column.key)")
                cell.problems = field.problems.filter { $0.row == row && $0.column == column.key }
                    .map { AnswerProblem(question: $0.question, kind: $0.kind, message: $0.message) }
                cell.mayWrite = field.mayWrite
                html.div(.data("cell", "\(field.name).\(row).\(column.key)"), .class("field")) { $0.add(cell) }
            }
        }
        if isFree, field.mayWrite {
            html.button(
                "Retirer cette ligne", .type("submit"), .name(Self.remove), .value("\(field.name).\(row)"),
                .class("button button-quiet"), .data("remove-row"))
        }
    }
}

/// A block copied from a spreadsheet, for browsers without a script; with one, it is pasted into a cell.
struct GridPaste: View {
    var field: QuestionField

    func render(into html: inout HTML) {
        let name = "\(QuestionRows.paste).\(field.name)"
        html.details(.class("paste"), .open(field.fields[name]?.isEmpty == false)) { html in
            html.summary("Coller un tableau")
            html.add(
                TextArea(
                    name, "Lignes copiées d’un tableur", value: field.fields[name],
                    help: field.question.kind.fixedRows == nil
                        ? "Une ligne par ligne, les colonnes dans le même ordre. Elles s’ajoutent aux lignes remplies."
                        : "Une colonne d’intitulés puis les montants, ou les montants seuls dans l’ordre du tableau.",
                    isRequired: false, rows: 5))
            html.p {
                $0.button(
                    "Placer dans le tableau", .type("submit"), .name(QuestionRows.paste), .value(field.name),
                    .class("button button-small"))
            }
        }
    }
}
