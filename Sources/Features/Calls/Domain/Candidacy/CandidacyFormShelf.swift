import Forms
import Synchronization

/// The forms of calls made ready to be evaluated. A version never changes, so it is made ready once and shared.
public final class CandidacyFormShelf: Sendable {
    private let kept = Mutex<[CallForm.ID: CompiledForm]>([:])
    private let capacity = 64

    public init() {}

    /// The form of a call, ready. Throws when its text is not a form that holds together: it was checked when it was written.
    public func compiled(_ form: CallForm) throws -> CompiledForm {
        if let known = kept.withLock({ $0[form.id] }) { return known }
        let compiled = try CompiledForm(FormFile.read(Array(form.definition.utf8)))
        kept.withLock { kept in
            if kept.count >= capacity { kept.removeAll() }
            kept[form.id] = compiled
        }
        return compiled
    }
}
