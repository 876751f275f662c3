import Storage

/// What features after Accounts keep under somebody's address, and erase when the account closes: `Site` names them.
public struct PersonalTraces: Sendable {
    /// Runs inside the act that closes the account.
    public var erase: @Sendable (_ email: EmailAddress, _ now: Instant, _ writer: Writer) throws -> Void

    public init(erase: @escaping @Sendable (_ email: EmailAddress, _ now: Instant, _ writer: Writer) throws -> Void) {
        self.erase = erase
    }
}
