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
        /// What they have to write, or have written.
        public let filling: Filling
    }

    /// Answers that a form accepts, as a person sends them.
    public struct Filling: Sendable {
        public let maturity: String
        /// Section by section; those without a field are left out.
        public let sections: [(key: String, fields: [URLEncodedForm.Field])]
        /// The questions that are shown, and those that are not.
        public let shown: Set<String>
        public let hidden: Set<String>
        /// The documents that must be attached, which acts alone do not bring: they are to be sent.
        public let documents: [Document]
        /// Questions that prevent the deposit: what they ask for cannot be made up.
        public let blocked: [String]
    }

    /// A document made up for a question.
    public struct Document: Sendable {
        public let question: String
        public let name: String
        public let bytes: [UInt8]

        /// Nil when the question takes none of the kinds that are made here.
        init?(_ question: String, _ rules: AttachmentRules) {
            let text = "Document d'essai"
            if rules.accepted.contains(.pdf) {
                (name, bytes) = ("essai.pdf", SampleDocuments.pdf("Essai", Array(repeating: text, count: 400)))
            } else if rules.accepted.contains(.png) {
                (name, bytes) = ("essai.png", SampleDocuments.png)
            } else if rules.accepted.contains(.odt), let odt = try? SampleDocuments.odt(text) {
                (name, bytes) = ("essai.odt", odt)
            } else if rules.accepted.contains(.ods), let ods = try? SampleDocuments.ods(text) {
                (name, bytes) = ("essai.ods", ods)
            } else {
                return nil
            }
            self.question = question
        }
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

    /// Several ways to answer each form of a call; only those that may be deposited, unless none may. Throws when it has no form.
    public func fillings(of call: Call, variants: Int = 4) async throws -> [Filling] {
        let forms = try await desk.database.read { try CallFormStore.current(of: call.id, $0) }
        guard !forms.isEmpty else { throw Problems("", "This call has no form.") }
        let today = CivilZone.paris.local(desk.surroundings.now().microseconds).date
        let all = try forms.flatMap { form in
            let compiled = try shelf.compiled(form)
            return (0..<variants).map { Self.filling(compiled, maturity: form.maturity, today: today, variant: $0) }
        }
        let good = all.filter(\.blocked.isEmpty)
        return good.isEmpty ? all : good
    }

    /// So many people with a draft each, to which its documents are still to be attached. Throws what the acts refuse.
    ///
    /// - Parameter isFilled: whose draft is written; the others have theirs to write.
    public func make(
        _ count: Int, for call: Call, isFilled: @escaping @Sendable (_ number: Int) -> Bool = { _ in true }
    ) async throws -> [Person] {
        let fillings = try await fillings(of: call)
        return try await withThrowingTaskGroup(of: Person.self) { group in
            var people: [Person] = []
            for number in 0..<count {
                if number >= 32, let person = try await group.next() { people.append(person) }
                group.addTask {
                    try await make(number, call, fillings[number % fillings.count], isFilled: isFilled(number))
                }
            }
            for try await person in group { people.append(person) }
            return people.sorted { $0.number < $1.number }
        }
    }

    private static func filling(
        _ form: CompiledForm, maturity: String, today: CivilDate, variant: Int
    ) -> Filling {
        let environment = FormEnvironment(maturity: maturity.isEmpty ? nil : maturity, today: today)
        let answers = TestFilling.answers(form, environment: environment, variant: variant)
        let state = FormState(form, answers: answers, environment: environment)
        let sections = form.form.sections.map { section in
            let fields = section.questions.filter { answers[$0.key] != nil }.flatMap {
                FormFields.fields(of: $0, answers[$0.key])
            }
            return (section.key, fields)
        }
        let keys = form.form.questions.map(\.key)
        var documents: [Document] = []
        var blocked = state.problems.filter { $0.severity == .blocking }.map(\.question)
        for question in form.form.questions {
            guard case .attachment(let rules) = question.kind, state.isShown(question.key),
                state.isRequired(question.key)
            else { continue }
            if let document = Document(question.key, rules) {
                documents.append(document)
            } else {
                blocked.append(question.key)
            }
        }
        return Filling(
            maturity: maturity, sections: sections.filter { !$0.1.isEmpty }, shown: Set(keys.filter(state.isShown)),
            hidden: Set(keys.filter { !state.isShown($0) }), documents: documents, blocked: blocked)
    }

    private func make(_ number: Int, _ call: Call, _ filling: Filling, isFilled: Bool) async throws -> Person {
        let account = try await desk.perform(
            AddAccount(
                email: EmailAddress("candidat-\(series)-\(number)@essai.example"),
                name: PersonName("Candidat d’essai \(number)")), as: .house)
        let opened = try await desk.perform(OpenSession(account: account, device: "essai"), as: .house)
        let principal = Principal(account: account, name: "", grants: [])
        let begun = try await desk.perform(
            StartCandidacy(call: call.id, maturity: filling.maturity, shelf: shelf), as: principal)
        var candidacy = try await desk.perform(
            DescribeCandidacy(
                candidacy: begun.id, version: begun.version, title: "Projet d’essai \(number)",
                structure: "Association d’essai \(number)", siret: ""), as: principal)
        for section in isFilled ? filling.sections : [] {
            candidacy = try await desk.perform(
                SaveCandidacy(
                    candidacy: candidacy.id, version: candidacy.version, section: section.key, fields: section.fields,
                    shelf: shelf), as: principal
            ).candidacy
        }
        return Person(
            number: number, account: account, session: opened.secret.text, candidacy: candidacy.id,
            version: candidacy.version, filling: filling)
    }
}
