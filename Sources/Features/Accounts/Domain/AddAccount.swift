import Storage

/// Creates an account without waiting for its owner: from the command line, or by those who coordinate.
public struct AddAccount: Act {
    public static let right = "La coordination, l’administration technique, ou l’exploitant sur sa machine."

    let email: EmailAddress
    let name: PersonName
    let password: NewPassword?

    public init(email: EmailAddress, name: PersonName, password: NewPassword? = nil) {
        self.email = email
        self.name = name
        self.password = password
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard AccountRights.maySeeAccounts(proceeding.principal) else { throw Denied() }
        // Nobody but the program chooses somebody else's password.
        guard password == nil || proceeding.principal.isHouse else { throw Denied() }
    }

    public func perform(_ proceeding: Proceeding) throws -> Account.ID {
        guard try AccountStore.account(email: email, proceeding.writer) == nil else {
            throw Problems("email", "Un compte existe déjà à cette adresse.")
        }
        let id: Account.ID = proceeding.newIdentifier()
        try AccountStore.insert(
            id, email: email, name: name, password: password?.encoded, at: proceeding.now, proceeding.writer)
        proceeding.about(id)
        return id
    }
}
