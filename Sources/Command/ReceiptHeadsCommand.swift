import ArgumentParser
import Foundation
import Maillage

/// `maillage receipt heads`: whether published heads are signed and follow each other, offline.
struct VerifyReceiptHeads: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "heads", abstract: "Verify that published heads are signed and each names the one before.")

    @Argument(help: ArgumentHelp("The list at /recepisses/tetes.json.", valueName: "heads.json"))
    var list: String

    @Option(help: ArgumentHelp("A list, or a head, that you kept earlier: it must be in this one.", valueName: "file"))
    var kept: [String] = []

    @Option(help: ArgumentHelp("Public keys: the list at /recepisses/cles.json, or one key as PEM.", valueName: "file"))
    var keys: String

    func run() async throws {
        try await CommandFailure.reporting {
            guard let keys = ReceiptPublicKey.list(reading: try VerifyReceipt.read(keys, limit: 1 << 20)) else {
                throw CommandFailure("\(keys): neither a list of keys nor a key as PEM")
            }
            let verifier = ReceiptVerifier(keys: keys)
            let heads = try Self.heads(list)
            guard verifier.holds(chain: heads) else {
                throw CommandFailure("\(list): a head is not signed, or does not follow from the one before")
            }
            let names = Set(heads.map(\.fingerprint))
            for path in kept {
                for head in try Self.heads(path) where !names.contains(head.fingerprint) {
                    throw CommandFailure("\(path): the head of \(head.head.date) that you kept is not in \(list)")
                }
            }
            print("ok: \(heads.count) heads, \(heads.last?.head.total ?? 0) receipts; each names the one before")
        }
    }

    private static func heads(_ path: String) throws -> [SignedHead] {
        guard let heads = ReceiptHeadList.read(try VerifyReceipt.read(path, limit: 64 << 20)) else {
            throw CommandFailure("\(path): neither a list of heads nor a head")
        }
        return heads
    }
}
