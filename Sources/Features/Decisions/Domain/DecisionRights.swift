/// Who may do what about selection and decisions. Pure: acts, reads, buttons and tests ask the same functions.
public enum DecisionRights {
    /// Read scores, runs and decisions before they are notified: those who keep the call.
    public static func mayPrepare(_ principal: Principal, isTeam: Bool) -> Bool {
        CallRights.mayEdit(principal, isTeam: isTeam)
    }

    /// Record, notify, move the list, publish: a person of the call, whose name stays in the journal.
    public static func mayDecide(_ principal: Principal, isTeam: Bool) -> Bool {
        CandidacyRights.mayDecide(principal, isTeam: isTeam)
    }

    /// Answer an appeal: a person of the call who did not record the decision that is contested (DECI-14).
    public static func mayAnswer(_ principal: Principal, isTeam: Bool, contested: Decision) -> Bool {
        mayDecide(principal, isTeam: isTeam) && principal.account != contested.recordedBy
    }
}
