import Exchange
import Forms
import Maillage
import Markup

/// Answers as people read them.
enum AnswerText {
    /// Nil when nothing was answered.
    static func text(of question: Question, _ value: AnswerValue?) -> String? {
        guard let value, !value.isEmpty else { return nil }
        switch value {
        case .text(let text):
            return question.kind.options?.first { $0.key == text }?.label ?? text
        case .unread(let text): return text
        case .flag(let flag): return flag ? "Oui" : "Non"
        case .number(let number): return CandidacyAnswers.written(number, .number)
        case .money(let cents): return Format.euros(cents: cents)
        case .date(let date): return Format.date(year: date.year, month: date.month, day: date.day)
        case .period(let from, let to):
            let ends = [from, to].map { end in
                end.map { Format.date(year: $0.year, month: $0.month, day: $0.day) } ?? "…"
            }
            return "du \(ends[0]) au \(ends[1])"
        case .choices(let keys):
            let options = question.kind.options ?? []
            return keys.map { key in options.first { $0.key == key }?.label ?? key }.joined(separator: ", ")
        case .address(let address):
            return [address.street, address.postalCode, address.commune].filter { !$0.isEmpty }.joined(separator: ", ")
        case .place(let place): return place.name
        case .person(let person):
            return ["\(person.firstName) \(person.name)", person.role, person.email, person.phone]
                .filter { !$0.allSatisfy(\.isWhitespace) }.joined(separator: ", ")
        case .files(let files): return files.map(\.name).joined(separator: ", ")
        case .rows(let rows): return rows.map { line($0, question) }.joined(separator: "\n")
        case .sworn: return "Certifié"
        }
    }

    private static func line(_ row: AnswerRow, _ question: Question) -> String {
        let title = question.kind.fixedRows?.first { $0.key == row.key }?.label
        let cells = question.kind.columns.compactMap { column in
            text(of: column, row.cells[column.key]).map { "\(column.label)\u{202F}: \($0)" }
        }
        return ([title].compactMap(\.self) + [cells.joined(separator: "\u{202F}; ")]).joined(separator: " – ")
    }
}

/// The answers of a form to read and print, section by section.
struct CandidacyAnswers: View {
    var state: FormState
    var sections: [FormSection]
    var hasTitles = true
    /// Where documents are downloaded from; nil to name them only.
    var links: AnswerFileLinks?
    var titleLevel = 2
    /// Where the total of a computed question comes from.
    var figures: (Question) -> [PartFigure] = { _ in [] }

    func render(into html: inout HTML) {
        for section in sections where state.isSectionShown(section.key) {
            html.section { html in
                if hasTitles, titleLevel == 3 { html.h3(section.title) }
                if hasTitles, titleLevel != 3 { html.h2(section.title) }
                html.dl(.class("facts")) { html in
                    for question in section.questions where state.isShown(question.key) {
                        html.dt(Format.typography(question.label))
                        html.dd { html in
                            if case .computed = question.kind {
                                let sources = figures(question)
                                if sources.isEmpty {
                                    html.text(Self.computed(question, state) ?? "—")
                                } else {
                                    html.add(PartSources(question: question, state: state, figures: sources))
                                }
                            } else if case .files(let files) = state.answers[question.key], !files.isEmpty {
                                html.add(AnswerFiles(files: files, links: links))
                            } else if let text = AnswerText.text(of: question, state.answers[question.key]) {
                                html.paragraphs(text)
                            } else {
                                html.span("sans réponse", .class("muted"))
                            }
                        }
                    }
                }
            }
        }
    }

    /// The number of a computed question, as its unit is written.
    static func computed(_ question: Question, _ state: FormState) -> String? {
        guard case .computed(_, let unit) = question.kind else { return nil }
        return state.computed(question.key).map { written($0, unit) }
    }

    static func written(_ number: ExactNumber, _ unit: ComputedUnit) -> String {
        let millionths = number.millionths
        switch unit {
        case .money: return Format.euros(cents: Int(clamping: millionths / 10_000))
        case .percent: return Format.percent(Double(millionths) / 1_000_000)
        case .number: return Format.decimal(Double(millionths) / 1_000_000, places: 6)
        }
    }
}
