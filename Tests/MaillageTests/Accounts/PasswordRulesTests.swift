import Testing

@testable import Maillage

/// ACC-8
@Suite struct PasswordRulesTests {
    private let known = ["Léa Martin", "lea.martin@mairie-arras.fr", "Réseau des tiers-lieux"]

    @Test(arguments: [
        "tulipes violettes au marché", "8 chaises & 1 tabouret", "kX3!vR9$pLq2", "gratte-ciel ondulé",
        "пароль для входа в дом",
        "le facteur boit du thé", "4917302846150937",
    ])
    func `ordinary phrases and generated passwords are accepted`(password: String) {
        #expect(PasswordRules.refusal(password, known: known) == nil)
    }

    @Test(arguments: [
        "onze lettre", "123456789012", "aaaaaaaaaaaa", "azertyuiop12", "motdepasse2024", "MotDePasse!2026",
        "P@ssw0rd1234",
        "abcdefghijklmn", "correct horse battery staple", "qwertyuiopasdf", "leamartin2026",
        "lea.martin@mairie-arras.fr",
        "Tiers-lieux2026!", "maillage-maillage", "bonjourbonjour1", "marseille13013", "ababababababab", "iloveyou12345",
        "111222333444555",
    ])
    func `short, repeated, common and personal passwords are refused`(password: String) {
        #expect(PasswordRules.refusal(password, known: known) != nil)
    }

    @Test func `length is between twelve and one hundred and twenty-eight characters`() {
        #expect(PasswordRules.refusal("rhubarbe=19", known: []) != nil)
        #expect(PasswordRules.refusal("rhubarbe=192", known: []) == nil)
        let long = String(repeating: "kvqzw-xh", count: 16)
        #expect(long.count == 128)
        #expect(PasswordRules.refusal(long, known: []) == nil)
        #expect(PasswordRules.refusal(long + "k", known: []) != nil)
        #expect(PasswordRules.refusal(String(repeating: "é", count: 100_000), known: []) != nil)
    }

    @Test func `twelve digits compute under fifty bits, twelve letters above`() {
        #expect(PasswordRules.entropy("493017284651") < 50)
        #expect(PasswordRules.entropy("kvqzwxhrtbnm") > 50)
    }
}
