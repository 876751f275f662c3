import Forms
import Maillage

/// Places a pasted block in the form that was sent and shows it again, to be read and saved. Nothing is saved by it.
extension CandidacySectionPages {
    static func paste(_ visit: Visit, _ view: CandidacySectionView) -> CandidacySectionView {
        var view = view
        let key = visit.form[QuestionRows.paste] ?? ""
        guard let question = view.section.questions.first(where: { $0.key == key }), QuestionGrid.suits(question)
        else { return view }
        let text = visit.form["\(QuestionRows.paste).\(key)"] ?? ""
        do {
            let pasting = try GridPasting(text, into: question, taken: filledRows(of: key, visit.form))
            var fields = visit.form.all
            // Rows that stood empty give way to those of the block.
            let filled = Set(filledRows(of: key, visit.form))
            fields.removeAll { field in
                let parts = field.name.split(separator: ".")
                if field.name == key + ".lignes" { return !filled.contains(field.value) }
                return question.kind.fixedRows == nil && parts.count == 3 && parts[0] == key
                    && !filled.contains(String(parts[1]))
            }
            let written = Set(pasting.cells.map(\.name))
            fields.removeAll { written.contains($0.name) || $0.name == "\(QuestionRows.paste).\(key)" }
            fields += pasting.added.map { .init(name: key + ".lignes", value: $0) }
            fields += pasting.cells.map { .init(name: $0.name, value: $0.value) }
            view.typed = Fields(fields)
            view.pasted = (question, pasting.cells.count, pasting.rejections)
        } catch let problems as Problems {
            view.problems = problems
        } catch {
            view.problems = Problems("", "Ce collage n’a pas pu être lu\u{202F}: rien n’a été changé.")
        }
        return view
    }

    private static func filledRows(of key: String, _ form: Fields) -> [String] {
        var rows: [String] = []
        for field in form.all where !field.value.allSatisfy(\.isWhitespace) {
            let parts = field.name.split(separator: ".").map(String.init)
            if parts.count >= 3, parts[0] == key, !rows.contains(parts[1]) { rows.append(parts[1]) }
        }
        return rows
    }
}
