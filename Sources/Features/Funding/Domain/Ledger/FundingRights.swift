/// Who may do what to the money. Pure: acts, reads, buttons and tests ask the same functions.
public enum FundingRights {
    /// What ties the principal to one line, as the database has it now (`FundingTiesStore`).
    public struct Ties: Sendable, Equatable {
        /// Of the team of the line's call.
        public var isTeam = false
        /// An agent of the line's funder.
        public var isAgent = false
        /// Leads the candidacy, or manages the place, that the line finances.
        public var isBeneficiary = false

        public init(isTeam: Bool = false, isAgent: Bool = false, isBeneficiary: Bool = false) {
            self.isTeam = isTeam
            self.isAgent = isAgent
            self.isBeneficiary = isBeneficiary
        }
    }

    /// FUND-1: write the ledger: the coordination, the call's team, the agents of the funder while they hold that role.
    public static func mayKeep(_ principal: Principal, _ ties: Ties) -> Bool {
        if principal.isHouse || principal.isCoordinator { return true }
        guard principal.isSignedIn else { return false }
        return ties.isTeam || (ties.isAgent && principal.holds([.funder], on: .network))
    }

    /// FUND-1: read a line with its history. Who benefits from it reads it from the request on, never before.
    public static func mayRead(_ principal: Principal, _ ties: Ties, _ state: FundingState) -> Bool {
        mayKeep(principal, ties) || benefits(principal, ties, state)
    }

    /// Sign, report, give a bank account: who benefits from the line.
    public static func benefits(_ principal: Principal, _ ties: Ties, _ state: FundingState) -> Bool {
        principal.isSignedIn && ties.isBeneficiary && state != .envisaged
    }

    /// Enter funders: the coordination, and funders for their own.
    public static func mayAddFunder(_ principal: Principal) -> Bool {
        principal.isHouse || principal.isCoordinator || principal.holds([.funder], on: .network)
    }

    /// Say who acts for a funder.
    public static func mayNameAgents(_ principal: Principal) -> Bool {
        principal.isHouse || principal.isCoordinator
    }
}
