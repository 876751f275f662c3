/// What one counted sheet gives a dossier, and what the sheets give together. Pure and exact (JURY-10, JURY-11).
enum JuryScore {
    /// A sheet as it counts: the notes of the criteria that concern the dossier.
    struct Sheet: Sendable, Equatable {
        var member: JuryMember.ID
        /// By code of criterion.
        var notes: [String: Int]
    }

    /// Σ weight × note ÷ maximum, over the sum of the weights that concern the dossier: 1 is the best. Nil when no criterion that
    /// weighs concerns it.
    static func share(of notes: [String: Int], on criteria: [JuryCriterion]) -> ExactShare? {
        var (sum, weight) = (ExactShare.zero, 0)
        for criterion in criteria {
            guard let note = notes[criterion.code] else { continue }
            sum = sum + ExactShare(criterion.weight * min(note, criterion.maximum), of: criterion.maximum)
            weight += criterion.weight
        }
        return weight == 0 ? nil : sum.divided(by: weight)
    }

    /// The mean of the sheets: each juror weighs the same.
    static func score(of sheets: [Sheet], on criteria: [JuryCriterion]) -> ExactShare? {
        ExactShare.mean(sheets.compactMap { share(of: $0.notes, on: criteria) })
    }

    /// The mean note on a criterion, among those it concerns; nil when it concerns none.
    static func mean(on criterion: JuryCriterion, of sheets: [Sheet]) -> ExactShare? {
        ExactShare.mean(sheets.compactMap { $0.notes[criterion.code] }.map { ExactShare($0, of: 1) })
    }

    /// The lowest and the highest of the sheets; nil with fewer than two.
    static func range(of sheets: [Sheet], on criteria: [JuryCriterion]) -> (low: ExactShare, high: ExactShare)? {
        let shares = sheets.compactMap { share(of: $0.notes, on: criteria) }
        guard shares.count > 1, let low = shares.min(), let high = shares.max() else { return nil }
        return (low, high)
    }

    /// JURY-15: whether two sheets are more than so many points of 100 apart.
    static func isDispersed(_ sheets: [Sheet], on criteria: [JuryCriterion], beyond points: Int) -> Bool {
        guard let range = range(of: sheets, on: criteria) else { return false }
        return range.high > range.low + ExactShare(points, of: 100)
    }
}
