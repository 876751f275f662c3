import Testing

@testable import MaillageWeb

/// The grid of docs/ACCESSIBILITY.md answers every criterion, names proofs that exist, and says what the site declares.
@Suite struct AccessibilityGridTests {
    /// How many criteria each of the thirteen themes of the RGAA 4.1.2 holds: 106 in all.
    private static let themes = [9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12]
    private static let answers: Set<String> = ["conforme", "non conforme", "non applicable"]

    private struct Line {
        var criterion: String
        var subject: String
        var answer: String
        var reason: String
    }

    private static func grid() throws -> [Line] {
        try Checkout.text("docs/ACCESSIBILITY.md").split(separator: "\n").compactMap { line in
            guard line.hasPrefix("| "), line.dropFirst(2).first?.isNumber == true else { return nil }
            let cells = line.split(separator: "|").map { $0.trimmingPrefix { $0 == " " } }.map { cell in
                String(cell.reversed().drop { $0 == " " }.reversed())
            }
            guard cells.count == 4 else {
                Issue.record("a line of the grid has \(cells.count) cells: \(line)")
                return nil
            }
            return Line(criterion: cells[0], subject: cells[1], answer: cells[2], reason: cells[3])
        }
    }

    @Test func everyCriterionIsAnsweredOnceInItsOrder() throws {
        let expected = Self.themes.enumerated().flatMap { theme, count in
            (1...count).map { "\(theme + 1).\($0)" }
        }
        #expect(expected.count == 106)
        let grid = try Self.grid()
        #expect(grid.map(\.criterion) == expected)
        for line in grid {
            #expect(Self.answers.contains(line.answer), "\(line.criterion) answers \(line.answer)")
            #expect(line.subject.count > 5 && line.reason.count > 15, "\(line.criterion) says too little")
        }
    }

    @Test func theDeclarationSaysWhatTheGridSays() throws {
        let grid = try Self.grid()
        #expect(grid.count { $0.answer == "conforme" } == AccessibilityAudit.conforming)
        #expect(
            grid.filter { $0.answer == "non conforme" }.map(\.criterion) == AccessibilityAudit.gaps.map(\.criterion))
        #expect(grid.count { $0.answer != "non applicable" } == AccessibilityAudit.applicable)
        let page = try Checkout.text("docs/ACCESSIBILITY.md")
        #expect(
            page.contains(
                "**\(AccessibilityAudit.conforming) of \(AccessibilityAudit.applicable)** applicable criteria are met: "
                    + "\(AccessibilityAudit.rate) %"))
    }

    @Test func everyProofThatIsNamedExists() throws {
        let tests = Checkout.paths(under: "Tests").filter { $0.hasSuffix(".py") }
        let written = try tests.map { try Checkout.text($0) }.joined()
        var named = 0
        for line in try Self.grid() {
            let words = line.reason.split(separator: "`", omittingEmptySubsequences: false)
            for place in stride(from: 1, to: words.count, by: 2) {
                let word = String(words[place])
                if word.hasPrefix("test_") {
                    #expect(written.contains("def \(word)("), "\(line.criterion) names \(word)")
                    named += 1
                } else if word.contains("/") && !word.hasPrefix("/") && !word.contains(" ") {
                    #expect(Checkout.exists(word), "\(line.criterion) names \(word)")
                    named += 1
                }
            }
        }
        #expect(named > 40)
    }
}
