import Exchange
import Foundation
import Testing

@testable import Maillage

/// S-07 for what calls and receipts read: bytes and sentences damaged at random are refused or read, never a trap, never a receipt
/// that is believed. Each is played again from its seed.
@Suite("Damaged receipts and sentences") struct DamagedCallTextTests {
    /// SplitMix64 (Vigna): the same damage on every machine.
    private struct Chance: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    private static let isLong = ProcessInfo.processInfo.environment["MAILLAGE_BATTERY"] == "1"
    private static let telling: [UInt8] =
        Array("\",{}[]:\\u0-.eE+ hH:/59minut\n".utf8) + [0x00, 0x80, 0xC3, 0xA9, 0xE2, 0x80, 0xAF, 0xEF, 0xFF]

    private static func damaged(_ bytes: [UInt8], _ chance: inout Chance) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &chance) where !bytes.isEmpty {
            let at = Int.random(in: 0..<bytes.count, using: &chance)
            let byte = telling.randomElement(using: &chance) ?? 0
            switch Int.random(in: 0..<5, using: &chance) {
            case 0: bytes[at] = byte
            case 1: bytes.insert(byte, at: at)
            case 2: bytes.remove(at: at)
            case 3: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...20, using: &chance)))
            default: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 15)], at: at)
            }
        }
        return bytes
    }

    // RCPT-3
    @Test("a damaged receipt is never believed") func receipts() throws {
        let world = try ReceiptWorld()
        let signed = try world.keys.sign(ReceiptWorld.receipt()).fileBytes
        let verifier = ReceiptVerifier(keys: world.keys.all)
        #expect(verifier.verify(signed).isValid, "the control")
        var chance = Chance(state: 16_102_020)
        for number in 0..<(Self.isLong ? 60_000 : 1_500) {
            let bytes = Self.damaged(signed, &chance)
            guard bytes != signed else { continue }
            #expect(!verifier.verify(bytes).isValid, "\(number)")
        }
    }

    // DEAD-1
    @Test("a damaged sentence is refused or read as whole seconds, quickly") func sentences() throws {
        let sentences = [
            "avant le vendredi 16 octobre 2020 à minuit", "au plus tard le 30 à 12 h", "jusqu’au 1er mars 2027 inclus",
            "le 29 février 2028 à 23h59, heure de La Réunion", "16/10/2026 17:00", "dernier jour du mois à midi",
            "lundi 25 octobre 2026 à 2 h 30, soit le 25/10/2026 à 02:30",
        ]
        let today = try #require(CivilDate(iso: "2026-09-22"))
        var chance = Chance(state: 31_415)
        var read = 0
        let count = Self.isLong ? 100_000 : 3_000
        let begun = ContinuousClock.now
        for number in 0..<count {
            let text = String(
                decoding: Self.damaged(Array((sentences.randomElement(using: &chance) ?? "").utf8), &chance),
                as: UTF8.self)
            do {
                let found = try DeadlineReading.readings(of: text, asOf: today)
                read += 1
                #expect((1...8).contains(found.count), "\(number): \(text)")
                for one in found {
                    #expect(one.deadline.limit.microseconds % 1_000_000 == 0, "\(number): \(text)")
                    #expect(!one.sentence.isEmpty)
                }
            } catch {
                #expect(!error.reason.isEmpty, "\(number): \(text)")
            }
        }
        #expect(read > count / 50, "the control: some are still read")
        #expect(ContinuousClock.now - begun < .seconds(Self.isLong ? 600 : 60))
        let heavy = String(repeating: "le 16 octobre à 17 h, soit ", count: 20_000)
        #expect(throws: DeadlineRefusal.self) { try DeadlineReading.readings(of: heavy, asOf: today) }
    }

    // CALL-12
    @Test("a damaged condition is refused, or means what it says") func conditions() throws {
        let whole: [EligibilityCondition.Predicate] = [
            .territory([.init(.commune, "62498", "Lens"), .init(.zoning, "QPV", "QPV")], edition: "2024", readOn: ""),
            .zoning(kind: "FRR", edition: "2024"), .legalForm(["association"]), .maturity(["ouvert"]), .age(months: 12),
            .amount(floor: 100, ceiling: nil), .publicAid(atMost: 8_000), .siret,
        ]
        var chance = Chance(state: 2_718)
        for number in 0..<(Self.isLong ? 60_000 : 3_000) {
            guard let predicate = whole.randomElement(using: &chance) else { continue }
            let kind = predicate.kind.rawValue
            let bytes = Self.damaged(Array(ConditionCodec.json(predicate).utf8), &chance)
            guard let found = try? ConditionCodec.predicate(kind: kind, json: String(decoding: bytes, as: UTF8.self))
            else {
                // Refused: it is said to whoever reads the call, never dropped.
                continue
            }
            let again = try ConditionCodec.predicate(kind: kind, json: ConditionCodec.json(found))
            #expect(again == found, "\(number)")
            #expect(!EligibilityCondition(found).sentence.isEmpty)
        }
    }

    @Test("a damaged règlement is still a text") func rules() {
        let text = """
            Règlement de l’appel
            Version 1

            Article 1 – Objet
            Repérer les projets.

            Article 2 – Calendrier
            - Dépôt : jusqu’au 16 octobre
            - Comité : novembre
            """
        var chance = Chance(state: 1_618)
        for _ in 0..<(Self.isLong ? 60_000 : 3_000) {
            let damaged = String(decoding: Self.damaged(Array(text.utf8), &chance), as: UTF8.self)
            #expect(RulesText(reading: damaged).articles.count <= 8)
            #expect(RulesText.fingerprint(damaged).utf8.count == 64)
        }
    }
}
