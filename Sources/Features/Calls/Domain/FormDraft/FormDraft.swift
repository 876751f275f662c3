import Forms

/// The form of a call while it is being written, for one stage or for all: apart from what candidates answer, until it is filed.
public struct FormDraft: Sendable, Equatable {
    public typealias ID = Identifier<FormDraft>

    public let id: ID
    public let call: Call.ID
    /// A code of `ReferenceList.maturities`; empty for a form that serves all of them.
    public let maturity: String
    /// The version it was begun from; nil when it was begun from nothing.
    public let base: CallForm.ID?
    /// Counts the steps; an edit names the step it was thought on.
    public let version: Int
    public let step: FormDraftStep

    public var form: Form { step.form }
}

/// One step of a working copy: the form after it, what was done, by whom, and where undoing and redoing lead.
public struct FormDraftStep: Sendable, Equatable {
    public let version: Int
    public let form: Form
    /// French: « Question « Montant » ajoutée ».
    public let words: String
    /// The spot concerned, as `FormIssue.place` writes it.
    public let place: String
    /// The step that undoing comes back to; 0 when there is nothing to undo.
    public let former: Int
    /// The step that redoing comes back to; 0 when nothing was undone.
    public let later: Int
    public let at: Instant
    public let by: Principal.ID?
}

/// What whoever writes a form does to its working copy.
public enum FormDraftChange: Sendable, Equatable {
    case edit(FormEdit)
    case undo
    case redo
    /// Comes back to the form as it was after a step.
    case restore(Int)
}

/// A working copy after a change.
public struct FormDraftOutcome: Sendable, Equatable {
    public let draft: FormDraft
    /// Labels of what read something that was removed.
    public let orphans: [String]
    /// The steps that others made meanwhile, elsewhere in the form: the change was made on top of them.
    public let meanwhile: [FormDraftStep]
}
