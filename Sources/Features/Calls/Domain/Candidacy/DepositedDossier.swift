import Exchange
import Forms
import Storage

/// A deposit read back as it was frozen: its answers, its partners' parts, and what was found of the call's conditions.
public struct DepositedDossier: Sendable {
    public let deposit: CandidacyDeposit
    public let state: FormState
    public let parts: [CandidacyPart]
    public let eligibility: [EligibilityVerdict]

    /// Where the total of a computed question came from.
    public func figures(of question: Question) -> [PartFigure] {
        PartFigure.of(question, state.compiled.form, parts)
    }

    /// Nil for what came on paper. The one who asks may read the deposit.
    public static func read(
        _ deposit: CandidacyDeposit, of candidacy: Candidacy, shelf: CandidacyFormShelf, _ reader: Reader
    ) throws -> DepositedDossier? {
        guard candidacy.channel == .online, let form = try CallFormStore.form(deposit.form, reader) else { return nil }
        let place = try candidacy.place.flatMap { try PlaceStore.place(.house, $0, reader) }
        return try read(deposit, of: candidacy, form: form, place: place, shelf: shelf)
    }

    /// The same, of a form that was read already. Without the place, what its sheet said when it was deposited: it was frozen too.
    static func read(
        _ deposit: CandidacyDeposit, of candidacy: Candidacy, form: CallForm, place: Place? = nil,
        shelf: CandidacyFormShelf
    ) throws -> DepositedDossier {
        let frozen = try JSONValue.parse(Array(deposit.snapshot.utf8))
        var environment = CandidacyReview.environment(of: candidacy, place: place, at: deposit.arrival)
        CandidacySnapshot.restore(&environment, from: frozen)
        let parts = CandidacyPart.all(
            try CandidacySnapshot.partners(in: frozen, of: candidacy), try shelf.part(form), environment)
        let answers = try CandidacySnapshot.answers(in: deposit.snapshot)
        return DepositedDossier(
            deposit: deposit,
            state: FormState(
                try shelf.compiled(form), answers: parts.isEmpty ? answers : CandidacyPart.gathered(answers, parts),
                environment: environment),
            parts: parts,
            eligibility: (frozen["eligibility"]?.array ?? []).compactMap { EligibilityVerdict(json: $0) })
    }
}
