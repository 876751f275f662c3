import Storage

/// Changes a session's secret, after its rights rose: whoever held the old one without right loses it (ACC-19).
public struct RenewSession: Act {
    public static let right = "Le navigateur qui tient la session."

    let secret: Secret

    public init(_ secret: Secret) {
        self.secret = secret
    }

    public func authorize(_ proceeding: Proceeding) throws {
        let presence = try PrincipalReader.presence(sessionSecret: secret, at: proceeding.now, proceeding.writer)
        guard presence != nil else { throw Missing() }
    }

    /// The new secret, for the cookie.
    public func perform(_ proceeding: Proceeding) throws -> Secret {
        let new = Secret(proceeding.surroundings)
        guard try SessionStore.renew(secret, to: new, proceeding.writer) else { throw Missing() }
        if let account = proceeding.principal.account { proceeding.concerns(account) }
        return new
    }
}
