import Storage

/// Sends a link to a new address; the account keeps the former until the link is opened (ACC-14).
///
/// The answer is the same when the new address already has an account: only its owner learns it, by mail.
public struct RequestEmailChange: Act {
    public static let right = "La personne elle-même, connectée depuis moins d’une heure."

    let email: EmailAddress
    let session: Session.ID
    let head: LetterHead

    public init(to email: EmailAddress, session: Session.ID, head: LetterHead) {
        self.email = email
        self.session = session
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard let account = proceeding.principal.account else { throw Denied() }
        try SessionStore.requireFresh(session, of: account, at: proceeding.now, proceeding.writer)
    }

    public func perform(_ proceeding: Proceeding) throws {
        guard let id = proceeding.principal.account, let account = try AccountStore.account(id, proceeding.writer)
        else {
            throw Missing()
        }
        guard account.email != email else { throw Problems("email", "C’est déjà l’adresse de votre compte.") }
        try Throttle.take([Throttle.emailChanges(id)], at: proceeding.now, proceeding.writer)
        let secret = Secret(proceeding.surroundings)
        try EmailChangeStore.put(email, secret: secret, for: id, at: proceeding.now, proceeding.writer)
        let isTaken = try AccountStore.account(email: email, proceeding.writer) != nil
        proceeding.concerns(id)
        proceeding.send(isTaken ? head.emailAlreadyUsed(to: email) : head.emailChange(to: email, secret: secret))
    }
}
