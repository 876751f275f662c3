import Testing

@testable import Maillage

/// ACC-1, ACC-2, ACC-7, ACC-10
@Suite struct AccountWordsTests {
    @Test(arguments: [
        ("Lea.Martin@Exemple.FR", "lea.martin@exemple.fr"), ("  lea@exemple.fr\n", "lea@exemple.fr"),
        ("ｌｅａ＠ｅｘｅｍｐｌｅ．ｆｒ", "lea@exemple.fr"), ("lea+tl@mairie-orléans.fr", "lea+tl@xn--mairie-orlans-khb.fr"),
        ("\u{A0}lea@exemple.fr", "lea@exemple.fr"), ("o'neil@exemple.fr", "o'neil@exemple.fr"),
    ])
    func `an address has one normal form`(typed: String, normal: String) throws {
        #expect(try EmailAddress(typed).text == normal)
    }

    @Test(arguments: [
        "", "lea", "lea@", "@exemple.fr", "lea@exemple", "lea@@exemple.fr", "a@b@exemple.fr", ".lea@exemple.fr",
        "lea.@exemple.fr",
        "le..a@exemple.fr", "le a@exemple.fr", "lea@exemple..fr", "lea@-exemple.fr", "lea@exemple.fr.", "lea@127.0.0.1",
        "lea@[127.0.0.1]", "l\u{200B}ea@exemple.fr", "l\u{202E}ea@exemple.fr", "lеa@exemple.fr", "lea@ехemple.fr",
        "lea\r\nBcc: x@y.fr@exemple.fr", "\"lea\"@exemple.fr", "lea,paul@exemple.fr", "<lea@exemple.fr>",
        "léa@exemple.fr",
    ])
    func `what is not an address, or imitates one, is refused`(typed: String) {
        #expect(throws: Problems.self) { try EmailAddress(typed) }
    }

    @Test func `an endless address is refused at once`() {
        #expect(throws: Problems.self) { try EmailAddress(String(repeating: "a", count: 65) + "@exemple.fr") }
        #expect(throws: Problems.self) { try EmailAddress("a@" + String(repeating: "b.", count: 130) + "fr") }
        #expect(throws: Problems.self) { try EmailAddress(String(repeating: "a", count: 10_000_000)) }
    }

    @Test(arguments: [
        ("bücher", "bcher-kva"), ("münchen", "mnchen-3ya"), ("été", "t-9fab"), ("façade-à-côté", "faade--ct-v1a6e6a5k"),
    ])
    func `accented labels become punycode`(label: String, expected: String) {
        let encoded = DomainName.punycode(Array(label.unicodeScalars))
        #expect(encoded == expected)
    }

    @Test(arguments: [
        ("Léa Martin", "Léa Martin"), ("  Jean-Michel   O’Neil ", "Jean-Michel O’Neil"), ("Ｌｅａ", "Lea"),
        ("Ольга", "Ольга"),
        ("李小龍", "李小龍"), ("Marie\u{A0}Curie", "Marie Curie"),
    ])
    func `names are one line`(typed: String, shown: String) throws {
        #expect(try PersonName(typed).text == shown)
    }

    @Test(arguments: [
        "", "   ", "Lеa Martin", "Le\u{200B}a", "\u{202E}nitraM", "12345", "Ancien membre", "ancien  MEMBRE",
        "Maillage",
        String(repeating: "a", count: 81), "Léa\u{0}", "\u{3164}",
    ])
    func `empty, invisible, mixed and reserved names are refused`(typed: String) {
        #expect(throws: Problems.self) { try PersonName(typed) }
    }

    @Test func `a secret reads back from its text and from nothing else`() throws {
        let (surroundings, _) = Surroundings.fixed(at: AccountWorld.start)
        for _ in 0..<50 {
            let secret = Secret(surroundings)
            #expect(secret.text.utf8.count == 43)
            #expect(Secret(text: secret.text) == secret)
        }
        for bad in [
            "", "a", String(repeating: "a", count: 42), String(repeating: "=", count: 43),
            String(repeating: "A", count: 42) + "B",
        ] {
            #expect(Secret(text: bad) == nil)
        }
    }

    @Test func `limits group an IPv6 network and keep IPv4 addresses apart`() {
        func origin(_ text: String) -> NetworkOrigin? { NetworkOrigin(address: text) }
        #expect(origin("192.0.2.1")?.network == [192, 0, 2, 1])
        #expect(origin("192.0.2.1") != origin("192.0.2.2"))
        #expect(origin("::ffff:192.0.2.1") == origin("192.0.2.1"))
        #expect(origin("2001:db8:1:2::1") == origin("2001:db8:1:2:ffff::9"))
        #expect(origin("2001:db8:1:2::1") != origin("2001:db8:1:3::1"))
        #expect(origin("2001:db8:1:2::1")?.site == origin("2001:db8:1:3::1")?.site)
        #expect(origin("[::1]:8080")?.network == [0, 0, 0, 0, 0, 0, 0, 0])
        #expect(origin("2001:db8:1:2::1")?.network == [0x20, 0x01, 0x0D, 0xB8, 0, 1, 0, 2])
        #expect(origin("fe80::1%eth0")?.network == [0xFE, 0x80, 0, 0, 0, 0, 0, 0])
        #expect(origin("fe80::1%eth0") == origin("fe80::2"))
        #expect(origin("1:2:3:4:5:6:7:8")?.site == [0, 1, 0, 2, 0, 3])
        for bad in [
            "", "192.0.2", "256.1.1.1", "1:2:3", ":::", "1::2::3", "g::1", "1:2:3:4:5:6:7:8:9", "::1.2.3",
            ":1:2:3:4:5:6:7", "1:2:3:4:5:6:7:", "-1::2",
        ] {
            #expect(origin(bad) == nil, "\(bad)")
        }
    }
}
