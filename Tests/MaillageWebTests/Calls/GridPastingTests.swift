import Exchange
import Forms
import Maillage
import Testing

@testable import MaillageWeb

@Suite("A block pasted in a table") struct GridPastingTests {
    private static let plan = StandardQuestions.financing
    private static let costs = StandardQuestions.expenses

    // CAND-23
    @Test func aBlockFromASpreadsheetIsPlacedInNewRows() throws {
        let text =
            "Financeur\tOrigine\tOù en est-on ?\tMontant\r\n"
            + "Département\taide publique\tDemandé\t12\u{202F}500,50 €\r\n"
            + "\"Fondation \"\"Agir\"\"\"\tFondation, mécénat\tAcquis\t3 000\t14/03/2026\r\n\r\n"
        let pasting = try GridPasting(text, into: Self.plan, taken: ["l1"])
        #expect(pasting.added == ["l2", "l3"] && pasting.rejections.isEmpty)
        let cells = Dictionary(pasting.cells.map { ($0.name, $0.value) }) { first, _ in first }
        #expect(cells["plan.l2.financeur"] == "Département" && cells["plan.l2.origine"] == "public")
        #expect(cells["plan.l2.etat"] == "demande" && cells["plan.l3.financeur"] == "Fondation \"Agir\"")
        #expect(cells["plan.l3.decision"] == "2026-03-14")
        let fields =
            pasting.cells.map { URLEncodedForm.Field($0.name, $0.value) }
            + pasting.added.map { URLEncodedForm.Field("plan.lignes", $0) }
        let form = Form(key: "f", title: "F", sections: [FormSection("s", "S", questions: [Self.plan])])
        let reading = try FormFields.read(fields, form: form)
        guard case .rows(let rows)? = reading.changes.first?.value else {
            Issue.record("no rows")
            return
        }
        #expect(rows.first { $0.key == "l2" }?.cells["montant"] == .money(1_250_050))
    }

    // CAND-23
    @Test func whatAColumnDoesNotUnderstandIsToldAndNotPlaced() throws {
        let pasting = try GridPasting(
            "Région\tAutre chose\tAcquis\tenviron 300\nVille\tPrêt\tAcquis\t1.250", into: Self.plan, taken: [])
        #expect(pasting.rejections.map(\.line) == [1, 1, 2])
        #expect(pasting.rejections[0].reason.contains("choix") && pasting.rejections[1].text == "environ 300")
        #expect(pasting.rejections[2].text == "1.250", "what may mean two things is not guessed")
        #expect(pasting.cells.contains { $0.name == "plan.l1.financeur" && $0.value == "Région" })
    }

    // CAND-23
    @Test func aFixedTableIsFilledByTitleOrInOrder() throws {
        let named = try GridPasting(
            "64 – Personnel\t30 000\n60\t1 200\nAutre\t5", into: Self.costs, taken: [])
        #expect(named.cells.map(\.name) == ["charges.64.montant", "charges.60.montant"])
        #expect(named.rejections.map(\.text) == ["Autre"] && named.added.isEmpty)
        let ordered = try GridPasting("100\n\n300", into: Self.costs, taken: [])
        #expect(ordered.cells.map(\.name) == ["charges.60.montant", "charges.62.montant"])
        let long = try GridPasting(
            Array(repeating: "1", count: 12).joined(separator: "\n"), into: Self.costs, taken: [])
        #expect(long.cells.count == 10 && long.rejections.count == 2)
    }

    // CAND-23
    @Test func tooMuchAtOnceIsRefusedPlainly() {
        let refusal = #expect(throws: Problems.self) {
            try GridPasting(String(repeating: "1\t", count: 5_000_000), into: Self.plan, taken: [])
        }
        #expect(refusal?.list.first?.message.contains("trop long") == true)
        #expect(throws: Problems.self) { try GridPasting(" \n\t\n", into: Self.plan, taken: []) }
        let crowd = try? GridPasting(
            Array(repeating: "Ville\tPrêt\tAcquis\t1", count: 40).joined(separator: "\n"), into: Self.plan, taken: [])
        #expect(crowd?.added.count == 30 && crowd?.rejections.count == 10)
    }
}
