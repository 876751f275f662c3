import Foundation
import Testing

@testable import Maillage

@Suite struct MailMessageTests {
    private func message(_ letter: Letter, name: String = "Réseau d’essai") -> [UInt8] {
        MailMessage(
            id: Identifier(77), letter: letter, date: Instant(seconds: 1_795_303_566), sender: "maillage@reseau.fr",
            senderName: name, host: "reseau.fr"
        ).bytes
    }

    @Test func `the whole of a plain message`() {
        let text = String(
            decoding: message(Letter(to: "lea@exemple.fr", subject: "Bonjour", text: "Été =\n.\nFin "), name: "Reseau"),
            as: UTF8.self)
        let expected = [
            "Date: Sat, 21 Nov 2026 23:26:06 +0000", "From: Reseau <maillage@reseau.fr>", "To: lea@exemple.fr",
            "Subject: Bonjour", "Message-ID: <000000000002d@reseau.fr>", "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable",
            "Content-Language: fr",
            "", "=C3=89t=C3=A9 =3D", "=2E", "=46in=20", "",
        ]
        #expect(text == expected.joined(separator: "\r\n"))
    }

    // ACC-23
    @Test(arguments: [
        "lea@exemple.fr\r\nBcc: tous@exemple.fr", "lea@exemple.fr\nBcc: tous@exemple.fr",
        "lea@exemple.fr,tous@exemple.fr",
        "lea@exemple.fr\u{2028}Bcc: x",
    ])
    func `no text becomes a header`(hostile: String) throws {
        let bytes = message(Letter(to: hostile, subject: hostile, text: hostile), name: hostile)
        let head = try #require(String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n\r\n").first)
        #expect(!bytes.contains(0))
        let names = head.components(separatedBy: "\r\n").filter { !$0.hasPrefix(" ") }.map { $0.prefix { $0 != ":" } }
        #expect(
            names == [
                "Date", "From", "To", "Subject", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
                "Content-Transfer-Encoding", "Content-Language",
            ])
    }

    // An independent reader of mail says what it understands.
    @Test func `Python reads back the subject, the sender and the text`() throws {
        let subjects = [
            "Votre lien de connexion", "L’adresse de votre compte a changé", "", " espaces ", "a=?utf-8?Q?b?=c",
            String(repeating: "Œuvre d’été à l’îlot 🚲 ", count: 9), "tab\tici",
            "point d’interrogation\u{202F}? oui_non",
        ]
        for subject in subjects {
            let body =
                "Bonjour,\n\n\(subject)\n.\nFrom ici\n" + String(repeating: "ligne très longue ", count: 30) + "\n"
            let bytes = message(Letter(to: "lea@exemple.fr", subject: subject, text: body))
            guard let read = try python(bytes) else {
                print("python3 is absent: mails were not read back")
                return
            }
            let clean = subject.replacingOccurrences(of: "\t", with: " ")
            #expect(read == [clean, "Réseau d’essai <maillage@reseau.fr>", body], "\(subject)")
            for line in String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n") {
                #expect(line.utf8.count <= 76 && line.utf8.allSatisfy { $0 < 128 })
            }
        }
    }

    private func python(_ message: [UInt8]) throws -> [String]? {
        let script = """
            import sys, json
            from email import message_from_bytes, policy
            from email.header import decode_header, make_header
            raw = sys.stdin.buffer.read()
            m = message_from_bytes(raw, policy=policy.compat32)
            text = m.get_payload(decode=True).decode('utf-8').replace('\\r\\n', '\\n')
            print(json.dumps([str(make_header(decode_header(m['Subject']))), str(make_header(decode_header(m['From']))), text]))
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        do { try process.run() } catch { return nil }
        input.fileHandleForWriting.write(Data(message))
        try input.fileHandleForWriting.close()
        let answer = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { return nil }
        return try JSONDecoder().decode([String].self, from: answer)
    }

    @Test func `instants are written in ISO 8601`() {
        #expect(Instant(seconds: 0).iso == "1970-01-01T00:00:00Z")
        #expect(Instant(seconds: 1_795_303_566).iso == "2026-11-21T23:26:06Z")
        #expect(Instant(seconds: 951_782_400).iso == "2000-02-29T00:00:00Z")
        #expect(Instant(seconds: -5).iso == "1970-01-01T00:00:00Z")
    }
}
