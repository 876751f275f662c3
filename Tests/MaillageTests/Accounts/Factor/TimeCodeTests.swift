import Testing

@testable import Maillage

@Suite struct TimeCodeTests {
    /// The vectors of RFC 6238, appendix B, for SHA-1.
    @Test(
        arguments: [
            (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
        ] as [(Int64, String)])
    func theVectorsOfTheStandard(seconds: Int64, code: String) throws {
        let secret = try #require(FactorSecret(bytes: Array("12345678901234567890".utf8)))
        let step = TimeCode.step(at: Instant(seconds: seconds))
        #expect(TimeCode.text(secret, step: step, digits: 8) == code)
        #expect(TimeCode.text(secret, step: step) == String(code.suffix(6)))
    }

    /// The vectors of RFC 4648, section 10, without their padding.
    @Test(arguments: [("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("foobar", "MZXW6YTBOI")])
    func base32IsWrittenAsTheStandardSays(plain: String, text: String) {
        #expect(Base32.text(Array(plain.utf8)) == text)
    }

    // ACC-25
    @Test func onlyThePresentCodeAndItsNeighboursCount() throws {
        let secret = try #require(FactorSecret(bytes: [UInt8](repeating: 3, count: 20)))
        let now = Instant(seconds: 1_790_000_010)
        let present = TimeCode.step(at: now)
        for shift in -4...4 as ClosedRange<Int64> {
            let typed = try #require(SignInCode(typed: TimeCode.text(secret, step: present + shift)))
            let found = TimeCode.step(of: typed, secret, at: now)
            #expect(found == (abs(shift) <= 1 ? present + shift : nil), "\(shift)")
        }
    }

    @Test func aSealedSecretOpensForItsAccountAndUnderItsKeyAlone() throws {
        let (surroundings, _) = Surroundings.fixed(at: Instant(seconds: 1_790_000_000))
        let seal = FactorSeal(key: [UInt8](repeating: 1, count: 32))
        let secret = FactorSecret(surroundings)
        let sealed = try seal.seal(secret, for: Account.ID(7), surroundings)
        #expect(sealed.count == 20 + 12 + 16)
        #expect(seal.open(sealed, for: Account.ID(7)) == secret)
        #expect(seal.open(sealed, for: Account.ID(8)) == nil)
        #expect(FactorSeal(key: [UInt8](repeating: 2, count: 32)).open(sealed, for: Account.ID(7)) == nil)
        for place in sealed.indices {
            var damaged = sealed
            damaged[place] ^= 1
            #expect(seal.open(damaged, for: Account.ID(7)) == nil)
        }
        #expect(seal.open([], for: Account.ID(7)) == nil)
        // Two seals of one secret differ.
        #expect(try seal.seal(secret, for: Account.ID(7), surroundings) != sealed)
    }

    @Test func aRecoveryCodeIsReadAsPeopleTypeIt() throws {
        let (surroundings, _) = Surroundings.fixed(at: Instant(seconds: 1_790_000_000))
        let code = RecoveryCode(surroundings)
        #expect(code.text.utf8.count == 19)
        for typed in [
            code.text, code.text.lowercased(), "  " + code.text.replacing("-", with: " "),
            code.text.replacing("-", with: ""), code.text.replacing("O", with: "0").replacing("B", with: "8"),
        ] { #expect(RecoveryCode(typed: typed) == code, "\(typed.count)") }
        for wrong in ["", "123456", String(code.text.dropLast()), code.text + "A", code.text + "é", "é" + code.text] {
            #expect(RecoveryCode(typed: wrong) == nil)
        }
        #expect(String(describing: code) == "RecoveryCode(hidden)")
        #expect(String(describing: FactorSecret(surroundings)) == "FactorSecret(hidden)")
        #expect(!"\(Mirror(reflecting: code).children.map { "\($0)" })".contains(code.text.prefix(4)))
    }
}
