import Storage

/// What one table keeps, why, of whom, for how long, and what becomes of it: written once beside the code of its room, and read by the
/// retention job, the privacy page, the processing register and the tests (PRIV-1).
public struct DataDeclaration: Sendable {
    public let table: String
    public let processing: Processing
    /// In French, as the privacy page says it.
    public let purpose: String
    /// Empty when no row says anything of anybody.
    public let people: [People]
    /// The columns that say something of somebody, by their words or by the account they name.
    public let naming: [String]
    /// The columns of text that do not.
    public let other: [String]
    public let term: Term
    public let closing: Closing
    public let export: Export

    public init(
        _ table: String, _ processing: Processing, _ purpose: String, of people: [People], naming: [String],
        other: [String], term: Term, closing: Closing, export: Export
    ) {
        self.table = table
        self.processing = processing
        self.purpose = purpose
        self.people = people
        self.naming = naming
        self.other = other
        self.term = term
        self.closing = closing
        self.export = export
    }

    /// A table that says nothing of anybody.
    public init(_ table: String, _ processing: Processing, _ purpose: String, other: [String]) {
        self.init(
            table, processing, purpose, of: [], naming: [], other: other, term: .impersonal, closing: .nothing,
            export: .nothing)
    }

    /// How many rows are past their term: what the retention job brings to zero.
    public func overdue(at now: Instant, _ reader: Reader) throws -> Int {
        guard let (delay, since) = term.limit else { return 0 }
        return try reader.count(
            """
            SELECT COUNT(*)
            FROM \(SQL(stringLiteral: table))
            WHERE \(since.when)
                AND \(since.instant) < \(now - delay.span)
            """)
    }
}

extension DataDeclaration {
    /// Whose data it is.
    public enum People: String, Sendable, CaseIterable {
        case members, visitors, candidates, agents, correspondents, contacts

        public var label: String {
            switch self {
            case .members: "personnes qui ont un compte"
            case .visitors: "personnes qui passent sans compte"
            case .candidates: "personnes qui candidatent, leurs partenaires et leurs équipes"
            case .agents: "personnes qui organisent, instruisent, siègent ou financent"
            case .correspondents: "personnes à qui un courriel est envoyé"
            case .contacts: "personnes que les fiches des lieux citent"
            }
        }
    }

    /// How long, in days or in months of 365/12 days.
    public enum Delay: Sendable, Equatable {
        case days(Int64)
        case months(Int64)

        public var span: Instant.Span {
            switch self {
            case .days(let count): .days(count)
            case .months(let count): .hours(count * 730)
            }
        }

        /// « 3 mois », « 14 jours ».
        public var words: String {
            switch self {
            case .days(let count): count == 1 ? "1\u{A0}jour" : "\(count)\u{A0}jours"
            case .months(let count): count % 12 == 0 ? years(count / 12) : "\(count)\u{A0}mois"
            }
        }

        private func years(_ count: Int64) -> String { count == 1 ? "1\u{A0}an" : "\(count)\u{A0}ans" }
    }

    /// The moment a term counts from, as SQL over a row of the table and in words.
    public struct Since: Sendable {
        /// An instant in microseconds.
        public let instant: SQL
        public let words: String
        /// The rows that the term concerns.
        public let when: SQL

        public init(_ instant: SQL, _ words: String, when: SQL = "1 = 1") {
            self.instant = instant
            self.words = words
            self.when = when
        }
    }

    /// How long a row is kept, and what is done then.
    public enum Term: Sendable {
        case impersonal
        /// As long as the row of another table that it hangs on.
        case with(String)
        /// The row is erased.
        case erased(after: Delay, since: Since)
        /// The row stays, what names somebody is erased from it.
        case unnamed(after: Delay, since: Since)
        /// Kept, for a reason of law or of proof.
        case kept(String)

        public var limit: (Delay, Since)? {
            switch self {
            case .erased(let delay, let since), .unnamed(let delay, let since): (delay, since)
            case .impersonal, .with, .kept: nil
            }
        }
    }

    /// What becomes of a person's rows when they close their account.
    public enum Closing: Sendable, Equatable {
        case nothing
        case erased
        /// The row stays, and names « Ancien membre ».
        case unnamed
        case kept(String)
    }

    /// Where a person finds it in the file of their data.
    public enum Export: Sendable, Equatable {
        case nothing
        /// Under this name at the top of the JSON.
        case under(String)
        case absent(String)
    }
}
