import Exchange
import Foundation
import Testing

@testable import Maillage
@testable import MaillageWeb

/// A receipt verified by somebody who has nothing but the file: on the site, without an account, and with the command.
@Suite struct ReceiptJourneys {
    private static func receipt() -> Receipt {
        let deadline = Deadline(limit: Instant(seconds: 1_602_885_600), zone: .paris, typed: "")
        var receipt = Receipt(
            id: "0abcdefghjkmn", number: 12, network: "Réseau d’essai", address: "https://example.org",
            call: Receipt.Call(
                slug: "ami-tiers-lieux", title: "Appel <à> manifestation d’intérêt", rulesVersion: 1,
                rulesFingerprint: Fingerprint(of: [])),
            candidacy: "0zyxwvutsrqpn", version: 1, depositor: "Zoé Dubois", structure: "L’Île aux fruits",
            arrival: Instant(seconds: 1_602_884_467), deadline: deadline,
            files: [Receipt.File(name: "Budget.ods", size: 7, fingerprint: Fingerprint(of: Array("budget\n".utf8)))],
            answersFingerprint: Fingerprint(of: Array("{}".utf8)), issuedAt: Instant(seconds: 1_602_884_468))
        receipt.legal = LegalMentions(
            service: "Service numérique", postalAddress: "Lens", email: "ami@example.org", phone: "03 21 00 00 00",
            silence: LegalMentions.silenceWords(.rejects, months: 2, from: receipt.arrival))
        return receipt
    }

    /// A site with keys and a receipt of theirs.
    private static func open(_ body: (LiveSite, SignedReceipt, ReceiptKeys, String) async throws -> Void) async throws {
        try await withFolder { folder in
            let keys = try ReceiptKeys.load(
                dataDirectory: folder, now: Instant(seconds: 1_600_000_000), secret: Surroundings.live().secret)
            let signed = try keys.sign(receipt())
            try await LiveSite.open(receiptKeys: keys) { (site: LiveSite) async throws -> Void in
                try await body(site, signed, keys, folder)
            }
        }
    }

