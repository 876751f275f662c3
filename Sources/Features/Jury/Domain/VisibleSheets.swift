import Storage

/// The WHERE of every read of sheets by a person (JURY-7): one's own; those of others on a dossier once one's own on it is final;
/// all final ones once the session opened them. Never on a dossier that a tie keeps one from, nor with a candidacy of one's own.
enum VisibleSheets {
    /// A condition on the tables `jury_sheet` and `jury` of the statement.
    static func to(_ principal: Principal) -> SQL {
        guard let account = principal.account else { return "1 = 0" }
        let keeps: SQL =
            principal.isCoordinator
            ? "1 = 1"
            : principal.isUnproven
                ? "1 = 0"
                : """
                EXISTS (
                    SELECT 1
                    FROM call_team
                    WHERE call_team.call_id = jury.call_id
                        AND call_team.account_id = \(account)
                        AND call_team.until IS NULL)
                """
        return """
            (EXISTS (
                SELECT 1
                FROM jury_member AS me
                WHERE me.jury_id = jury_sheet.jury_id
                    AND me.account_id = \(account)
                    AND me.left_at IS NULL
                    AND \(JuryConflictStore.isClear(member: "me.id", candidacy: "jury_sheet.candidacy_id"))
                    AND (me.id = jury_sheet.member_id
                        OR (jury_sheet.state = 'definitive'
                            AND (jury.revealed_at IS NOT NULL
                                OR EXISTS (
                                    SELECT 1
                                    FROM jury_sheet AS mine
                                    WHERE mine.member_id = me.id
                                        AND mine.candidacy_id = jury_sheet.candidacy_id
                                        AND mine.state = 'definitive')))))
                OR (jury_sheet.state = 'definitive'
                    AND jury.revealed_at IS NOT NULL
                    AND \(keeps)
                    AND NOT EXISTS (
                        SELECT 1
                        FROM jury_member AS seat
                        WHERE seat.jury_id = jury_sheet.jury_id
                            AND seat.account_id = \(account)
                            AND seat.left_at IS NULL
                            AND NOT \(JuryConflictStore.isClear(member: "seat.id", candidacy: "jury_sheet.candidacy_id")))
                    AND NOT \(JuryStake.exists(account, in: "jury.call_id"))))
            """
    }
}
