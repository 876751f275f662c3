import Exchange

/// The receipt as signed: canonical JSON (`CanonicalJSON`), members in English, instants in universal time.
extension Receipt {
    /// The name of the format, and its version.
    public static let format = "maillage-receipt-1"
    /// The longest receipt, in bytes, and the most files on one.
    public static let longest = 512 * 1_024
    public static let mostFiles = 1_000

    /// The exact bytes that are signed. Throws when a number is beyond what JSON keeps.
    public func canonicalBytes() throws(CanonicalJSON.Problem) -> [UInt8] {
        try CanonicalJSON.bytes(of: json)
    }

    var json: JSONValue {
        .object(
            JSONObject([
                .init("format", .string(Self.format)), .init("id", Self.text(id)), .init("number", Self.number(number)),
                .init(
                    "issuer",
                    .object(
                        JSONObject([
                            .init("network", Self.text(network)), .init("address", Self.text(address)),
                        ]))),
                .init("call", callJSON),
                .init(
                    "candidacy",
                    .object(
                        JSONObject([
                            .init("id", Self.text(candidacy)), .init("version", Self.number(version)),
                        ]))),
                .init("depositor", Self.text(depositor)), .init("structure", Self.text(structure)),
                .init("channel", .string(channel.rawValue)),
                .init(
                    "arrival",
                    .object(
                        JSONObject([
                            .init("instant", .string(ReceiptInstant.text(arrival))),
                            .init("words", Self.text(arrivalWords)),
                        ]))),
                .init("deadline", limit.map(Self.json) ?? .null),
                .init("verdict", .string(verdict.rawValue)),
                .init("attachments", .array(files.map(Self.json))),
                .init("answers_sha256", .string(answersFingerprint.text)),
                .init("document_sha256", Self.fingerprint(documentFingerprint)),
                .init("legal", legal.map(Self.json) ?? .null),
                .init("previous_head", Self.fingerprint(previousHead)),
                .init("issued_at", .string(ReceiptInstant.text(issuedAt))), .init("key", .string(key)),
            ]))
    }

    private var callJSON: JSONValue {
        .object(
            JSONObject([
                .init("slug", Self.text(call.slug)), .init("title", Self.text(call.title)),
                .init("rules_version", Self.number(call.rulesVersion)),
                .init("rules_sha256", .string(call.rulesFingerprint.text)), .init("wave", Self.text(call.wave)),
            ]))
    }

    private static func json(_ limit: Limit) -> JSONValue {
        .object(
            JSONObject([
                .init("instant", .string(ReceiptInstant.text(limit.instant))), .init("zone", text(limit.zone)),
                .init("words", text(limit.words)),
            ]))
    }

    private static func json(_ file: File) -> JSONValue {
        .object(
            JSONObject([
                .init("name", text(file.name)), .init("size", number(file.size)),
                .init("sha256", .string(file.fingerprint.text)),
            ]))
    }

    private static func json(_ legal: LegalMentions) -> JSONValue {
        .object(
            JSONObject([
                .init("service", text(legal.service)), .init("postal_address", text(legal.postalAddress)),
                .init("email", text(legal.email)), .init("phone", text(legal.phone)),
                .init("silence", text(legal.silence)), .init("appeal", text(legal.appeal)),
            ]))
    }

    private static func number(_ value: Int) -> JSONValue { .number(JSONNumber(value)) }

    /// In form C, which what is pasted in a page is put in as well; U+0000, which JSON readers refuse, is left out.
    private static func text(_ text: String) -> JSONValue {
        let composed = ComposedText.nfc(text)
        guard composed.utf8.contains(0) else { return .string(composed) }
        return .string(String(String.UnicodeScalarView(composed.unicodeScalars.filter { $0.value != 0 })))
    }

    private static func text(_ text: String?) -> JSONValue { text.map { Self.text($0) } ?? .null }

    private static func fingerprint(_ fingerprint: Fingerprint?) -> JSONValue {
        fingerprint.map { .string($0.text) } ?? .null
    }
}