    private static func send(
        _ site: LiveSite, receipt: [UInt8] = [], text: String = "", files: [(String, String)] = [], printed: String = ""
    ) async throws -> Reply {
        var body: [UInt8] = []
        func field(_ name: String, _ value: String) {
            body += Array("--xyz\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        func file(_ field: String, _ name: String, _ bytes: [UInt8]) {
            let head = "--xyz\r\nContent-Disposition: form-data; name=\"\(field)\"; filename=\"\(name)\"\r\n"
            body += Array((head + "Content-Type: application/octet-stream\r\n\r\n").utf8) + bytes + Array("\r\n".utf8)
        }
        field(FormToken.fieldName, site.token(for: Paths.receiptCheck))
        if !printed.isEmpty { field(ReceiptCheckForm.printed, printed) }
        file(ReceiptCheckForm.receipt, receipt.isEmpty ? "" : "recepisse.json", receipt)
        field(ReceiptCheckForm.text, text)
        for (name, content) in files { file(ReceiptCheckForm.files, name, Array(content.utf8)) }
        if files.isEmpty { file(ReceiptCheckForm.files, "", []) }
        body += Array("--xyz--\r\n".utf8)
        return try await site.ask(
            "POST", Paths.receiptCheck,
            headers: [
                "Content-Type": "multipart/form-data; boundary=xyz", "Origin": site.origin,
                "Sec-Fetch-Site": "same-origin",
            ], body: body)
    }

    // RCPT-3, RCPT-4
    @Test func anybodyVerifiesAReceiptWithoutAnAccount() async throws {
        try await Self.open { (site: LiveSite, signed: SignedReceipt, _: ReceiptKeys, _: String) async throws -> Void in
            let form = try await site.get(Paths.receiptCheck)
            #expect(form.status == 200 && form.text.contains("multipart/form-data"))
            let good = try await Self.send(site, receipt: signed.fileBytes, files: [("b.ods", "budget\n")])
            #expect(good.status == 200, "\(good.text)")
            #expect(good.text.contains("Ce récépissé est valide"))
            #expect(good.text.contains("bien le fichier déposé sous le nom"))
            #expect(good.text.contains("Appel &lt;à&gt; manifestation"))
            #expect(good.text.contains("Service numérique"))
            let pasted = try await Self.send(
                site, text: "  " + String(decoding: signed.fileBytes, as: UTF8.self) + "\r\n")
            #expect(pasted.status == 200)
            let wrong = try await Self.send(site, receipt: signed.fileBytes, files: [("b.ods", "budget")])
            #expect(wrong.status == 422 && wrong.text.contains("Ce récépissé est refusé"))
            #expect(wrong.text.contains("aucun des fichiers de ce récépissé"))
        }
    }

    // RCPT-3
    @Test func anAlteredReceiptIsRefusedAndSaysNothing() async throws {
        try await Self.open { (site: LiveSite, signed: SignedReceipt, _: ReceiptKeys, _: String) async throws -> Void in
            let text = String(decoding: signed.fileBytes, as: UTF8.self)
            let altered = try await Self.send(site, text: text.replacing("Zoé", with: "Léa"))
            #expect(altered.status == 422)
            #expect(altered.text.contains("La signature ne correspond pas"))
            // What a forged receipt says is not shown as if it held.
            #expect(!altered.text.contains("Léa Dubois") && !altered.text.contains("Ce que dit le récépissé"))
            let nothing = try await Self.send(site)
            #expect(nothing.status == 422 && nothing.text.contains("Choisissez le fichier du récépissé"))
            let noise = try await Self.send(site, receipt: [UInt8](repeating: 0xFF, count: 3_000_000))
            #expect(noise.status == 422 && noise.text.contains("trop long"))
            #expect(try await Self.send(site, text: "{}").status == 422)
        }
    }

    // RCPT-3
    @Test func theCodeOfAPrintedReceiptIsCompared() async throws {
        try await Self.open {
            (site: LiveSite, signed: SignedReceipt, keys: ReceiptKeys, _: String) async throws -> Void in
            let page = try await site.get(Paths.receiptCheck(signed.fingerprint))
            #expect(page.status == 200 && page.text.contains(signed.fingerprint.grouped))
            let same = try await Self.send(site, receipt: signed.fileBytes, printed: signed.fingerprint.text)
            #expect(same.status == 200)
            var receipt = Self.receipt()
            receipt.depositor = "Quelqu’un d’autre"
            let other = try keys.sign(receipt)
            let reply = try await Self.send(site, receipt: other.fileBytes, printed: signed.fingerprint.text)
            #expect(reply.status == 422 && reply.text.contains("pas celui dont l’empreinte est imprimée"))
        }
    }

    // RCPT-5
    @Test func theKeysArePublished() async throws {
        try await Self.open {
            (site: LiveSite, signed: SignedReceipt, keys: ReceiptKeys, _: String) async throws -> Void in
            let list = try await site.get(Paths.receiptKeyList)
            #expect(ReceiptPublicKey.list(reading: list.body) == keys.all)
            let pem = try await site.get(Paths.receiptKey(keys.current.id))
            #expect(pem.text == keys.current.pem)
            #expect(try await site.get(Paths.receiptKey("0000")).status == 404)
            let page = try await site.get(Paths.receiptKeys)
            #expect(page.text.contains("Clé \(keys.current.id)"))
            let recipe = try await site.get(Paths.receiptOpenSSL)
            #expect(recipe.text.contains("openssl pkeyutl -verify"))
        }
    }

    // RCPT-4, RCPT-7: what is downloaded is enough, with the command and with openssl.
    @Test func theDownloadIsEnough() async throws {
        try await Self.open {
            (_: LiveSite, signed: SignedReceipt, keys: ReceiptKeys, folder: String) async throws -> Void in
            func put(_ name: String, _ bytes: [UInt8]) throws -> String {
                try Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + name))
                return folder + "/" + name
            }
            let receipt = try put("recepisse.json", signed.fileBytes)
            let list = try put("cles.json", ReceiptPublicKey.listBytes(keys.all))
            let budget = try put("b.ods", Array("budget\n".utf8))
            let good = try await Program.run(["receipt", "verify", receipt, budget, "--keys", list])
            #expect(good.status == 0, "\(good.err)")
            #expect(good.out.contains("ok: the signature is good") && good.out.contains("on_time"))
            let own = try await Program.run(["receipt", "verify", receipt, "--data", folder])
            #expect(own.status == 0, "\(own.err)")
            var bytes = signed.fileBytes
            bytes[bytes.count / 2] ^= 1
            let altered = try await Program.run(["receipt", "verify", try put("a.json", bytes), "--keys", list])
            #expect(altered.status == 1)
            #expect(altered.out.isEmpty && altered.err.split(separator: "\n").count == 1)
            let wrong = try await Program.run(["receipt", "verify", receipt, list, "--keys", list])
            #expect(wrong.status == 1 && wrong.err.contains("none of the files"))
            let missing = try await Program.run(["receipt", "verify", folder + "/none.json", "--keys", list])
            #expect(missing.status == 1 && missing.err.contains("cannot be read"))
            let empty = try await Program.run(["receipt", "verify", receipt, "--data", folder + "/empty"])
            #expect(empty.status == 1 && empty.err.contains("--keys FILE"))
            #expect(!FileManager.default.fileExists(atPath: folder + "/empty"))
            #expect(try await Program.run(["receipt", "verify"]).status == 64)
        }
    }

    // RCPT-7: the archive holds exactly what its instructions use.
    @Test func theArchiveVerifiesWithOpenssl() async throws {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl"),
            FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")
        else {
            print("skipped: no openssl, or no python3 to open the archive")
            return
        }
        try await Self.open {
            (_: LiveSite, signed: SignedReceipt, keys: ReceiptKeys, folder: String) async throws -> Void in
            let archive = try ReceiptArchive.bytes(signed, key: keys.current, address: "https://example.org")
            #expect(try ReceiptArchive.bytes(signed, key: keys.current, address: "https://example.org") == archive)
            try Data(archive).write(to: URL(fileURLWithPath: folder + "/r.zip"))
            func shell(_ command: String) throws -> Int32 {
                let process = Process()
                process.executableURL = URL(fileURLWithPath: "/bin/sh")
                process.arguments = ["-c", "cd '\(folder)' && " + command]
                process.standardOutput = FileHandle.nullDevice
                try process.run()
                process.waitUntilExit()
                return process.terminationStatus
            }
            #expect(try shell("python3 -m zipfile -e r.zip .") == 0)
            #expect(try shell(ReceiptArchive.command) == 0)
            let named = "openssl pkey -pubin -in cle-publique.pem -outform DER | tail -c 32 | openssl sha256"
            #expect(try shell("\(named) | grep -q ' \(keys.current.id)'") == 0)
            #expect(try shell("printf x >> recepisse-signe.json; \(ReceiptArchive.command) 2>/dev/null") != 0)
        }
    }

    // RCPT-5
    @Test func theKeyIsRotatedByACommand() async throws {
        try await Self.open {
            (_: LiveSite, signed: SignedReceipt, _: ReceiptKeys, folder: String) async throws -> Void in
            let rotated = try await Program.run(["receipt", "rotate", "--data", folder])
            #expect(rotated.status == 0 && rotated.out.contains("2 public keys"), "\(rotated.err)")
            try Data(signed.fileBytes).write(to: URL(fileURLWithPath: folder + "/r.json"))
            let old = try await Program.run(["receipt", "verify", folder + "/r.json", "--data", folder])
            #expect(old.status == 0, "\(old.err)")
        }
    }

    // RCPT-10
    @Test func aReceiptIsPrintedForEverybodyToRead() async throws {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/weasyprint") else {
            print("skipped: no weasyprint")
            return
        }
        try await Self.open {
            (_: LiveSite, signed: SignedReceipt, _: ReceiptKeys, folder: String) async throws -> Void in
            try Data(signed.fileBytes).write(to: URL(fileURLWithPath: folder + "/r.json"))
            let output = folder + "/r.pdf"
            let made = try await Program.run(["receipt", "print", folder + "/r.json", "--output", output])
            #expect(made.status == 0, "\(made.err)")
            let pdf = FileManager.default.contents(atPath: output).map { String(decoding: $0, as: UTF8.self) } ?? ""
            #expect(pdf.hasPrefix("%PDF-"))
            // Tagged, in French, with a title: what PDF/UA asks first.
            #expect(pdf.contains("/StructTreeRoot") && pdf.contains("/MarkInfo") && pdf.contains("/Lang"))
            let none = try await Program.run(["receipt", "print", "/dev/null", "--output", output])
            #expect(none.status == 1 && none.err.contains("not a receipt"))
        }
    }

    // RCPT-10: the printed page carries the code, and nothing that would have to be fetched.
    @Test func thePrintedPageStandsAlone() async throws {
        try await Self.open { (_: LiveSite, signed: SignedReceipt, _: ReceiptKeys, _: String) async throws -> Void in
            let page = String(
                decoding: ReceiptPrint.document(signed, address: "https://example.org"), as: UTF8.self)
            #expect(page.contains("<svg role=\"img\"") && page.contains("déposé dans les délais"))
            #expect(page.contains("https://example.org/recepisses/verifier?empreinte=\(signed.fingerprint.text)"))
            #expect(page.contains(signed.fingerprint.grouped))
            for word in ["src=", "url(", "@import", "<link", "<script"] { #expect(!page.contains(word), "\(word)") }
        }
    }
}
