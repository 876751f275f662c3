import Exchange
import Storage

/// What features after Accounts keep of somebody: erased where it names them when the account closes, and shown to them alone in
/// their personal archive. `Site` names these features.
public struct PersonalTraces: Sendable {
    /// Runs inside the act that closes the account, before its name and its address are erased.
    public var erase: @Sendable (_ account: Account.ID, _ email: EmailAddress, _ proceeding: Proceeding) throws -> Void
    /// The members they add to the archive of the person who asks.
    public var archive: @Sendable (_ principal: Principal, _ email: EmailAddress, _ reader: Reader) throws -> JSONObject

    public init(
        erase: @escaping @Sendable (Account.ID, EmailAddress, Proceeding) throws -> Void = { _, _, _ in },
        archive:
            @escaping @Sendable (_ principal: Principal, _ email: EmailAddress, _ reader: Reader) throws -> JSONObject =
            {
                _, _, _ in JSONObject()
            }
    ) {
        self.erase = erase
        self.archive = archive
    }
}
