import Storage

/// Takes the second factor away. Asks for both proofs anew: a sign-in of the hour, and the factor of the quarter (ACC-25).
public struct RemoveFactor: Act {
    public static let right =
        "La personne elle-même, connectée depuis moins d’une heure, ayant montré son second facteur depuis moins d’un "
        + "quart d’heure."

    let session: Session.ID
    let head: LetterHead

    public init(session: Session.ID, head: LetterHead) {
        self.session = session
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard let account = proceeding.principal.account else { throw Denied() }
        try SessionStore.requireFresh(session, of: account, at: proceeding.now, proceeding.writer)
        try SessionStore.requireFactor(session, of: account, at: proceeding.now, proceeding.writer)
    }

    public func perform(_ proceeding: Proceeding) throws {
        guard let account = proceeding.principal.account,
            let email = try AccountStore.account(account, proceeding.writer)?.email
        else { throw Missing() }
        try FactorStore.remove(account, proceeding.writer)
        try SessionStore.closeAll(of: account, but: session, proceeding.writer)
        try SessionStore.forgetFactor(of: account, proceeding.writer)
        proceeding.concerns(account)
        proceeding.send(head.factorRemoved(to: email))
    }
}
