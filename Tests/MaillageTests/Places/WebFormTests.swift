import Testing

@testable import Maillage

/// Web addresses as people type them on a sheet.
@Suite("Web addresses") struct WebFormTests {
    @Test(arguments: [
        ("exemple.fr", "https://exemple.fr"), ("HTTP://Exemple.FR:8080/A?b#c", "http://exemple.fr:8080/A?b#c"),
        ("//réseau.fr/é", "https://réseau.fr/é"), ("https://a.fr/\u{329}b", "https://a.fr/\u{329}b"),
    ])
    func whatIsKeptIsReadAgainAsItIs(_ typed: String, _ kept: String) {
        #expect(WebForm.address(typed) == kept)
        #expect(WebForm.address(kept) == kept)
    }

    /// A mark that combines with what stands before it would make one sign of it and of the slash: no name begins with one
    /// (RFC 5891, § 4.2.3.2).
    @Test(arguments: [
        "\u{329}00.000.74", "https://\u{301}a.fr", "a.\u{301}b.fr", "https://a.fr:\u{301}80/", "a.fr:80\u{301}",
    ])
    func aMarkBeginsNoName(_ typed: String) { #expect(WebForm.address(typed) == nil) }

    @Test(arguments: [
        "", "a", "javascript:alert(1).fr", "https://", "https://a", "a..fr", "-a.fr", "a.fr:123456", "a b.fr",
        "https:a.fr",
    ])
    func whatHasNoHostIsNone(_ typed: String) { #expect(WebForm.address(typed) == nil) }
}
