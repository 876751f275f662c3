import Storage

/// Unties one's account from other services; a link by mail or the password remain. The other sessions are closed: one of them may have
/// come that way (ACC-34).
public struct UntieIdentities: Act {
    public static let right = "La personne elle-même, connectée depuis moins d’une heure."

    let session: Session.ID
    let service: String
    let head: LetterHead

    public init(session: Session.ID, service: String, head: LetterHead) {
        self.session = session
        self.service = service
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try SessionStore.requireOwner(session, proceeding)
    }

    public func perform(_ proceeding: Proceeding) throws {
        let writer = proceeding.writer
        guard let account = proceeding.principal.account, let email = try AccountStore.account(account, writer)?.email
        else { throw Missing() }
        guard try IdentityStore.untie(account, writer) > 0 else { throw Missing() }
        try IdentityStore.forgetOffers(of: account, writer)
        try SessionStore.closeAll(of: account, but: session, writer)
        proceeding.concerns(account)
        proceeding.send(head.identityUntied(to: email, service: service))
    }
}
