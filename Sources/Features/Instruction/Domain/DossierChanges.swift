import Forms
import Storage

/// What the same people changed between an earlier wave of the call and this dossier: two dossiers as they stand, question by
/// question.
public struct DossierChanges: Sendable {
    /// The dossier of the earlier wave.
    public let former: Instruction
    public let before: FormState
    public let after: FormState
    /// The questions of today's form that are not answered alike, in its order; computed ones follow from others and are left out.
    public let questions: [Question]

    /// Nil without a dossier of an earlier wave that the principal may see, or when one of the two came on paper.
    ///
    /// - Parameter others: the dossiers of the same people, as `DossierSurroundings` finds them.
    public static func of(
        _ dossier: InstructionDossier, among others: [Instruction], _ principal: Principal, at now: Instant,
        shelf: CandidacyFormShelf, _ reader: Reader
    ) throws -> DossierChanges? {
        let call = dossier.call
        guard let after = dossier.standing, let wave = call.wave(dossier.instruction.wave) else { return nil }
        func closing(_ one: Instruction) -> Instant? { call.wave(one.wave)?.closesAt }
        let earlier = others.filter { one in
            one.call == call.id && closing(one).map { $0 < wave.closesAt } == true
        }
        guard let former = earlier.max(by: { (closing($0) ?? now, $0.number) < (closing($1) ?? now, $1.number) }) else {
            return nil
        }
        let opened = try InstructionDossier.open(principal, former.candidacy, at: now, shelf: shelf, reader)
        guard let before = opened.standing else { return nil }
        return DossierChanges(
            former: former, before: before, after: after,
            questions: after.compiled.form.sections.flatMap(\.questions).filter { question in
                if case .computed = question.kind { return false }
                return !isAlike(before.answers[question.key], after.answers[question.key])
            })
    }

    /// The same document attached again is another file of the same name and size.
    private static func isAlike(_ before: AnswerValue?, _ after: AnswerValue?) -> Bool {
        if case .files(let former) = before, case .files(let latter) = after {
            return former.map { [$0.name, "\($0.bytes)"] } == latter.map { [$0.name, "\($0.bytes)"] }
        }
        if before?.isEmpty != false, after?.isEmpty != false { return true }
        return before == after
    }
}
