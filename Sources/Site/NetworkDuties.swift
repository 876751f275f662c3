import Maillage

extension StaffDuties {
    /// The teams of calls, who instruct, and the chairs of juries.
    static let network = StaffDuties { account, reader in
        try CallTeamStore.keepsAny(account, reader) || JuryMemberStore.chairsAny(account, reader)
    }
}
