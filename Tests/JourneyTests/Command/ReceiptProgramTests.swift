import Foundation
import Testing

@testable import Maillage
@testable import MaillageWeb

#if canImport(Glibc)
    import Glibc
#endif

/// `maillage receipt verify`, run as people run it, on a receipt that the demo network gave.
@Suite struct ReceiptProgramTests {
    /// A receipt as its page gives it, with the public keys of the site.
    private static func exported(_ folder: String) async throws -> (receipt: [UInt8], keys: [UInt8]) {
        let demo = ["demo", "--data", folder + "/demo", "--host", "127.0.0.1", "--port", "0"]
        let first = try Program(demo)
        _ = try await first.port(within: 400)
        first.signal(SIGTERM)
        #expect(await first.end(within: 120) == 0)
        let (path, session) = try await withDatabase(folder + "/demo/maillage.sqlite") { database in
            let found = try await database.read { reader in
                try reader.one(
                    """
                    SELECT candidacy.id, candidacy.holder_id
                    FROM receipt
                    JOIN candidacy_deposit ON candidacy_deposit.id = receipt.deposit_id
                    JOIN candidacy ON candidacy.id = candidacy_deposit.candidacy_id
                    WHERE candidacy.holder_id IS NOT NULL
                    ORDER BY receipt.id
                    LIMIT 1
                    """
                ) { (Candidacy.ID(try $0.int(0)), Account.ID(try $0.int(1))) }
            }
            let (candidacy, holder) = try #require(found)
            let opened = try await Desk(database: database, surroundings: .live()).perform(
                OpenSession(account: holder, device: "essai"), as: .house)
            return ("/candidatures/\(candidacy.text)/recepisse.json", opened.secret.text)
        }
        let second = try Program(demo)
        let caller = Caller(port: try await second.port(within: 120))
        let (receipt, keys) = (
            try await caller.get(path, session: session), try await caller.get("/recepisses/cles.json")
        )
        #expect(receipt.status == 200 && keys.status == 200, "\(receipt.status) \(keys.status)")
        second.signal(SIGTERM)
        #expect(await second.end(within: 120) == 0)
        return (receipt.body, keys.body)
    }

    private static func write(_ bytes: [UInt8], _ path: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    /// Fails in one line, and says nothing good.
    private static func refused(_ arguments: [String], _ words: String) async throws {
        let run = try await Program.run(["receipt", "verify"] + arguments)
        #expect(run.status == 1, "\(arguments): \(run.out)\(run.err)")
        #expect(!run.out.contains("Receipt "), "\(run.out)")
        let lines = run.err.split(separator: "\n")
        #expect(lines.count == 1 && run.err.hasPrefix("maillage: ") && run.err.contains(words), "\(run.err)")
    }

    // RCPT-3, RCPT-4, RCPT-5
    @Test func aReceiptOfTheDemoIsVerifiedAndAnAlteredOneIsNot() async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (receipt, published) = try await Self.exported(folder)
        let (path, keys) = (folder + "/recepisse.json", folder + "/cles.json")
        try Self.write(receipt, path)
        try Self.write(published, keys)

        let good = try await Program.run(["receipt", "verify", path, "--keys", keys])
        #expect(good.status == 0 && good.err.isEmpty, "\(good.err)")
        #expect(good.out.contains("ok: the signature is good"))
        #expect(good.out.split(separator: "\n").last?.hasPrefix("Receipt ") == true)
        let own = try await Program.run(["receipt", "verify", path, "--data", folder + "/demo"])
        #expect(own.status == 0, "with the keys of the directory: \(own.err)")

        // One bit, wherever it is.
        let altered = folder + "/altere.json"
        for place in stride(from: 1, to: receipt.count, by: max(1, receipt.count / 12)) {
            var bytes = receipt
            bytes[place] ^= 1
            try Self.write(bytes, altered)
            try await Self.refused([altered, "--keys", keys], altered)
        }
        try Self.write(Array(receipt.dropLast(3)), altered)
        try await Self.refused([altered, "--keys", keys], altered)

        // Signed by a key that these keys do not know: another network's.
        let stranger = folder + "/autre"
        try FileManager.default.createDirectory(atPath: stranger, withIntermediateDirectories: true)
        _ = try ReceiptKeys.load(
            dataDirectory: stranger, now: Surroundings.live().now(), secret: Surroundings.live().secret)
        try await Self.refused([path, "--data", stranger], "is not among the public keys")
        try await Self.refused([folder + "/absent.json", "--keys", keys], "cannot be read")
        try await Self.refused([path, "--keys", path], "neither a list of keys nor a key as PEM")
        let strange = folder + "/autre-piece.pdf"
        try Self.write(Array("autre".utf8), strange)
        try await Self.refused([path, strange, "--keys", keys], "is none of the files of this receipt")
        let misused = try await Program.run(["receipt", "verify"])
        #expect(misused.status == 64, "no receipt named")
    }
}
