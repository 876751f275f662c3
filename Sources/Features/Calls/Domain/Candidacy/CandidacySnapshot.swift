import Exchange
import Forms

/// What is frozen of a candidacy when it is deposited, as one canonical JSON text whose SHA-256 stands on the receipt.
///
/// Answers to hidden questions stay in the draft: they were not asked, they are not deposited.
enum CandidacySnapshot {
    static let format = "maillage-candidacy-1"

    static func text(
        of candidacy: Candidacy, call: Call, form: CallForm, state: FormState, partners: [CandidacyPartner],
        files: [Receipt.File]
    ) throws -> String {
        var shown = Answers()
        for key in candidacy.answers.keys where state.isShown(key) { shown[key] = candidacy.answers[key] }
        let value = JSONValue.object(
            JSONObject([
                .init("format", .string(format)), .init("candidacy", .string(candidacy.id.text)),
                .init("version", .number(JSONNumber(candidacy.version))), .init("call", .string(call.slug)),
                .init("title", .string(candidacy.title)), .init("structure", .string(candidacy.structure)),
                .init("siret", .string(candidacy.siret)), .init("maturity", .string(candidacy.maturity)),
                .init(
                    "form",
                    .object(
                        JSONObject([
                            .init("id", .string(form.id.text)), .init("version", .number(JSONNumber(form.version))),
                            .init("sha256", .string(form.digest)),
                        ]))),
                .init("answers", try JSONValue.parse(shown.document())),
                .init("partners", .array(try partners.filter { $0.state != .left }.map(partner))),
                .init("files", .array(files.map(file))),
            ]))
        return String(decoding: try CanonicalJSON.bytes(of: value), as: UTF8.self)
    }

    private static func partner(_ partner: CandidacyPartner) throws -> JSONValue {
        .object(
            JSONObject([
                .init("id", .string(partner.id.text)), .init("name", .string(partner.name)),
                .init("state", .string(partner.state.rawValue)),
                .init("answers", try JSONValue.parse(partner.answers.document())),
            ]))
    }

    private static func file(_ file: Receipt.File) -> JSONValue {
        .object(
            JSONObject([
                .init("name", .string(file.name)), .init("size", .number(JSONNumber(file.size))),
                .init("sha256", .string(file.fingerprint.text)),
            ]))
    }

    /// The answers of a snapshot, for those who read the deposit.
    static func answers(in snapshot: String) throws -> Answers {
        let value = try JSONValue.parse(Array(snapshot.utf8))
        guard let answers = value["answers"] else { return Answers() }
        return try Answers(document: JSONWriter.bytes(of: answers))
    }
}
