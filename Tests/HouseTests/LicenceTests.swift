import Testing

/// The licence is the one that is announced, where it is announced.
@Suite struct LicenceTests {
    @Test func theLicenceIsTheAnnouncedOne() throws {
        let text = try Checkout.text("LICENSE")
        #expect(text.contains("GNU AFFERO GENERAL PUBLIC LICENSE"))
        #expect(text.contains("Version 3, 19 November 2007"))
        #expect(text.contains("13. Remote Network Interaction"))
        for page in ["README.md", "CONTRIBUTING.md", "docs/decisions/002-licence.md"] {
            #expect(try Checkout.text(page).contains("AGPL-3.0-or-later"), "\(page) does not say the licence")
        }
    }

    @Test func everyPackageHasItsReason() throws {
        let reasons = try Checkout.text("docs/decisions/003-dependencies.md")
        let manifest = try Checkout.text("Package.swift")
        for line in manifest.split(separator: "\n") {
            guard let url = line.firstRange(of: ".package(url: \"") else { continue }
            let address = line[url.upperBound...].prefix { $0 != "\"" }
            let name = address.split(separator: "/").last ?? ""
            #expect(reasons.contains("| \(name) |"), "docs/decisions/003-dependencies.md gives no reason for \(name)")
        }
    }
}
