import Storage

/// Gives the signed-in person's account a password, or changes it; the other sessions are closed (ACC-8, ACC-12,
/// ACC-13).
public struct SetPassword: Act {
    public static let right =
        "La personne elle-même, connectée depuis moins d’une heure, connaissant le mot de passe actuel s’il y en a un."

    let new: NewPassword
    let session: Session.ID
    let head: LetterHead

    public init(_ new: NewPassword, session: Session.ID, head: LetterHead) {
        self.new = new
        self.session = session
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard let account = proceeding.principal.account, new.account == account else { throw Denied() }
        try SessionStore.requireFresh(session, of: account, at: proceeding.now, proceeding.writer)
    }

    public func perform(_ proceeding: Proceeding) throws {
        guard let id = proceeding.principal.account,
            let email = try AccountStore.account(id, proceeding.writer)?.email
        else { throw Missing() }
        guard try AccountStore.password(id, proceeding.writer) == new.proven else {
            throw Problems("current", "Votre mot de passe vient de changer ailleurs. Recommencez.")
        }
        try AccountStore.setPassword(id, new.encoded, at: proceeding.now, proceeding.writer)
        try SessionStore.closeAll(of: id, but: session, proceeding.writer)
        try SignInLinkStore.forget(email, proceeding.writer)
        proceeding.concerns(id)
        proceeding.send(head.passwordChanged(to: email, isRemoved: false))
    }
}
