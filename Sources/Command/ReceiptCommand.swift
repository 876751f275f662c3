import ArgumentParser
import Foundation
import Maillage

/// `maillage receipt`: what can be done with receipts without the site.
struct ReceiptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receipt", abstract: "Verify receipts, offline; change the key that signs them.",
        subcommands: [VerifyReceipt.self, VerifyReceiptHeads.self, PrintReceipt.self, RotateReceiptKey.self])
}

/// `maillage receipt verify`: needs the public keys and nothing else, neither database nor network.
struct VerifyReceipt: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Verify a receipt, and that files are those it names.")

    @Argument(help: ArgumentHelp("The receipt, as it was downloaded.", valueName: "receipt.json"))
    var receipt: String

    @Argument(help: ArgumentHelp("Deposited files to compare.", valueName: "file"))
    var files: [String] = []

    @Option(
        help: ArgumentHelp(
            "Public keys: the list at /recepisses/cles.json, or one key as PEM. Absent: those of the data directory.",
            valueName: "file"))
    var keys: String?

    @Option(help: "Proof that the receipt is under a published head.")
    var proof: String?

    @OptionGroup var options: HouseOptions

    func run() async throws {
        try await CommandFailure.reporting {
            let verifier = ReceiptVerifier(keys: try publicKeys())
            let bytes = try Self.read(receipt, limit: Receipt.longest * 2)
            let found = verifier.verify(bytes, files: try files.map(Self.candidate))
            if let fault = found.fault { throw CommandFailure("\(receipt): \(fault.line)") }
            guard let signed = found.signed else { throw CommandFailure("\(receipt): not a receipt") }
            for check in found.checks { print("ok: " + check.line) }
            if let proof {
                guard let read = ReceiptProof(fileBytes: try Self.read(proof, limit: 65_536)) else {
                    throw CommandFailure("\(proof): not a proof")
                }
                guard verifier.holds(read, of: signed) else {
                    throw CommandFailure("\(proof): the receipt is not under the head of \(read.head.head.date)")
                }
                print("ok: under the head of \(read.head.head.date), root \(read.head.head.root)")
            }
            let receipt = signed.receipt
            print(
                "Receipt \(receipt.number) of \(receipt.call.slug), by \(receipt.network): \(receipt.verdict.rawValue)")
        }
    }

    private func publicKeys() throws -> [ReceiptPublicKey] {
        guard let keys else {
            let found = try ReceiptKeys.published(dataDirectory: try options.settings().dataDirectory)
            guard !found.isEmpty else { throw CommandFailure("no public key here: give them with --keys FILE") }
            return found
        }
        guard let list = ReceiptPublicKey.list(reading: try Self.read(keys, limit: 1 << 20)) else {
            throw CommandFailure("\(keys): neither a list of keys nor a key as PEM")
        }
        return list
    }

    static func read(_ path: String, limit: Int) throws -> [UInt8] {
        guard let handle = FileHandle(forReadingAtPath: path) else { throw CommandFailure("\(path) cannot be read") }
        defer { try? handle.close() }
        return Array(try handle.read(upToCount: limit) ?? Data())
    }

    /// The fingerprint of a file of any size.
    private static func candidate(_ path: String) throws -> ReceiptVerifier.Candidate {
        guard let handle = FileHandle(forReadingAtPath: path) else { throw CommandFailure("\(path) cannot be read") }
        defer { try? handle.close() }
        var gathering = Fingerprint.Gathering()
        while let more = try handle.read(upToCount: 1 << 20), !more.isEmpty { gathering.take(more) }
        return ReceiptVerifier.Candidate(name: path, size: gathering.count, fingerprint: gathering.finish())
    }
}

/// `maillage receipt rotate`: a new key signs from now on; the public part of the former one stays published.
struct RotateReceiptKey: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Sign with a new key from now on. Stop the server first.")

    @OptionGroup var options: HouseOptions

    func run() async throws {
        try await CommandFailure.reporting {
            let settings = try options.settings()
            let surroundings = Surroundings.live()
            // The database's lock says whether a server runs here.
            let database = try await Premises.openDatabase(settings)
            do {
                let keys = try ReceiptKeys.rotate(
                    dataDirectory: settings.dataDirectory, now: surroundings.now(), secret: surroundings.secret)
                print("Receipts are signed with key \(keys.current.id) from now on; \(keys.all.count) public keys.")
            } catch {
                await database.close()
                throw error
            }
            await database.close()
        }
    }
}
