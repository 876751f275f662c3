/// A letter as RFC 5322 wants it: headers in ASCII with encoded words, a UTF-8 body in quoted-printable, lines of CR
/// LF.
///
/// Whatever the letter holds, it stays in the header or the body where it belongs: control characters become spaces in
/// headers.
struct MailMessage {
    let id: Identifier<Letter>
    let letter: Letter
    let date: Instant
    /// `maillage@reseau.fr`
    let sender: String
    /// Shown beside the sender's address.
    let senderName: String
    /// The host of the network's address: the right side of the Message-ID, which never changes from one attempt to
    /// the next.
    let host: String

    var bytes: [UInt8] {
        var lines: [String] = []
        lines.append("Date: " + MailDate.text(date))
        lines.append(
            "From: " + Self.encodedWords(senderName, after: "From: ".utf8.count) + " <" + Self.address(sender) + ">")
        lines.append("To: " + Self.address(letter.recipient))
        lines.append("Subject: " + Self.encodedWords(letter.subject, after: "Subject: ".utf8.count))
        lines.append("Message-ID: <\(id.text)@\(Self.address(host))>")
        lines.append("Auto-Submitted: auto-generated")
        lines.append("MIME-Version: 1.0")
        lines.append("Content-Type: text/plain; charset=utf-8")
        lines.append("Content-Transfer-Encoding: quoted-printable")
        lines.append("Content-Language: fr")
        return Array(lines.joined(separator: "\r\n").utf8) + Array("\r\n\r\n".utf8) + QuotedPrintable.body(letter.text)
    }

    /// Only what an address may hold: visible ASCII without the signs that structure a header.
    static func address(_ text: String) -> String {
        String(decoding: text.utf8.filter { $0 > 32 && $0 < 127 && !"<>(),;:\\\"[]".utf8.contains($0) }, as: UTF8.self)
    }

    /// RFC 2047: plain when the text is short and plain, else `=?utf-8?Q?…?=` words of at most 75 characters, folded.
    static func encodedWords(_ text: String, after used: Int) -> String {
        let clean = String(
            String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? " " : $0 }))
        let isPlain =
            clean.utf8.count + used <= 75 && clean.utf8.allSatisfy { isPlainByte($0) } && !clean.hasPrefix(" ")
            && !clean.hasSuffix(" ") && !clean.isEmpty
        if isPlain { return clean }
        var words: [String] = []
        var word = ""
        var room = 75 - used - 12
        for scalar in clean.unicodeScalars {
            let piece = Self.encoded(scalar)
            if word.utf8.count + piece.utf8.count > room {
                words.append(word)
                word = ""
                room = 75 - 1 - 12
            }
            word += piece
        }
        words.append(word)
        return words.map { "=?utf-8?Q?\($0)?=" }.joined(separator: "\r\n ")
    }

    /// What may stand unquoted in a phrase (RFC 5322 atext and spaces).
    private static func isPlainByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 97...122, 65...90, 48...57, 32: true
        default: "!#$%&'*+-/^_`{|}~".utf8.contains(byte)
        }
    }

    private static func encoded(_ scalar: Unicode.Scalar) -> String {
        switch scalar.value {
        case 97...122, 65...90, 48...57: return String(scalar)
        case 32: return "_"
        default: return String(scalar).utf8.map { QuotedPrintable.escape($0) }.joined()
        }
    }
}

/// RFC 2045, section 6.7.
enum QuotedPrintable {
    private static let hexadecimal = Array("0123456789ABCDEF".utf8)

    static func escape(_ byte: UInt8) -> String {
        String(decoding: [61, hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]], as: UTF8.self)
    }

    /// Lines of at most 76 characters ended by CR LF, whatever ends the lines of `text`.
    static func body(_ text: String) -> [UInt8] {
        var output: [UInt8] = []
        var column = 0
        let bytes = Array(text.utf8)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let next = index + 1 < bytes.count ? bytes[index + 1] : 10
            index += 1
            if byte == 13, next == 10 { continue }
            if byte == 10 || byte == 13 {
                output += [13, 10]
                column = 0
                continue
            }
            var piece = [byte]
            let isLast = next == 10 || next == 13
            let isPlain = (byte >= 33 && byte <= 126 && byte != 61) || ((byte == 32 || byte == 9) && !isLast)
            // A lone dot ends a message for SMTP, and "From " is changed by mailboxes.
            let isDelicate = column == 0 && (byte == 46 || byte == 70)
            if !isPlain || isDelicate { piece = [61, hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]] }
            if column + piece.count > 75 {
                output += [61, 13, 10]
                column = 0
            }
            output += piece
            column += piece.count
        }
        if column > 0 { output += [13, 10] }
        return output
    }
}
