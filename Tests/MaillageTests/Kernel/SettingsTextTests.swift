import Testing

@testable import Maillage

@Suite("The text of maillage.toml") struct SettingsTextTests {
    @Test func valuesAreReadAsTOMLWritesThem() throws {
        let text =
            "# réseau\r\nport = 8080\nnetwork_name = \"a \\\"b\\\" \\u00e9\\U0001F600\" # fin\nmail_from='c\\d'\n\n"
        #expect(
            try SettingsText.values(Array(text.utf8)) == [
                "port": "8080", "network_name": "a \"b\" é😀", "mail_from": "c\\d",
            ])
    }

    @Test(arguments: [
        #"a = "\u+041""#, #"a = "\u-000""#, #"a = "\U+0000041""#, #"a = "\u12""#, #"a = "\ud800""#, #"a = "\x""#,
        #"a = "b"#,
        "a = 'b", "a = b", "a =", "= 1", "[a]", "a = 1\na = 2", "a = 1 2",
    ])
    func whatTOMLDoesNotKnowIsRefused(_ text: String) {
        #expect(throws: SettingsText.Refusal.self) { try SettingsText.values(Array(text.utf8)) }
    }

    @Test func whatIsTooLongOrNoTextIsRefused() {
        #expect(throws: SettingsText.Refusal(reason: "not UTF-8 text")) { try SettingsText.values([0x61, 0xFF]) }
        let long = [UInt8](repeating: 0x20, count: SettingsText.limit + 1)
        #expect(throws: SettingsText.Refusal(reason: "not TOML of ours: more than 64 kB")) {
            try SettingsText.values(long)
        }
    }
}
