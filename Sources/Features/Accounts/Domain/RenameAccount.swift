import Storage

/// Changes how one's own name is shown.
public struct RenameAccount: Act {
    public static let right = "La personne elle-même."

    let name: PersonName

    public init(_ name: PersonName) {
        self.name = name
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.isSignedIn else { throw Denied() }
    }

    public func perform(_ proceeding: Proceeding) throws {
        guard let account = proceeding.principal.account else { throw Denied() }
        try AccountStore.rename(account, name, proceeding.writer)
        proceeding.about(account)
    }
}
