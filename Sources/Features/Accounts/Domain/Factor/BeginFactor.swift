import Storage

/// Makes the secret of a second factor and waits for its first code. One in use keeps serving until then (ACC-25).
public struct BeginFactor: Act {
    public static let right = "La personne elle-même, connectée depuis moins d’une heure."

    let session: Session.ID
    let seal: FactorSeal

    public init(session: Session.ID, seal: FactorSeal) {
        self.session = session
        self.seal = seal
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try SessionStore.requireOwner(session, proceeding)
    }

    public func perform(_ proceeding: Proceeding) throws {
        guard let account = proceeding.principal.account else { throw Denied() }
        let secret = FactorSecret(proceeding.surroundings)
        try FactorStore.begin(
            account, sealed: seal.seal(secret, for: account, proceeding.surroundings), at: proceeding.now,
            proceeding.writer)
        proceeding.concerns(account)
    }
}

/// The secret that waits for its first code, for its owner to show to an authenticator. Once confirmed it is never shown again.
public enum PendingFactor {
    public static func secret(
        of principal: Principal, _ seal: FactorSeal, at now: Instant, _ reader: Reader
    ) throws -> FactorSecret? {
        guard let account = principal.account, let sealed = try FactorStore.pending(account, at: now, reader) else {
            return nil
        }
        return seal.open(sealed, for: account)
    }
}
