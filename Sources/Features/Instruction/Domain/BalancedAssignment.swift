/// Shares dossiers among people so that all end with as many, as far as what they have already allows. Pure: the same dossiers
/// and the same people give the same shares, always (INST-9).
public enum BalancedAssignment {
    /// The dossiers in the order of their numbers, each to whoever has the fewest then; ties go to who comes first in `people`.
    ///
    /// With `byTerritory`, everybody gets as many as they would have, and dossiers of the same département, then commune, go
    /// together: those without a commune come last.
    public static func plan(
        _ dossiers: [Instruction], among people: [Account.ID], loads: [Account.ID: Int], byTerritory: Bool
    ) -> [(candidacy: Candidacy.ID, instructor: Account.ID)] {
        guard !people.isEmpty else { return [] }
        let ordered = dossiers.sorted { ($0.number, $0.candidacy) < ($1.number, $1.candidacy) }
        var counts = people.map { loads[$0] ?? 0 }
        var shares = Array(repeating: 0, count: people.count)
        var turns: [Int] = []
        turns.reserveCapacity(ordered.count)
        for _ in ordered {
            let next = counts.indices.min { (counts[$0], $0) < (counts[$1], $1) } ?? 0
            counts[next] += 1
            shares[next] += 1
            turns.append(next)
        }
        guard byTerritory else {
            return zip(ordered, turns).map { ($0.candidacy, people[$1]) }
        }
        let grouped = ordered.sorted { left, right in
            let (a, b) = (place(of: left), place(of: right))
            return a == b ? (left.number, left.candidacy) < (right.number, right.candidacy) : a < b
        }
        var plan: [(candidacy: Candidacy.ID, instructor: Account.ID)] = []
        var start = 0
        for (index, share) in shares.enumerated() {
            plan += grouped[start..<(start + share)].map { ($0.candidacy, people[index]) }
            start += share
        }
        return plan
    }

    private static func place(of dossier: Instruction) -> String {
        dossier.commune.isEmpty ? "~" : dossier.departement + " " + dossier.commune
    }
}
