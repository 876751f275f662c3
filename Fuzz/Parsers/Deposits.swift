import Exchange
import Foundation

@testable import Maillage

extension Parser {
    /// What the program itself wrote, and people bring back: receipts, the journal of deposits, archives of calls, settings.
    static let deposits = [receipt, journal, archive, settings]

    private static let receipt = Parser(
        "receipt",
        seeds: {
            let keys = SampleReceipts.keys.map { ReceiptPublicKey.listBytes($0.all) } ?? []
            let pem = SampleReceipts.keys.map { Array($0.current.pem.utf8) } ?? []
            return [SampleReceipts.file, keys, pem]
        },
        read: { bytes in
            if let signed = given({ try SignedReceipt(fileBytes: bytes) }) {
                mustHold(bytes.starts(with: signed.fileBytes), "a receipt that has one writing")
                let checked = ReceiptVerifier(keys: SampleReceipts.keys?.all ?? []).verify(bytes)
                mustHold(
                    !checked.isValid || signed.fileBytes == SampleReceipts.file,
                    "a receipt that is valid as it was signed alone")
            }
            if let value = given({ try JSONValue.parse(bytes) }) { _ = Receipt(json: value) }
            if let keys = ReceiptPublicKey.list(reading: bytes) {
                mustHold(
                    ReceiptPublicKey.list(reading: ReceiptPublicKey.listBytes(keys)) == keys,
                    "keys that are read as written")
            }
            _ = ReceiptHeadList.read(bytes)
        })

    private static let journal = Parser(
        "journal",
        seeds: {
            let payload = Array(#"{"key":"deposit.0000000000001.1","receipt":"{}","snapshot":"{}"}"#.utf8)
            let first = DepositFrame.make(payload, after: DepositFrame.firstSeal)
            return [payload, DepositFrame.header + first.bytes + DepositFrame.make(payload, after: first.seal).bytes]
        },
        read: { bytes in
            let read = DepositFrame.read(bytes)
            mustHold(read.end >= DepositFrame.header.count, "a journal that is read from its beginning")
            mustHold(
                read.end <= max(bytes.count, DepositFrame.header.count), "a journal that is read to its end at most")
            guard let entry = DepositEntry(payload: bytes) else { return }
            mustHold(DepositEntry(payload: entry.payload) == entry, "a deposit that is read as it is written")
            mustHold(entry.payload == bytes, "a deposit that has one writing")
            _ = entry.line
            let framed = DepositFrame.read(
                DepositFrame.header + DepositFrame.make(bytes, after: DepositFrame.firstSeal).bytes)
            mustHold(framed.entries == [entry], "a deposit that is in its frame")
        })

    private static let archive = Parser(
        "archive",
        seeds: {
            let page = CallArchiveManifest.File(.page, "index.html", Array("<p>".utf8))
            var manifest = CallArchiveManifest(
                network: "Réseau", address: "https://example.org", madeAt: Instant(seconds: 1_700_000_000),
                call: "0000000000001", slug: "ami", title: "Appel", organiser: "Région")
            manifest.files = [page]
            return [
                manifest.bytes,
                Samples.zip([(CallArchiveManifest.name, manifest.bytes), ("index.html", Array("<p>".utf8))], .deflate),
            ]
        },
        read: { bytes in
            if let manifest = given({ try CallArchiveManifest(reading: bytes) }) {
                mustHold(
                    given { try CallArchiveManifest(reading: manifest.bytes) } == manifest,
                    "a list that is read as it is written")
            }
            guard bytes.starts(with: [0x50, 0x4B]) else { return }
            OnDisk.with(bytes) { path in
                guard let archive = given({ try CallArchiveFile.open(path) }) else { return }
                for file in archive.manifest.files { _ = archive.content(of: file, limit: 1 << 16) }
            }
        })

    private static let settings = Parser(
        "settings",
        seeds: {
            [
                "# réseau\nport = 8080\nnetwork_name = \"Réseau \\\"A\\\" \\u00e9\" # fin\nmail_from = 'a@b.fr'\n",
                "database_url = \"postgres://a:b@localhost/c\"\nbackup_keep = \"24h 7d\"\nlog_level=\"debug\"\r\nscrub_rate = 0\n",
            ].map { Array($0.utf8) }
        },
        read: { bytes in
            guard let values = given({ try SettingsText.values(bytes) }) else { return }
            _ = given { try Settings(environment: [:], file: values) }
        })
}

/// A receipt signed by a key that was drawn for the trials.
enum SampleReceipts {
    static let keys: ReceiptKeys? = OnDisk.folder().flatMap { folder in
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return given {
            try ReceiptKeys.load(dataDirectory: folder, now: Instant(seconds: 1_600_000_000)) { count in
                [UInt8](repeating: 7, count: count)
            }
        }
    }

    static let file: [UInt8] = given { try keys?.sign(receipt).fileBytes ?? [] } ?? []

    private static var receipt: Receipt {
        let arrival = Instant(microseconds: 1_602_884_467_123_000)
        var receipt = Receipt(
            id: "0abcdefghjkmn", number: 12, network: "Réseau", address: "https://example.org",
            call: Receipt.Call(
                slug: "ami", title: "Appel", rulesVersion: 2, rulesFingerprint: Fingerprint(of: [1]), wave: "Vague 1"),
            candidacy: "0zyxwvutsrqpn", version: 3, depositor: "Zoé Dubois", structure: "L’Île aux fruits",
            arrival: arrival,
            deadline: Deadline(limit: Instant(seconds: 1_602_885_600), zone: .paris, typed: "le 16 à minuit"),
            files: [Receipt.File(name: "Budget.ods", size: 7, fingerprint: Fingerprint(of: [2]))],
            answersFingerprint: Fingerprint(of: [3]), issuedAt: arrival + .seconds(1))
        receipt.legal = LegalMentions(
            service: "Service", postalAddress: "Lens", email: "a@b.fr", phone: "03 21 79 07 90", silence: "rejet",
            appeal: nil)
        return receipt
    }
}

/// For readers that open a file.
enum OnDisk {
    private static let place = FileManager.default.temporaryDirectory.path + "/maillage-fuzz-\(getpid())"

    static func folder() -> String? {
        let folder = place + "-" + UUID().uuidString
        return given { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }.map
        { folder }
    }

    static func with(_ bytes: [UInt8], _ body: (String) -> Void) {
        guard given({ try Data(bytes).write(to: URL(fileURLWithPath: place)) }) != nil else { return }
        body(place)
        unlink(place)
    }
}
