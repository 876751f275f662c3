import Forms
import Markup
import Testing

@testable import MaillageWeb

/// RGAA 5.4: the tables of a dossier bear the title of their question.
@Suite struct TableTitleTests {
    private static func text(_ view: some View) -> String { String(decoding: view.rendered(), as: UTF8.self) }

    /// The names of the tables of a page: the text of the element that each points to.
    private static func titles(_ html: String) throws -> [String] {
        try html.matches(of: /<table[^>]* aria-labelledby="([^"]+)"/).map { table in
            let title = try Regex("<\\w+[^>]* id=\"\(table.1)\"[^>]*>([^<]+)<", as: (Substring, Substring).self)
            let found = html.matches(of: title)
            #expect(found.count == 1, "\(table.1) is one element")
            return found.first.map { String($0.1) } ?? ""
        }
    }

    @Test(arguments: [StandardQuestions.financing, StandardQuestions.expenses], [true, false])
    func aGridIsNamedByItsQuestion(question: Question, mayWrite: Bool) throws {
        var field = QuestionField(question, isRequired: true, fields: Fields())
        field.mayWrite = mayWrite
        let html = Self.text(field)
        #expect(html.split(separator: "<table").count == 2)
        #expect(try Self.titles(html) == [Format.typography(question.label)])
    }

    @Test func onPaperTheTablesOfEachPartHaveTheirOwnTitles() throws {
        let question = StandardQuestions.expenses
        let form = Form(key: "f", title: "F", sections: [FormSection("s", "S", questions: [question])])
        let rows = AnswerValue.rows([AnswerRow("60", ["montant": .money(5_00)])])
        let state = FormState(try CompiledForm(form), answers: Answers(["charges": rows]))
        var html = HTML()
        html.add(PrintedAnswers(state: state))
        html.add(PrintedAnswers(state: state, part: 1))
        html.add(PrintedAnswers(state: state, part: 2))
        #expect(html.string.split(separator: "<table").count == 4)
        #expect(try Self.titles(html.string) == Array(repeating: Format.typography(question.label), count: 3))
    }
}
