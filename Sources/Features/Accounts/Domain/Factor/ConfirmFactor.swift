import Storage

/// Puts the second factor in use, once its first code is right, and gives ten recovery codes: the only moment when they are known. The
/// account's other sessions are closed (ACC-25).
public struct ConfirmFactor: Act {
    public static let right = "La personne elle-même, avec un code de l’application qu’elle vient de régler."

    public enum Answer: Sendable, Equatable {
        case confirmed([RecoveryCode])
        case wrong
        case exhausted(Instant.Span)
        /// Nothing was begun, or too long ago.
        case nothingBegun
    }

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
        _ = try SessionStore.requireOwner(session, proceeding)
    }

    public func perform(_ proceeding: Proceeding) throws -> Answer {
        let (now, writer) = (proceeding.now, proceeding.writer)
        guard let account = proceeding.principal.account, let email = try AccountStore.account(account, writer)?.email
        else { throw Missing() }
        proceeding.concerns(account)
        guard let sealed = try FactorStore.pending(account, at: now, writer),
            let secret = seal.open(sealed, for: account)
        else { return .nothingBegun }
        let tolls = Throttle.wrongFactors(account)
        if let wait = try Throttle.wait(tolls, at: now, writer) { return .exhausted(wait) }
        guard let code = SignInCode(typed: typed), let step = TimeCode.step(of: code, secret, at: now) else {
            try Throttle.take(tolls, at: now, writer)
            return .wrong
        }
        let isReplaced = try FactorStore.isConfirmed(account, writer)
        try FactorStore.confirm(account, step: step, at: now, writer)
        let codes = try FactorStore.freshCodes(of: account, proceeding)
        try SessionStore.closeAll(of: account, but: session, writer)
        try SessionStore.showFactor(session, at: now, writer)
        try SessionStore.demandRenewal(of: account, writer)
        proceeding.send(head.factorConfirmed(to: email, isReplaced: isReplaced))
        return .confirmed(codes)
    }
}
