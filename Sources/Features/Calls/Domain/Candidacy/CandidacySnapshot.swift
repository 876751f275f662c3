import Exchange
import Forms

/// What is frozen of a candidacy when it is deposited, as one canonical JSON text whose SHA-256 stands on the receipt.
///
/// Answers to hidden questions stay in the draft: they were not asked, they are not deposited.
enum CandidacySnapshot {
    static let format = "maillage-candidacy-1"

    static func text(
        of review: CandidacyReview, eligibility: [EligibilityVerdict], files: [Receipt.File]
    ) throws -> String {
        let (candidacy, call, form) = (review.candidacy, review.call, review.form)
        let shown = asked(candidacy.answers, review.state)
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
                .init("answers", shown.json),
                .init(
                    "partners", .array(try review.partners.filter { $0.state != .left }.map { try partner($0, review) })
                ),
                .init("eligibility", .array(eligibility.map(\.json))),
                .init("environment", environment(review.state.environment)),
                .init("files", .array(files.map(file))),
            ]))
        return String(decoding: try CanonicalJSON.bytes(of: value), as: UTF8.self)
    }

    /// What was asked, and answered: answers to hidden questions stay in the draft.
    private static func asked(_ answers: Answers, _ state: FormState) -> Answers {
        var asked = Answers()
        for key in answers.keys where state.isShown(key) { asked[key] = answers[key] }
        return asked
    }

    private static func partner(_ partner: CandidacyPartner, _ review: CandidacyReview) throws -> JSONValue {
        let answers = review.part(of: partner.id).map { asked(partner.answers, $0.state) } ?? partner.answers
        return .object(
            JSONObject([
                .init("id", .string(partner.id.text)), .init("name", .string(partner.name)),
                .init("state", .string(partner.state.rawValue)),
                .init("answers", answers.json),
            ]))
    }

    private static func file(_ file: Receipt.File) -> JSONValue {
        .object(
            JSONObject([
                .init("name", .string(file.name)), .init("size", .number(JSONNumber(file.size))),
                .init("sha256", .string(file.fingerprint.text)),
            ]))
    }

    /// What the form read besides answers: the same questions must be shown when the deposit is read again, whatever registers say
    /// then.
    private static func environment(_ environment: FormEnvironment) -> JSONValue {
        .object(
            JSONObject([
                .init("legal_form", .string(environment.legalForm ?? "")),
                .init("place_commune", .string(environment.placeCommune ?? "")),
                .init(
                    "zonings",
                    .object(
                        JSONObject(
                            environment.zonings.keys.sorted().map { name in
                                .init(name, .array((environment.zonings[name] ?? []).sorted().map { .string($0) }))
                            }))),
            ]))
    }

    static func restore(_ environment: inout FormEnvironment, from snapshot: JSONValue) {
        guard let frozen = snapshot["environment"] else { return }
        let legalForm = frozen["legal_form"]?.string ?? ""
        environment.legalForm = legalForm.isEmpty ? nil : legalForm
        let commune = frozen["place_commune"]?.string ?? ""
        environment.placeCommune = commune.isEmpty ? nil : commune
        for member in frozen["zonings"]?.object?.members ?? [] {
            environment.zonings[member.name] = Set((member.value.array ?? []).compactMap(\.string))
        }
    }

    /// The partners of a snapshot, with what they answered.
    static func partners(in snapshot: JSONValue, of candidacy: Candidacy) throws -> [CandidacyPartner] {
        try (snapshot["partners"]?.array ?? []).compactMap { item in
            guard let id = CandidacyPartner.ID(text: item["id"]?.string ?? ""), let name = item["name"]?.string else {
                return nil
            }
            let answers = try item["answers"].map { try Answers(document: JSONWriter.bytes(of: $0)) } ?? Answers()
            return CandidacyPartner(
                id: id, candidacy: candidacy.id, name: name,
                state: CandidacyPartner.State(rawValue: item["state"]?.string ?? "") ?? .committed, version: 1,
                answers: answers)
        }
    }

    /// The documents that a snapshot names: question by question, the lead's and then each partner's.
    static func files(in snapshot: String) throws -> [(partner: CandidacyPartner.ID?, key: String, files: [AnswerFile])]
    {
        let value = try JSONValue.parse(Array(snapshot.utf8))
        var found: [(partner: CandidacyPartner.ID?, key: String, files: [AnswerFile])] = []
        func add(_ document: JSONValue?, of partner: CandidacyPartner.ID?) throws {
            guard let document else { return }
            let answers = try Answers(document: JSONWriter.bytes(of: document))
            for key in answers.keys {
                if case .files(let files) = answers[key] { found.append((partner, key, files)) }
            }
        }
        try add(value["answers"], of: nil)
        for item in value["partners"]?.array ?? [] {
            try add(item["answers"], of: CandidacyPartner.ID(text: item["id"]?.string ?? ""))
        }
        return found
    }

    /// The answers of a snapshot, for those who read the deposit.
    static func answers(in snapshot: String) throws -> Answers {
        let value = try JSONValue.parse(Array(snapshot.utf8))
        guard let answers = value["answers"] else { return Answers() }
        return try Answers(document: JSONWriter.bytes(of: answers))
    }
}
