import Storage

/// Takes the password away: only links sent by mail open the account from then on. The other sessions are closed.
public struct RemovePassword: Act {
    public static let right = "La personne elle-même, connectée depuis moins d’une heure."

    let session: Session.ID
    let head: LetterHead

    public init(session: Session.ID, head: LetterHead) {
        self.session = session
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard let account = proceeding.principal.account else { throw Denied() }
        try SessionStore.requireFresh(session, of: account, at: proceeding.now, proceeding.writer)
    }

    public func perform(_ proceeding: Proceeding) throws {
        guard let id = proceeding.principal.account,
            let account = try AccountStore.account(id, proceeding.writer), let email = account.email
        else { throw Missing() }
        guard account.hasPassword else { throw Problems("", "Votre compte n’a pas de mot de passe.") }
        try AccountStore.setPassword(id, nil, at: proceeding.now, proceeding.writer)
        try SessionStore.closeAll(of: id, but: session, proceeding.writer)
        proceeding.concerns(id)
        proceeding.send(head.passwordChanged(to: email, isRemoved: true))
    }
}
