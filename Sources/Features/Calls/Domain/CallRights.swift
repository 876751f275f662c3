/// Who may do what to a call. Pure: acts, reads, buttons and tests ask the same functions.
///
/// `isTeam`: the principal is of the call's team at this moment (`CallTeamStore`).
public enum CallRights {
    /// CALL-3: the coordination, and funders for calls of their own.
    public static func mayCreate(_ principal: Principal) -> Bool {
        principal.isHouse || principal.isCoordinator || principal.holds([.funder], on: .network)
    }

    /// CALL-4: a published or cancelled call is everybody's; a draft, its team's and the coordination's.
    public static func maySee(_ principal: Principal, _ call: Call, isTeam: Bool) -> Bool {
        call.state != .draft || mayEdit(principal, isTeam: isTeam)
    }

    /// Edit, publish, amend, answer: the team while its members may still create calls, and the coordination.
    public static func mayEdit(_ principal: Principal, isTeam: Bool) -> Bool {
        principal.isHouse || principal.isCoordinator || (isTeam && principal.isSignedIn)
    }

    /// Propose or confirm a later deadline: a person, because two of them are asked (CALL-10).
    public static func mayExtend(_ principal: Principal, isTeam: Bool) -> Bool {
        principal.account != nil && mayEdit(principal, isTeam: isTeam)
    }
}
