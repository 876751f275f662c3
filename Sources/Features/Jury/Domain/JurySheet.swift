/// What one juror thinks of one dossier: a note per criterion, and words.
public struct JurySheet: Sendable, Equatable {
    public typealias ID = Identifier<JurySheet>

    public let id: ID
    public let jury: Jury.ID
    /// The call of that jury: its seal names it.
    public let call: Call.ID
    public let member: JuryMember.ID
    public let candidacy: Candidacy.ID
    public var state: SheetState
    public var version: Int
    /// On the whole dossier: the sheet then counts for nothing.
    public var isAbstained: Bool
    public var notes: [JuryNote]
    public var comment: String
    public var savedAt: Instant
    public var finishedAt: Instant?
    public var reopenedAt: Instant?
    /// 32 random bytes in hexadecimal, chosen when the sheet is made final; empty before.
    public var salt: String
    /// SHA-256 of the canonical text, in hexadecimal; empty before.
    public var commitment: String

    public func note(on criterion: String) -> JuryNote? { notes.first { $0.criterion == criterion } }
}

/// What a sheet says on one criterion.
public struct JuryNote: Sendable, Equatable {
    public var criterion: String
    /// Nil while it is not given, and when the criterion does not concern the dossier.
    public var note: Int?
    /// False for « non concerné »: the criterion leaves the sheet, the others weigh more (JURY-10).
    public var isConcerned: Bool
    public var comment: String

    public init(_ criterion: String, _ note: Int?, isConcerned: Bool = true, comment: String = "") {
        self.criterion = criterion
        self.note = isConcerned ? note : nil
        self.isConcerned = isConcerned
        self.comment = comment
    }
}

/// Where a sheet stands, and what moves it: one table, pure.
public enum SheetState: String, Sendable, CaseIterable {
    case draft = "en_saisie"
    case locked = "definitive"

    public enum Event: String, Sendable, CaseIterable {
        case save, finish, reopen
    }

    /// The state after an event; nil when the event is refused. A sheet that is not there yet is saved, or finished at once.
    public static func after(_ event: Event, from state: SheetState?) -> SheetState? {
        switch (state, event) {
        case (nil, .save), (.draft, .save): .draft
        case (nil, .finish), (.draft, .finish): .locked
        case (.locked, .reopen): .draft
        case (.locked, .save), (.locked, .finish), (nil, .reopen), (.draft, .reopen): nil
        }
    }

    public var label: String {
        switch self {
        case .draft: "En saisie"
        case .locked: "Définitive"
        }
    }
}
