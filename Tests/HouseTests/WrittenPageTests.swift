import Testing

@testable import MaillageCommand

/// The pages that the program writes about itself say what the program is now.
@Suite struct WrittenPageTests {
    @Test(arguments: WrittenPage.allCases)
    func thePageIsFresh(_ page: WrittenPage) throws {
        let kept = try Checkout.text(page.file).split(separator: "\n", omittingEmptySubsequences: false)
        let written = page.text().split(separator: "\n", omittingEmptySubsequences: false)
        guard kept != written else { return }
        let change = zip(kept, written).first { $0 != $1 }
        Issue.record(
            """
            \(page.file) is stale: run `make docs` and commit it. \
            It has \(kept.count) lines, the program writes \(written.count); first difference: \
            "\(change?.0 ?? "")" should be "\(change?.1 ?? "")"
            """)
    }
}
