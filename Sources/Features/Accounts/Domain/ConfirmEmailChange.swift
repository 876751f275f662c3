import Storage

/// Makes the new address the account's, once its owner opened the link while signed in. The former address is told,
/// the other
/// sessions are closed, links sent to the former address die (ACC-14).
public struct ConfirmEmailChange: Act {
    public static let right = "La personne elle-même, avec le lien reçu à la nouvelle adresse."

    let secret: Secret
    let session: Session.ID
    let head: LetterHead

    public init(secret: Secret, session: Session.ID, head: LetterHead) {
        self.secret = secret
        self.session = session
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.isSignedIn else {
            throw Denied("Connectez-vous pour confirmer votre nouvelle adresse.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws {
        guard let id = proceeding.principal.account,
            let email = try EmailChangeStore.email(secret, of: id, at: proceeding.now, proceeding.writer),
            let account = try AccountStore.account(id, proceeding.writer), let former = account.email
        else { throw Missing() }
        // Taken meanwhile: nothing more is said than for a link that expired.
        guard try AccountStore.account(email: email, proceeding.writer) == nil else { throw Missing() }
        try AccountStore.setEmail(id, email, proceeding.writer)
        try EmailChangeStore.forget(id, proceeding.writer)
        try SignInLinkStore.forget(former, proceeding.writer)
        try SessionStore.closeAll(of: id, but: session, proceeding.writer)
        proceeding.concerns(id)
        proceeding.send(head.emailChanged(to: former))
    }
}
