import Storage
import Workbench

@testable import Maillage

/// Somebody with a second factor, and what they hold in their hand.
struct FactorHolder {
    let account: Account.ID
    let session: OpenedSession
    let secret: FactorSecret
    let codes: [RecoveryCode]
}

extension AccountWorld {
    var seal: FactorSeal { FactorSeal(key: [UInt8](repeating: 5, count: 32)) }

    /// The code that an authenticator shows now, or so many half minutes later.
    func code(_ secret: FactorSecret, later: Int64 = 0) -> String {
        TimeCode.text(secret, step: TimeCode.step(at: now) + later)
    }

    /// Puts a second factor in use; the clock moves on so that the next code is another.
    func withFactor(_ name: String, _ grants: Grant...) async throws -> FactorHolder {
        let account = try await person(name)
        for grant in grants { _ = try await self.grant(grant.role, on: grant.scope, to: account) }
        let session = try await session(account)
        return try await enrol(account, session)
    }

    func enrol(_ account: Account.ID, _ session: OpenedSession) async throws -> FactorHolder {
        let principal = try await principal(account)
        try await desk.perform(BeginFactor(session: session.session, seal: seal), as: principal)
        let secret = try await pendingSecret(principal)
        let answer = try await desk.perform(
            ConfirmFactor(typed: code(secret), session: session.session, seal: seal, head: head), as: principal)
        guard case .confirmed(let codes) = answer else { throw Missing() }
        clock.advance(by: .seconds(30))
        return FactorHolder(account: account, session: session, secret: secret, codes: codes)
    }

    func pendingSecret(_ principal: Principal) async throws -> FactorSecret {
        let (now, seal) = (now, seal)
        guard
            let secret = try await database.read({ try PendingFactor.secret(of: principal, seal, at: now, $0) })
        else { throw Missing() }
        return secret
    }

    /// Proves the first factor by a link: half in.
    func comeHalfIn(_ name: String) async throws -> OpenedSession {
        let asked = try await askForLink(name)
        return try await desk.perform(
            ConsumeSignInLink(secret: asked.link, browser: asked.browser, device: "Firefox sur Linux"), as: .visitor)
    }

    func pass(_ typed: String, _ half: Secret?) async throws -> PassFactor.Answer {
        try await desk.perform(PassFactor(typed: typed, half: half, seal: seal, head: head), as: .visitor)
    }
}
