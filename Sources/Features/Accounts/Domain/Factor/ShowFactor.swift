import Storage

/// Shows the second factor again in an open session, before a dangerous act (ACC-28).
public struct ShowFactor: Act {
    public static let right = "La personne elle-même, avec un code de son second facteur."

    let typed: String
    let session: Session.ID
    let seal: FactorSeal
    let head: LetterHead

    public init(typed: String, session: Session.ID, seal: FactorSeal, head: LetterHead) {
        self.typed = typed
        self.session = session
        self.seal = seal
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard let account = proceeding.principal.account else { throw Denied() }
        guard try SessionStore.session(session, proceeding.writer)?.account == account else { throw Missing() }
    }

    public func perform(_ proceeding: Proceeding) throws -> FactorAnswer {
        guard let account = proceeding.principal.account else { throw Denied() }
        proceeding.concerns(account)
        let answer = try FactorCheck.check(typed, of: account, seal, head, proceeding)
        if answer == .right { try SessionStore.showFactor(session, at: proceeding.now, proceeding.writer) }
        return answer
    }
}
