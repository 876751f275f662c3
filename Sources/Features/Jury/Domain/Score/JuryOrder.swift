/// Dossiers from the best score to the lowest, with what separates those of equal score. Pure (JURY-12).
///
/// Equal scores are told apart by the criteria in the order of the grid: the first on which all those of the group were noted and
/// differ. What no criterion separates is « ex æquo » and shares its rank.
struct JuryOrder: Sendable, Equatable {
    struct Dossier: Sendable {
        var id: Candidacy.ID
        var sheets: [JuryScore.Sheet]
    }

    struct Place: Sendable, Equatable {
        let id: Candidacy.ID
        let score: ExactShare
        /// 1, 1, 3: those ex æquo share theirs.
        let rank: Int
        let tie: JuryTie?
    }

    let places: [Place]
    /// Without a counted sheet: no score, no rank, in the order they were given.
    let unscored: [Candidacy.ID]

    init(_ dossiers: [Dossier], on criteria: [JuryCriterion]) {
        var scored: [(dossier: Dossier, score: ExactShare)] = []
        var unscored: [Candidacy.ID] = []
        for var dossier in dossiers {
            dossier.sheets.removeAll { JuryScore.share(of: $0.notes, on: criteria) == nil }
            if let score = JuryScore.score(of: dossier.sheets, on: criteria) {
                scored.append((dossier, score))
            } else {
                unscored.append(dossier.id)
            }
        }
        // Stable by the order given: those ex æquo keep it.
        let sorted = scored.enumerated().sorted {
            $0.element.score != $1.element.score
                ? $0.element.score > $1.element.score : $0.offset < $1.offset
        }.map(\.element)
        var places: [Place] = []
        var rest = sorted[...]
        while let first = rest.first {
            let group = rest.prefix { $0.score == first.score }
            rest = rest.dropFirst(group.count)
            let equals = group.map(\.dossier)
            for settled in Self.separated(equals, on: criteria[...], steps: [:], of: equals.map(\.id)) {
                let rank = places.count + 1
                for (dossier, steps) in settled {
                    let others = settled.map(\.dossier.id).filter { $0 != dossier.id }
                    places.append(
                        Place(
                            id: dossier.id, score: first.score, rank: rank,
                            tie: equals.count == 1
                                ? nil
                                : JuryTie(
                                    sameScore: equals.map(\.id).filter { $0 != dossier.id }, steps: steps,
                                    exAequo: others)))
                }
            }
        }
        self.places = places
        self.unscored = unscored
    }

    /// Groups in their order: those of one group remain equal to the end.
    private static func separated(
        _ group: [Dossier], on criteria: ArraySlice<JuryCriterion>, steps: [Candidacy.ID: [JuryTie.Step]],
        of all: [Candidacy.ID]
    ) -> [[(dossier: Dossier, steps: [JuryTie.Step])]] {
        guard group.count > 1, let criterion = criteria.first else {
            return [group.map { ($0, steps[$0.id] ?? []) }]
        }
        let means = group.map { JuryScore.mean(on: criterion, of: $0.sheets) }
        let known = means.compactMap(\.self)
        // A criterion that was not noted on all of them says nothing of their order.
        guard known.count == group.count else {
            return separated(group, on: criteria.dropFirst(), steps: steps, of: all)
        }
        var steps = steps
        for (dossier, mean) in zip(group, known) {
            steps[dossier.id, default: []].append(JuryTie.Step(criterion: criterion.code, mean: mean))
        }
        let pairs = zip(group, known).enumerated().sorted {
            $0.element.1 != $1.element.1 ? $0.element.1 > $1.element.1 : $0.offset < $1.offset
        }.map(\.element)
        var result: [[(dossier: Dossier, steps: [JuryTie.Step])]] = []
        var rest = pairs[...]
        while let first = rest.first {
            let equals = rest.prefix { $0.1 == first.1 }
            rest = rest.dropFirst(equals.count)
            result += separated(equals.map(\.0), on: criteria.dropFirst(), steps: steps, of: all)
        }
        return result
    }
}

/// Why a dossier stands where it stands among those of the same score.
public struct JuryTie: Sendable, Equatable {
    /// One criterion that was looked at, and the mean note of this dossier on it.
    public struct Step: Sendable, Equatable {
        public let criterion: String
        public let mean: ExactShare
    }

    public let sameScore: [Candidacy.ID]
    /// In the order they were looked at; the last one separated it, unless some are still ex æquo.
    public let steps: [Step]
    public let exAequo: [Candidacy.ID]
}
