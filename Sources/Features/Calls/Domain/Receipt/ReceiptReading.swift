import Exchange

extension Receipt {
    /// Reads a receipt that its format allows; nil when a member is missing, unknown, or not what it must be.
    ///
    /// Strict by construction: what was read is written again, and must be the same.
    public init?(json value: JSONValue) {
        guard let bytes = try? CanonicalJSON.bytes(of: value) else { return nil }
        self.init(json: value, writtenAs: bytes)
    }

    /// The same, when the canonical bytes of the value are known.
    init?(json value: JSONValue, writtenAs bytes: [UInt8]) {
        guard value["format"]?.string == Self.format, let id = value["id"]?.string,
            let number = value["number"]?.int, number > 0,
            let network = value["issuer"]?["network"]?.string, let address = value["issuer"]?["address"]?.string,
            let call = value["call"].flatMap(Call.init(json:)),
            let candidacy = value["candidacy"]?["id"]?.string,
            let version = value["candidacy"]?["version"]?.int, version > 0,
            let depositor = value["depositor"]?.string,
            let channel = value["channel"]?.string.flatMap(Channel.init),
            let arrival = value["arrival"]?["instant"]?.string.flatMap(ReceiptInstant.read),
            let arrivalWords = value["arrival"]?["words"]?.string,
            let verdict = value["verdict"]?.string.flatMap(Verdict.init),
            let items = value["attachments"]?.array, items.count <= Self.mostFiles,
            let answers = value["answers_sha256"]?.string.flatMap(Fingerprint.init(text:)),
            let issuedAt = value["issued_at"]?.string.flatMap(ReceiptInstant.read),
            let key = value["key"]?.string
        else { return nil }
        let files = items.compactMap(File.init(json:))
        guard files.count == items.count else { return nil }
        self.init(
            id: id, number: number, network: network, address: address, call: call, candidacy: candidacy,
            version: version, depositor: depositor, structure: value["structure"]?.string, arrival: arrival,
            deadline: nil, files: files, answersFingerprint: answers, issuedAt: issuedAt)
        self.channel = channel
        self.arrivalWords = arrivalWords
        self.verdict = verdict
        limit = value["deadline"].flatMap(Limit.init(json:))
        documentFingerprint = value["document_sha256"]?.string.flatMap(Fingerprint.init(text:))
        legal = value["legal"].flatMap(LegalMentions.init(json:))
        previousHead = value["previous_head"]?.string.flatMap(Fingerprint.init(text:))
        self.key = key
        guard (try? canonicalBytes()) == bytes else { return nil }
    }
}

extension Receipt.Call {
    init?(json value: JSONValue) {
        guard let slug = value["slug"]?.string, let title = value["title"]?.string,
            let version = value["rules_version"]?.int,
            let fingerprint = value["rules_sha256"]?.string.flatMap(Fingerprint.init(text:))
        else { return nil }
        self.init(
            slug: slug, title: title, rulesVersion: version, rulesFingerprint: fingerprint,
            wave: value["wave"]?.string)
    }
}

extension Receipt.File {
    init?(json value: JSONValue) {
        guard let name = value["name"]?.string, let size = value["size"]?.int, size >= 0,
            let fingerprint = value["sha256"]?.string.flatMap(Fingerprint.init(text:))
        else { return nil }
        self.init(name: name, size: size, fingerprint: fingerprint)
    }
}

extension Receipt.Limit {
    init?(json value: JSONValue) {
        guard let instant = value["instant"]?.string.flatMap(ReceiptInstant.read), let zone = value["zone"]?.string,
            let words = value["words"]?.string
        else { return nil }
        self.init(instant: instant, zone: zone, words: words)
    }
}

extension LegalMentions {
    init?(json value: JSONValue) {
        guard let service = value["service"]?.string, let postal = value["postal_address"]?.string,
            let email = value["email"]?.string, let phone = value["phone"]?.string,
            let silence = value["silence"]?.string
        else { return nil }
        self.init(
            service: service, postalAddress: postal, email: email, phone: phone, silence: silence,
            appeal: value["appeal"]?.string)
    }
}

/// Instants of receipts: `2020-10-16T21:41:07.123000Z`, always with six decimals, so that comparing the texts compares the
/// instants.
enum ReceiptInstant {
    static func text(_ instant: Instant) -> String {
        let time = CivilZone.utc.local(instant.microseconds)
        return "\(time).\(String(time.microsecond + 1_000_000).dropFirst())Z"
    }

    static func read(_ text: String) -> Instant? {
        let bytes = Array(text.utf8)
        guard bytes.count == 27, bytes[10] == UInt8(ascii: "T"), bytes[26] == UInt8(ascii: "Z"),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"), bytes[19] == UInt8(ascii: "."),
            let date = CivilDate(iso: text.prefix(10)),
            let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]), let second = number(bytes[17..<19]),
            let microsecond = number(bytes[20..<26]),
            let time = CivilTime(date, hour: hour, minute: minute, second: second, microsecond: microsecond)
        else { return nil }
        return Instant(microseconds: CivilZone.utc.utc(of: time))
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for digit in digits {
            guard digit >= 48, digit <= 57 else { return nil }
            value = value * 10 + Int(digit - 48)
        }
        return value
    }
}
