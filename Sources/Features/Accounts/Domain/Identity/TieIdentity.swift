import Storage

/// Ties one's account to the identity that another service proved, from a sign-in of the hour (ACC-34).
public struct TieIdentity: Act {
    public static let right = "La personne elle-même, connectée depuis moins d’une heure, au retour de l’autre service."

    let secret: Secret
    let session: Session.ID
    let service: String
    let head: LetterHead

    /// `secret`: what the browser that came back kept. `service`: what the other service is called here, for the letter.
    public init(_ secret: Secret, session: Session.ID, service: String, head: LetterHead) {
        self.secret = secret
        self.session = session
        self.service = service
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        let account = try SessionStore.requireOwner(session, proceeding)
        guard try IdentityStore.offered(secret, to: account, at: proceeding.now, proceeding.writer) != nil else {
            throw Missing()
        }
    }

    public func perform(_ proceeding: Proceeding) throws {
        let (now, writer) = (proceeding.now, proceeding.writer)
        guard let account = proceeding.principal.account,
            let identity = try IdentityStore.offered(secret, to: account, at: now, writer)?.identity,
            let email = try AccountStore.account(account, writer)?.email
        else { throw Missing() }
        try IdentityStore.forgetOffers(of: account, writer)
        // Tied meanwhile, here or elsewhere: nothing more is said than for an offer that expired.
        guard try IdentityStore.tie(identity, to: account, at: now, writer) else { throw Missing() }
        proceeding.concerns(account)
        proceeding.send(head.identityTied(to: email, service: service))
    }
}
