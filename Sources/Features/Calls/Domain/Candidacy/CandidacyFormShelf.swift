import Forms
import Synchronization

/// The forms of calls made ready to be evaluated. A version never changes, so it is made ready once and shared.
public final class CandidacyFormShelf: Sendable {
    private struct Sides: Sendable {
        let lead: CompiledForm
        let part: CompiledForm?
        let zonings: Set<String>
    }

    private let kept = Mutex<[CallForm.ID: Sides]>([:])
    private let capacity = 64

    public init() {}

    /// What the lead answers of a call's form, ready. Throws when its text is not a form that holds together: it was checked when
    /// it was written.
    public func compiled(_ form: CallForm) throws -> CompiledForm { try sides(form).lead }

    /// What each partner answers of it, ready; nil when no section is answered by partners.
    public func part(_ form: CallForm) throws -> CompiledForm? { try sides(form).part }

    /// The zonings its conditions name.
    public func zonings(_ form: CallForm) throws -> Set<String> { try sides(form).zonings }

    private func sides(_ form: CallForm) throws -> Sides {
        if let known = kept.withLock({ $0[form.id] }) { return known }
        let read = try FormFile.read(Array(form.definition.utf8))
        let sides = Sides(
            lead: try CompiledForm(read), part: try read.partForm.map { try CompiledForm($0) },
            zonings: read.zoningNames)
        kept.withLock { kept in
            if kept.count >= capacity { kept.removeAll() }
            kept[form.id] = sides
        }
        return sides
    }
}
