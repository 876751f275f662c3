import Storage

/// Opens a session for somebody whose password was just proved (`Passwords.signIn`).
public struct SignInWithPassword: Act {
    public static let right = "La personne qui connaît le mot de passe du compte."

    let verified: VerifiedPassword
    let device: String
    let destination: String?

    public func authorize(_ proceeding: Proceeding) throws {}

    public func perform(_ proceeding: Proceeding) throws -> OpenedSession {
        // It may have changed while it was being computed.
        guard try AccountStore.password(verified.account, proceeding.writer) == verified.encoded else {
            throw Problems("", Self.refusal)
        }
        proceeding.concerns(verified.account)
        return try SignIn.enter(
            verified.account, device: device, destination: Destination.safe(destination), proceeding)
    }

    static let refusal =
        "Adresse ou mot de passe incorrect. Vous pouvez aussi recevoir un lien de connexion par courriel."
}
