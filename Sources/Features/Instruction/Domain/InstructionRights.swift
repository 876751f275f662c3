import Storage

/// Who may do what with dossiers under instruction. Pure; reads put the same decision in their WHERE.
///
/// `isTeam`: the principal is of the call's team at this moment (`CallTeamStore`).
public enum InstructionRights {
    /// INST-3: see the dossiers of a call, their notes and their messages: those who keep the call.
    public static func maySee(_ principal: Principal, isTeam: Bool) -> Bool {
        CandidacyRights.mayList(principal, isTeam: isTeam)
    }

    /// INST-3: assign, check, ask, decide: a person of the team or of the coordination.
    public static func mayInstruct(_ principal: Principal, isTeam: Bool) -> Bool {
        CandidacyRights.mayDecide(principal, isTeam: isTeam)
    }

    /// The WHERE of every read of the board: a condition on the table `instruction` of the statement (INST-3).
    public static func visible(to principal: Principal) -> SQL {
        if principal.isHouse || principal.isCoordinator { return "1 = 1" }
        guard let account = principal.dutyHolder else { return "1 = 0" }
        return """
            instruction.call_id IN (
                SELECT call_team.call_id
                FROM call_team
                WHERE call_team.account_id = \(account)
                    AND call_team.until IS NULL)
            """
    }
}
