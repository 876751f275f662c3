import Storage

/// The WHERE of every read of calls: one fragment, the same decision as `CallRights.maySee` (CALL-4).
public enum VisibleCalls {
    /// A condition on the table `call` of the statement.
    public static func to(_ principal: Principal) -> SQL {
        if principal.isHouse || principal.isCoordinator { return "1 = 1" }
        guard let account = principal.dutyHolder else { return "call.state <> 'brouillon'" }
        return """
            (call.state <> 'brouillon'
                OR EXISTS (
                    SELECT 1
                    FROM call_team
                    WHERE call_team.call_id = call.id
                        AND call_team.account_id = \(account)
                        AND call_team.until IS NULL))
            """
    }
}
