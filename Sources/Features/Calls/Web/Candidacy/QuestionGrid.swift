import Forms
import Maillage
import Markup

/// A table of one-line answers as a grid: cells under the titles of their columns, totals at the foot.
struct QuestionGrid: View {
    var field: QuestionField
    var rows: [(key: String, label: String)]

    private var question: Question { field.question }
    private var columns: [Question] { question.kind.columns }
    private var isFree: Bool { question.kind.fixedRows == nil }

    /// Whether every column is one control on one line.
    static func suits(_ question: Question) -> Bool {
        guard case .table = question.kind else { return false }
        return question.kind.columns.allSatisfy { column in
            switch column.kind {
            case .shortText, .number, .money, .date, .yesNo, .oneOf, .siret, .rna, .email, .phone, .url, .computed: true
            default: false
            }
        }
    }

    func render(into html: inout HTML) {
        html.div(.class("table-scroll grid-scroll")) { html in
            html.table(
                .class("grid"), .data("grid", field.name), .aria("labelledby", QuestionRows.titleID(of: field.name))
            ) { html in
                html.thead { html in
                    html.tr { html in
                        html.th(isFree ? "Ligne" : "Poste", .scope("col"))
                        for column in columns {
                            html.th(
                                title(of: column), .scope("col"), .class(column.kind.isFigure ? "number" : nil),
                                .data("column", column.key), .data("kind", column.kind.word))
                        }
                    }
                }
                html.tbody { html in
                    for row in rows {
                        html.tr(.data("row", row.key)) { renderCells(row.key, row.label, into: &$0) }
                    }
                    if isFree, field.mayWrite {
                        html.tr(.hidden(), .data("row-template")) { html in
                            renderCells(QuestionRows.blank, "Ligne nouvelle", isBlank: true, into: &html)
                        }
                    }
                }
                renderTotals(into: &html)
            }
        }
    }

    private func title(of column: Question) -> String {
        let label = Format.typography(column.label)
        if case .money = column.kind { return label + " (€)" }
        return label
    }

    private func renderCells(_ row: String, _ label: String, isBlank: Bool = false, into html: inout HTML) {
        html.th(.scope("row")) { html in
            html.span(label, .class("row-label"))
            if isFree {
                html.input(
                    .type("hidden"), .name(field.name + ".lignes"), .value(row), .disabled(isBlank))
                if field.mayWrite {
                    html.button(
                        .type("submit"), .name(QuestionRows.remove), .value("\(field.name).\(row)"),
                        .class("button button-quiet"), .data("remove-row"), .disabled(isBlank)
                    ) { html in
                        html.text("Retirer")
                        html.span(" la \(label.lowercased())", .class("visually-hidden"))
                    }
                }
            }
        }
        for column in columns {
            html.td(.class(column.kind.isFigure ? "number" : nil), .data("title", title(of: column))) { html in
                html.div(.data("cell", "\(field.name).\(row).\(column.key)")) { html in
                    renderCell(row, label, column, isBlank: isBlank, into: &html)
                }
            }
        }
    }

    private func renderCell(
        _ row: String, _ label: String, _ column: Question, isBlank: Bool, into html: inout HTML
    ) {
        let name = "\(field.name).\(row).\(column.key)"
        if case .computed(_, let unit) = column.kind {
            let number = field.state?.number(field.name, row: row, column: column.key)
            html.output(number.map { CandidacyAnswers.written($0, unit) }, .data("output", name))
            return
        }
        let id = FieldFrame.id(of: name)
        let spoken = "\(label), \(title(of: column))"
        let problem = field.problems.first { $0.row == row && $0.column == column.key }
        let value = field.fields[name]
        let options = Self.options(of: column.kind)
        if !options.isEmpty {
            html.select(
                .class("input"), .id(id), .name(name), .aria("label", spoken), .disabled(isBlank),
                .aria("invalid", problem == nil ? nil : "true"),
                .aria("describedby", problem == nil ? nil : id + "-erreur")
            ) { html in
                html.option("–", .value(""))
                for option in options {
                    html.option(option.label, .value(option.value), .selected(option.value == value))
                }
            }
        } else {
            html.input(
                .class("input"), .type(Self.type(of: column.kind)), .id(id), .name(name), .value(value),
                .inputmode(column.kind.isFigure ? "decimal" : nil), .aria("label", spoken), .autocomplete("off"),
                .aria("invalid", problem == nil ? nil : "true"), .disabled(isBlank),
                .aria("describedby", problem == nil ? nil : id + "-erreur"))
        }
        if let problem {
            html.span(Format.typography(problem.message), .class("error"), .id(id + "-erreur"))
        }
    }

    static func options(of kind: QuestionKind) -> [Option] {
        switch kind {
        case .yesNo: [Option("oui", "Oui"), Option("non", "Non")]
        case .oneOf(let options): options.map { Option($0.key, Format.typography($0.label)) }
        default: []
        }
    }

    private static func type(of kind: QuestionKind) -> String {
        switch kind {
        case .date: "date"
        case .email: "email"
        case .phone: "tel"
        case .url: "url"
        default: "text"
        }
    }

    private func renderTotals(into html: inout HTML) {
        guard case .table(let layout) = question.kind, !layout.totals.isEmpty else { return }
        html.tfoot { html in
            html.tr { html in
                html.th("Total", .scope("row"))
                for column in columns {
                    html.td(.class(column.kind.isFigure ? "number" : nil), .data("title", title(of: column))) { html in
                        guard layout.totals.contains(column.key) else { return }
                        let total = field.state?.total(field.name, column.key)
                        html.output(
                            total.map { CandidacyAnswers.written($0, column.kind.unit) },
                            .data("output", "\(field.name).\(column.key)"))
                    }
                }
            }
        }
    }
}

extension QuestionKind {
    /// Whether people compare it digit under digit.
    fileprivate var isFigure: Bool {
        switch self {
        case .number, .money, .computed: true
        default: false
        }
    }

    fileprivate var unit: ComputedUnit {
        switch self {
        case .money: .money
        case .computed(_, let unit): unit
        default: .number
        }
    }
}
