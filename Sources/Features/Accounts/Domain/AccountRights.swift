/// Who may do what to accounts and rights: pure, so that acts, reads and buttons ask the same (ACC-16, ACC-18, ACC-20).
public enum AccountRights {
    /// See the accounts and the roles of the network.
    public static func maySeeAccounts(_ principal: Principal) -> Bool {
        principal.isCoordinator || principal.isOperator
    }

    /// See which letters wait, without their text.
    public static func maySeeLetters(_ principal: Principal) -> Bool {
        principal.isOperator
    }

    /// Read the journal of acts.
    public static func maySeeJournal(_ principal: Principal) -> Bool {
        principal.isOperator || principal.isCoordinator
    }

    /// Give or end a role, for somebody else than oneself. Operators appoint coordinators and operators; coordinators
    /// appoint
    /// everybody but operators; those who answer for a place, its editors and other managers.
    public static func mayAppoint(_ principal: Principal, _ role: Role, on scope: Scope) -> Bool {
        guard role.scopeKind == scope.kind, (scope.kind == .network) == (scope.subject == 0) else { return false }
        if principal.isHouse { return true }
        switch role {
        case .operator: return principal.isOperator
        case .coordinator: return principal.isOperator || principal.isCoordinator
        case .funder, .circleAnimator: return principal.isCoordinator
        case .placeEditor, .placeManager: return mayManageTeam(principal, of: scope)
        }
    }

    /// Give the role to this account: nobody gives themselves a right.
    public static func mayGrant(_ principal: Principal, _ role: Role, on scope: Scope, to account: Account.ID) -> Bool {
        principal.account != account && mayAppoint(principal, role, on: scope)
    }

    /// Whether a role is given by two persons: one asks, another confirms (ACC-29).
    public static func needsTwo(_ role: Role) -> Bool {
        role == .coordinator || role == .operator
    }

    /// Ask that the second factor of an account be taken away, or confirm it: never of oneself.
    public static func mayResetFactor(_ principal: Principal, of account: Account.ID) -> Bool {
        principal.isOperator && principal.account != account
    }

    /// Confirm or give up what somebody asked about an account: those who could ask it.
    public static func maySettle(_ principal: Principal, _ order: AccountOrder) -> Bool {
        guard principal.account != nil else { return false }
        switch order.matter {
        case .role(let role, _): return mayGrant(principal, role, on: .network, to: order.account)
        case .factorReset: return mayResetFactor(principal, of: order.account)
        }
    }

    /// End a role: those who may give it, and the one who holds it.
    public static func mayRevoke(_ principal: Principal, _ grant: RoleGrant) -> Bool {
        principal.account == grant.account || mayAppoint(principal, grant.grant.role, on: grant.grant.scope)
    }

    /// See and invite those who keep a place's sheet.
    public static func mayManageTeam(_ principal: Principal, of place: Scope) -> Bool {
        place.kind == .place && (principal.holds([.placeManager], on: place) || principal.isCoordinator)
    }

    /// Whether giving or ending the role demands a written reason (ACC-17).
    public static func demandsReason(_ role: Role) -> Bool {
        role == .coordinator || role == .operator
    }
}
