import Foundation
import Testing

@testable import Maillage

/// receipts are verified by a program that shares no line with ours: Python's own JSON, and openssl for the
/// signature, with the published keys only. The altered ones, of which it knows nothing, are its positive control.
@Suite struct ReceiptBatteryTests {
    /// Says one line: how many it accepts, how many it refuses. Written from docs/decisions/010-receipts.md alone.
    private static let verifier = """
        import base64, hashlib, json, os, subprocess, sys, tempfile
        folder, keys = sys.argv[1], {}
        for key in json.load(open(folder + "/cles.json"))["keys"]:
            raw = base64.b64decode(key["public_key"], validate=True)
            assert hashlib.sha256(raw).hexdigest()[:16] == key["id"]
            der = bytes.fromhex("302a300506032b6570032100") + raw
            body = base64.b64encode(der).decode()
            path = folder + "/" + key["id"] + ".pem"
            open(path, "w").write("-----BEGIN PUBLIC KEY-----\\n" + body + "\\n-----END PUBLIC KEY-----\\n")
            keys[key["id"]] = path
        def once(pairs):
            names = [name for name, _ in pairs]
            assert len(set(names)) == len(names)
            return dict(pairs)
        def canonical(value):
            return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
        def holds(data):
            try:
                file = json.loads(data.decode("utf-8"), object_pairs_hook=once)
                assert canonical(file) == data and set(file) == {"format", "receipt", "signature"}
                assert file["format"] == "maillage-signed-receipt-1"
                receipt = file["receipt"]
                assert receipt["format"] == "maillage-receipt-1"
                late = receipt["arrival"]["instant"] >= receipt["deadline"]["instant"]
                assert receipt["verdict"] == ("late" if late else "on_time")
                signature = base64.b64decode(file["signature"], validate=True)
                assert base64.b64encode(signature).decode() == file["signature"]
                key = keys[receipt["key"]]
            except (AssertionError, KeyError, TypeError, ValueError):
                return False
            open(folder + "/text", "wb").write(canonical(receipt))
            open(folder + "/signature", "wb").write(signature)
            command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", key, "-rawin", "-in", folder + "/text"]
            return subprocess.run(command + ["-sigfile", folder + "/signature"], capture_output=True).returncode == 0
        found = [holds(line) for line in open(folder + "/" + sys.argv[2], "rb").read().split(b"\\n") if line]
        print(found.count(True), found.count(False))
        """

    private static func receipt(_ number: Int, at arrival: Instant) -> Receipt {
        let deadline = Deadline(limit: Instant(seconds: 1_602_885_600), zone: .paris, typed: "")
        return Receipt(
            id: "r\(number)", number: number, network: "Réseau d’essai", address: "https://example.org",
            call: Receipt.Call(
                slug: "ami", title: "Appel «\u{202F}à\u{202F}» \\ \"tous\"\t\u{1F98A}", rulesVersion: 1,
                rulesFingerprint: Fingerprint(of: [UInt8(truncatingIfNeeded: number)])),
            candidacy: "c\(number)", version: 1 + number % 3, depositor: "Zoé \(number)", structure: nil,
            arrival: arrival, deadline: deadline,
            files: (0..<number % 4).map {
                Receipt.File(name: "pièce \($0).pdf", size: number * $0, fingerprint: Fingerprint(of: [UInt8($0)]))
            },
            answersFingerprint: Fingerprint(of: Array("\(number)".utf8)), issuedAt: arrival + .seconds(1))
    }

    // RCPT-3, RCPT-5, RCPT-7
    @Test func aProgramThatKnowsNothingOfUsVerifiesThemAll() async throws {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl"),
            FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")
        else { return print("skipped: no openssl, or no python3") }
        let count = Battery.count(short: 200, long: 10_000)
        try await withFolder { folder in
            // Four keys: three rotations, spread over the arrivals, the last of which are late.
            let start = Instant(seconds: 1_602_880_000)
            var keys = try ReceiptKeys.load(
                dataDirectory: folder, now: start, secret: Surroundings.live().secret)
            var (good, bad): ([UInt8], [UInt8]) = ([], [])
            var altered = 0
            for number in 1...count {
                let arrival = start + .seconds(Int64(number) * 6_000 / Int64(count))
                if number % max(count / 4, 1) == 0, keys.all.count < 4 {
                    keys = try ReceiptKeys.rotate(
                        dataDirectory: folder, now: arrival, secret: Surroundings.live().secret)
                }
                let file = try keys.sign(Self.receipt(number, at: arrival)).fileBytes
                good += file + [0x0A]
                guard number % 10 == 0 else { continue }
                var other = file
                let place = number * 7_919 % file.count
                other[place] ^= 1 << (number % 7)
                // A line end would part the altered receipt in two.
                if other[place] == 0x0A { other[place] = 0x0B }
                bad += other + [0x0A]
                altered += 1
            }
            func put(_ name: String, _ bytes: [UInt8]) throws {
                try Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + name))
            }
            try put("good", good)
            try put("bad", bad)
            try put("cles.json", ReceiptPublicKey.listBytes(keys.all))
            try put("verify.py", Array(Self.verifier.utf8))
            func verify(_ name: String) throws -> String {
                let process = Process()
                process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
                process.arguments = ["-I", folder + "/verify.py", folder, name]
                let pipe = Pipe()
                process.standardOutput = pipe
                try process.run()
                let said = pipe.fileHandleForReading.readDataToEndOfFile()
                process.waitUntilExit()
                return String(decoding: said, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            }
            #expect(keys.all.count == 4)
            #expect(try verify("good") == "\(count) 0")
            #expect(try verify("bad") == "0 \(altered)")
            print("receipts: \(count) accepted, \(altered) altered refused, \(keys.all.count) keys")
        }
    }
}
