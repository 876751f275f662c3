import Storage

/// What came of a code typed as the second factor.
public enum FactorAnswer: Sendable, Equatable {
    case right
    case wrong
    /// Too many wrong ones: none is looked at before so long.
    case exhausted(Instant.Span)
}

/// Looks at what somebody typed as their second factor: the present code of their authenticator, or a recovery code (ACC-25).
///
/// A wrong one is an outcome, not an error: it must be counted, and its account warned.
enum FactorCheck {
    static func check(
        _ typed: String, of account: Account.ID, _ seal: FactorSeal, _ head: LetterHead, _ proceeding: Proceeding
    ) throws -> FactorAnswer {
        let (now, writer) = (proceeding.now, proceeding.writer)
        let tolls = Throttle.wrongFactors(account)
        if let wait = try Throttle.wait(tolls, at: now, writer) { return .exhausted(wait) }
        if try isRight(typed, of: account, seal, head, proceeding) { return .right }
        try Throttle.take(tolls, at: now, writer)
        proceeding.note("factor", "wrong")
        if try Throttle.wait(tolls, at: now, writer) != nil,
            let email = try AccountStore.account(account, writer)?.email
        {
            proceeding.send(head.factorGuessed(to: email))
        }
        return .wrong
    }

    private static func isRight(
        _ typed: String, of account: Account.ID, _ seal: FactorSeal, _ head: LetterHead, _ proceeding: Proceeding
    ) throws -> Bool {
        let writer = proceeding.writer
        if let code = SignInCode(typed: typed) {
            guard let sealed = try FactorStore.sealed(account, writer), let secret = seal.open(sealed, for: account),
                let step = TimeCode.step(of: code, secret, at: proceeding.now)
            else { return false }
            return try FactorStore.spend(step: step, of: account, writer)
        }
        guard let code = RecoveryCode(typed: typed),
            try FactorStore.spend(code, of: account, at: proceeding.now, writer)
        else { return false }
        proceeding.note("factor", "recovery code")
        let left = try FactorStore.factor(of: account, writer).codesLeft
        if let email = try AccountStore.account(account, writer)?.email {
            proceeding.send(head.recoveryCodeUsed(to: email, left: left))
        }
        return true
    }
}

extension Throttle {
    /// Wrong second factors: five at once, then one every three minutes, and thirty a day at most.
    static func wrongFactors(_ account: Account.ID) -> [Toll] {
        let subject = Array(account.text.utf8)
        return [
            Toll("wrong factor", subject, Limit(5, per: .minutes(15))),
            Toll("wrong factor in a day", subject, Limit(30, per: .hours(24))),
        ]
    }
}
