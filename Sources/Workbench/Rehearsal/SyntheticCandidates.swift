import Exchange
import Forms
import Maillage

/// People who do not exist and answer a call, for rehearsals, trials and measures: made by acts, as people would.
public struct SyntheticCandidates: Sendable {
    /// One of them, signed in, with a draft.
    public struct Person: Sendable {
        public let number: Int
        public let account: Account.ID
        /// The secret of the session's cookie.
        public let session: String
        public let candidacy: Candidacy.ID
        /// The version of the draft.
        public let version: Int
    }

    private let desk: Desk
    private let shelf: CandidacyFormShelf
    /// Distinguishes these from others made in the same network.
    private let series: String

    public init(desk: Desk, shelf: CandidacyFormShelf, series: String) {
        self.desk = desk
        self.shelf = shelf
        self.series = series
    }

    /// So many people with a draft each, which lacks nothing but files; `isFilled` false leaves the answers to be written.
    /// Throws what the acts refuse.
    public func make(_ count: Int, for call: Call, isFilled: Bool = true) async throws -> [Person] {
        guard let form = try await desk.database.read({ try CallFormStore.current(of: call.id, $0) }).first else {
            throw Problems("", "This call has no form.")
        }
        let sections = try Self.sections(
            of: shelf.compiled(form), maturity: form.maturity, now: desk.surroundings.now())
        return try await withThrowingTaskGroup(of: Person.self) { group in
            var people: [Person] = []
            for number in 0..<count {
                if number >= 32, let person = try await group.next() { people.append(person) }
                group.addTask { try await make(number, call, form.maturity, isFilled ? sections : []) }
            }
            for try await person in group { people.append(person) }
            return people.sorted { $0.number < $1.number }
        }
    }

    /// The fields that a person sends, section by section, for answers that the form accepts.
    public static func sections(
        of form: CompiledForm, maturity: String, now: Instant
    ) throws -> [(key: String, fields: [URLEncodedForm.Field])] {
        let environment = FormEnvironment(
            maturity: maturity.isEmpty ? nil : maturity, today: CivilZone.paris.local(now.microseconds).date)
        let answers = TestFilling.answers(form, environment: environment)
        return form.form.sections.map { section in
            let fields = section.questions.filter { answers[$0.key] != nil }.flatMap {
                FormFields.fields(of: $0, answers[$0.key])
            }
            return (section.key, fields)
        }.filter { !$0.fields.isEmpty }
    }

    private func make(
        _ number: Int, _ call: Call, _ maturity: String, _ sections: [(key: String, fields: [URLEncodedForm.Field])]
    ) async throws -> Person {
        let account = try await desk.perform(
            AddAccount(
                email: EmailAddress("candidat-\(series)-\(number)@essai.example"),
                name: PersonName("Candidat d’essai \(number)")), as: .house)
        let opened = try await desk.perform(OpenSession(account: account, device: "essai"), as: .house)
        let principal = Principal(account: account, name: "", grants: [])
        let begun = try await desk.perform(
            StartCandidacy(call: call.id, maturity: maturity, shelf: shelf), as: principal)
        var candidacy = try await desk.perform(
            DescribeCandidacy(
                candidacy: begun.id, version: begun.version, title: "Projet d’essai \(number)",
                structure: "Association d’essai \(number)", siret: ""), as: principal)
        for section in sections {
            candidacy = try await desk.perform(
                SaveCandidacy(
                    candidacy: candidacy.id, version: candidacy.version, section: section.key, fields: section.fields,
                    shelf: shelf), as: principal
            ).candidacy
        }
        return Person(
            number: number, account: account, session: opened.secret.text, candidacy: candidacy.id,
            version: candidacy.version)
    }
}
