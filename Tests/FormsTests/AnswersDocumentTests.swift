import Exchange
import Testing

@testable import Forms

@Suite struct AnswersDocumentTests {
    @Test func everyKindOfAnswerReadsBack() throws {
        let all = Answers(Dictionary(AnswerKindTests.good.map { ($0.0, $0.1) }) { first, _ in first })
        let document = all.document()
        #expect(try Answers(document: document) == all)
        #expect(try Answers(document: document).document() == document)
    }

    @Test func whatWasNotUnderstoodAndWhatIsUnknownIsKept() throws {
        let answers = Answers(["montant": .unread("12 pommes \"\u{202F}\n"), "autre_version": .choices(["x"])])
        #expect(try Answers(document: answers.document()) == answers)
    }

    // FRM-9
    @Test func theDocumentIsInOneOrder() {
        let answers = Answers([
            "b": .flag(true), "a": .money(-5), "é": .text("x"), "Z": .number(.zero), "vide": .text("  "),
        ])
        #expect(
            String(decoding: answers.document(), as: UTF8.self)
                == #"{"Z":{"number":"0"},"a":{"cents":-5},"b":true,"é":"x"}"#)
    }

    @Test func anEmptyAnswerIsNone() {
        var answers = Answers([
            "a": .choices([]), "b": .person(AnswerPerson()), "c": .rows([AnswerRow("1", ["x": .text("")])]),
        ])
        #expect(answers.isEmpty)
        answers["a"] = .flag(false)
        #expect(answers.keys == ["a"])
        answers["a"] = .text("\n ")
        #expect(answers.isEmpty)
    }

    @Test(arguments: [
        "", "[]", "{\"a\":1}", "{\"a\":{\"rows\":[1]}}", "{\"a\":{\"x\":1}}", "{\"a\":null}", "{\"a\":{}}",
    ])
    func anotherDocumentIsRefused(_ text: String) {
        #expect(throws: (any Error).self) { try Answers(document: Array(text.utf8)) }
    }
}
