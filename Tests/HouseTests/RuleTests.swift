import Testing

/// The rules of `docs/rules` and the tests that cite them name the same things.
@Suite struct RuleTests {
    /// The rules as their pages number them: `| ACC-7 | … |`.
    private static func rules() throws -> Set<String> {
        var rules: Set<String> = []
        for path in Checkout.paths(under: "docs/rules") where path.hasSuffix(".md") {
            for line in try Checkout.text(path).split(separator: "\n") where line.hasPrefix("| ") {
                let name = line.dropFirst(2).prefix { $0 != " " }
                guard isRule(name) else { continue }
                #expect(rules.insert(String(name)).inserted, "\(path) numbers \(name) twice")
            }
        }
        return rules
    }

    private static func isRule(_ word: Substring) -> Bool {
        guard let dash = word.firstIndex(of: "-") else { return false }
        let number = word[word.index(after: dash)...]
        return word[..<dash].count >= 3 && word[..<dash].allSatisfy { $0.isASCII && $0.isUppercase }
            && !number.isEmpty && number.allSatisfy { $0.isASCII && $0.isNumber }
    }

    /// What the comments of a text cite, rules or not.
    private static func citations(in text: String) -> Set<String> {
        var found: Set<String> = []
        for line in text.split(separator: "\n") {
            guard let comment = line.firstRange(of: "//") ?? line.firstRange(of: "# ") else { continue }
            let words = line[comment.upperBound...].split { !($0.isLetter || $0.isNumber || $0 == "-") }
            for word in words where isRule(word) { found.insert(String(word)) }
        }
        return found
    }

    @Test func everyRuleIsCitedByATest() throws {
        let rules = try Self.rules()
        #expect(rules.count > 30)
        var cited: Set<String> = []
        for path in Checkout.paths(under: "Tests") where path.hasSuffix(".swift") || path.hasSuffix(".py") {
            // This folder speaks of rules without proving any.
            guard !path.hasPrefix("Tests/HouseTests/") else { continue }
            cited.formUnion(Self.citations(in: try Checkout.text(path)))
        }
        let unproved = rules.subtracting(cited).sorted()
        #expect(unproved.isEmpty, "no test cites \(unproved)")
    }

    @Test func everyCitationNamesARule() throws {
        let rules = try Self.rules()
        let families = Set(rules.map { $0.prefix { $0 != "-" } })
        for file in Checkout.sources + Checkout.tests where !file.path.hasPrefix("Tests/HouseTests/") {
            let ours = Self.citations(in: file.text).filter { families.contains($0.prefix { $0 != "-" }) }
            #expect(
                rules.isSuperset(of: ours),
                "\(file.path) cites \(ours.subtracting(rules).sorted()), which no page of docs/rules holds")
        }
    }

    @Test func theIndexNamesEveryPageOfRules() throws {
        let index = try Checkout.text("docs/RULES.md")
        for path in Checkout.paths(under: "docs/rules") {
            #expect(index.contains("(\(path.dropFirst("docs/".count)))"), "docs/RULES.md does not lead to \(path)")
        }
    }
}
