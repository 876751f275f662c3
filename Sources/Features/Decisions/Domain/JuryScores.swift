import Selection
import Storage

/// The scores that the jury of a wave gave, as the selection takes them: points of a hundred, to the thousandth.
public enum JuryScores {
    /// By candidacy; nil while there is no jury, while its notes are sealed, and for those who may not read its ranking.
    public static func of(
        _ principal: Principal, _ call: Call, wave: CallWave.ID?, at now: Instant, _ reader: Reader
    ) throws -> [Candidacy.ID: ExactScore]? {
        guard let jury = try JuryStore.jury(of: call, wave: wave, reader), jury.isRevealed else { return nil }
        let entries: [JuryRanking.Entry]
        do {
            entries = try JuryRanking.of(try JuryAccess.of(principal, call, jury, reader), at: now, reader).entries
        } catch is Denied {
            return nil
        }
        var scores: [Candidacy.ID: ExactScore] = [:]
        for entry in entries {
            // A score is of one: a hundred points in thousandths.
            guard let score = entry.score else { continue }
            scores[entry.id] = ExactScore(score.scaled(by: 100_000), over: 1_000)
        }
        return scores
    }
}
