import Storage

/// Opens a session without proof of who asks: for the program itself, at the operator's machine (demonstration, tests).
public struct OpenSession: Act {
    public static let right = "Le programme lui-même, à la demande de l’exploitant sur sa machine."

    let account: Account.ID
    let device: String

    public init(account: Account.ID, device: String) {
        self.account = account
        self.device = device
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.isHouse else { throw Missing() }
    }

    public func perform(_ proceeding: Proceeding) throws -> OpenedSession {
        guard let open = try AccountStore.account(account, proceeding.writer), !open.isClosed else { throw Missing() }
        proceeding.concerns(account)
        return try SessionStore.open(for: account, device: device, proceeding)
    }
}
