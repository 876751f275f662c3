import Exchange
import Storage

/// All that a deposit says, made ready before its turn to write: the final act compares versions instead of reading and
/// evaluating everything again while other depositors wait.
///
/// What the registers said of the conditions (zonings, legal form) is evidence as it was read with the review.
public struct DepositPreparation: Sendable {
    let review: CandidacyReview
    let files: [Receipt.File]
    let shortfalls: [CandidacyShortfall]
    /// Empty while something is missing.
    let snapshot: String
    let fingerprint: Fingerprint

    /// Of a review, and of the files that its answers name at the same moment.
    public init(_ review: CandidacyReview, files: [Receipt.File]) throws {
        self.review = review
        self.files = files
        shortfalls = review.shortfalls
        snapshot =
            shortfalls.isEmpty
            ? try CandidacySnapshot.text(
                of: review, eligibility: review.eligibility.map { EligibilityVerdict($0) }, files: files) : ""
        fingerprint = Fingerprint(of: snapshot.utf8)
    }

    /// Of a candidacy as its people read it.
    public static func of(_ dossier: CandidacyDossier, _ reader: Reader) throws -> DepositPreparation {
        try DepositPreparation(dossier.review, files: try CandidacyFileStore.deposited(of: dossier.review, reader))
    }

    /// Of a candidacy as it is, read on the spot.
    static func read(
        _ candidacy: Candidacy, call: Call, at arrival: Instant, shelf: CandidacyFormShelf, _ reader: Reader
    ) throws -> DepositPreparation {
        let review = try CandidacyReview.of(candidacy, call: call, at: arrival, shelf: shelf, reader)
        return try DepositPreparation(review, files: try CandidacyFileStore.deposited(of: review, reader))
    }

    /// Whether nothing changed of what it was made of: the candidacy, its call, its form, its partners, its files, the day.
    func stands(for candidacy: Candidacy.ID, at arrival: Instant, _ reader: Reader) throws -> Bool {
        guard review.candidacy.id == candidacy, review.newerForm == nil,
            review.state.environment.today == CivilZone.paris.local(arrival.microseconds).date,
            try CandidacyStore.isUnchanged(review.candidacy, reader), try CallStore.isUnchanged(review.call, reader),
            try CandidacyPartnerStore.areUnchanged(review.partners, of: candidacy, reader)
        else { return false }
        let current = try CallFormStore.currentPrint(of: review.call.id, maturity: review.candidacy.maturity, reader)
        guard current == nil || current?.id == review.form.id || current?.digest == review.form.digest else {
            return false
        }
        return try CandidacyFileStore.deposited(of: review, reader) == files
    }
}
