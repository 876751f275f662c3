import Maillage
import Storage

/// What somebody keeps or chairs by a call or a jury rather than by a role, which later features know and Accounts does not: `Site`
/// fills it.
struct StaffDuties: Sendable {
    /// Whether it demands a second factor of the account (ACC-27).
    var demandFactor: @Sendable (_ account: Account.ID, _ reader: Reader) throws -> Bool
}
