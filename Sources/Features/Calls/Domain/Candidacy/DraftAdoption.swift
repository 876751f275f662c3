import Forms

/// What a new version of the form means for a draft: what stays, what was put in another form, what is to be answered (FRM-15).
public struct DraftAdoption: Sendable, Equatable {
    /// How many answers stay as they are.
    public let kept: Int
    /// Answers put in a new form, and questions asked otherwise whose answer stands.
    public let moved: [AnswerMigration.Note]
    /// New questions, and answers that no longer suit.
    public let toAnswer: [AnswerMigration.Note]
    /// Questions no longer asked.
    public let removed: [AnswerMigration.Note]

    public init(_ answers: Answers, from old: Form, to new: Form) {
        let migration = AnswerMigration(answers, from: old, to: new)
        let gone = migration.notes.filter { $0.kind == .removed }
        let review = migration.notes.filter { $0.kind == .toReview }
        moved = migration.notes.filter { $0.kind == .converted || $0.kind == .changed }
        toAnswer = migration.notes.filter { $0.kind == .added } + review
        removed = gone
        let disturbed = Set((gone + review).map(\.question))
        kept = answers.keys.filter { old.question($0) != nil && !disturbed.contains($0) }.count
    }
}
