import Maillage
import MaillageWeb
import Testing

/// Every act is in the book of acts, and says in French who may perform it.
@Suite struct ActTests {
    @Test func theBookHoldsEveryAct() {
        var declared: Set<String> = []
        for file in Checkout.sources where file.feature != nil || file.path.hasPrefix("Sources/Kernel/") {
            for line in file.lines where FormTests.declaresAct(line) {
                let words = line.split { " :".contains($0) }
                guard let place = words.firstIndex(of: "struct"), place + 1 < words.count else { continue }
                declared.insert(String(words[place + 1]))
            }
        }
        let listed = ActBook.all.map { $0.verb }
        #expect(declared.count > 30, "the declarations are read")
        #expect(Set(listed) == declared, "Sources/Site/ActBook.swift and the acts of Sources/Features differ")
        #expect(Set(listed).count == listed.count)
    }

    @Test func everyActSaysWhoMayPerformIt() {
        for act in ActBook.all {
            #expect(act.right.split(separator: " ").count >= 2, "\(act.verb) does not say who may perform it")
            #expect(act.right.hasSuffix("."), "\(act.verb): a right is a sentence")
            #expect(!act.right.contains("|") && !act.right.contains("\n"), "\(act.verb): a right is a row of a table")
        }
    }
}
