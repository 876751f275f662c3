import Exchange
import Foundation

@testable import Maillage

/// A receipt with everything on it, and keys to sign it, in a folder of its own that goes with it.
final class ReceiptWorld {
    let folder: String
    let keys: ReceiptKeys
    static let start = Instant(seconds: 1_600_000_000)

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/maillage-receipts-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        keys = try ReceiptKeys.load(dataDirectory: folder, now: Self.start, secret: Self.chance)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    static let chance: @Sendable (Int) -> [UInt8] = { count in
        (0..<count).map { _ in UInt8.random(in: 0...255) }
    }

    /// Friday 16 October 2020, 24 h in Paris.
    static func deadline() -> Deadline? {
        Deadline(
            limit: Instant(seconds: 1_602_885_600), zone: .paris, typed: "avant le vendredi 16 octobre 2020 à minuit")
    }

    /// Arrived 18 min 52.877 s before the limit, unless told otherwise.
    static func receipt(
        arrival: Instant = Instant(microseconds: 1_602_884_467_123_000), number: Int = 12
    ) -> Receipt {
        var receipt = Receipt(
            id: "0abcdefghjkmn", number: number, network: "Réseau des tiers-lieux", address: "https://example.org",
            call: Receipt.Call(
                slug: "ami-tiers-lieux", title: "Appel à manifestation d’intérêt – Tiers-Lieux", rulesVersion: 2,
                rulesFingerprint: Fingerprint(of: Array("règlement".utf8)), wave: "Vague 1"),
            candidacy: "0zyxwvutsrqpn", version: 3, depositor: "Zoé Dubois", structure: "L’Île aux fruits",
            arrival: arrival, deadline: deadline(),
            files: [
                Receipt.File(
                    name: "Budget « 2021 ».ods", size: 7, fingerprint: Fingerprint(of: Array("budget\n".utf8))),
                Receipt.File(
                    name: "statuts\u{1F}.pdf", size: 9, fingerprint: Fingerprint(of: Array("statuts\n\n".utf8))),
            ],
            answersFingerprint: Fingerprint(of: Array("{}".utf8)), issuedAt: arrival + .seconds(1))
        receipt.documentFingerprint = Fingerprint(of: Array("pdf".utf8))
        receipt.previousHead = Fingerprint(of: [])
        receipt.legal = LegalMentions(
            service: "Service numérique", postalAddress: "21 rue Marcel-Sembat, 62300 Lens", email: "ami@example.org",
            phone: "03 21 79 07 90",
            silence: LegalMentions.silenceWords(.rejects, months: 2, from: arrival))
        return receipt
    }
}
