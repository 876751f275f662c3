import Storage

/// A password that was checked against the rules and hashed; only `Passwords` makes one.
public struct NewPassword: Sendable {
    let encoded: String
    /// Whom its rules were checked for; nil for an account about to be created.
    let account: Account.ID?
    /// The stored string of the password it replaces, which the person proved to know.
    let proven: String?
}

/// A password that was proved, at the moment it was: the string it matched.
public struct VerifiedPassword: Sendable {
    let account: Account.ID
    let encoded: String
}

/// The journeys that compute on passwords: the computing happens between two acts, never inside one (ACC-9).
public struct Passwords: Sendable {
    let desk: Desk
    let hasher: PasswordHasher
    let networkName: String

    public init(desk: Desk, hasher: PasswordHasher, networkName: String) {
        self.desk = desk
        self.hasher = hasher
        self.networkName = networkName
    }

    /// Signs in, or throws the same `Problems` whether the address or the password is wrong; `Throttled` past the
    /// limits.
    public func signIn(
        email: EmailAddress, password: String, origin: NetworkOrigin?, device: String, destination: String? = nil
    ) async throws -> OpenedSession {
        let challenge = try await desk.perform(AttemptPassword(email: email, origin: origin), as: .visitor)
        let typed = password.utf8.count <= 1_024 ? password : ""
        let matches = try await hasher.verify(typed, against: challenge.encoded)
        guard matches, let account = challenge.account, let encoded = challenge.encoded else {
            throw Problems("", SignInWithPassword.refusal)
        }
        return try await desk.perform(
            SignInWithPassword(
                verified: VerifiedPassword(account: account, encoded: encoded), device: device, destination: destination
            ),
            as: .visitor)
    }

    /// Chooses or changes the signed-in person's password. `current` is asked for when there is one already.
    public func choose(
        _ password: String, current: String?, as principal: Principal, session: Session.ID, head: LetterHead
    ) async throws {
        guard let id = principal.account else { throw Denied() }
        let known = try await desk.database.read { reader in
            (
                account: try AccountStore.account(id, reader), encoded: try AccountStore.password(id, reader)
            )
        }
        guard let account = known.account, let email = account.email else { throw Missing() }
        if known.encoded != nil {
            let challenge = try await desk.perform(AttemptPassword(email: email, origin: nil), as: principal)
            guard try await hasher.verify(current ?? "", against: challenge.encoded) else {
                throw Problems("current", "Ce n’est pas votre mot de passe actuel.")
            }
        }
        let encoded = try await checked(password, name: account.name, email: email)
        let new = NewPassword(encoded: encoded, account: id, proven: known.encoded)
        try await desk.perform(SetPassword(new, session: session, head: head), as: principal)
    }

    /// Prepares the password of an account about to be created (`AddAccount`).
    public func prepare(_ password: String, name: String, email: EmailAddress) async throws -> NewPassword {
        NewPassword(encoded: try await checked(password, name: name, email: email), account: nil, proven: nil)
    }

    private func checked(_ password: String, name: String, email: EmailAddress) async throws -> String {
        if let refusal = PasswordRules.refusal(password, known: [name, email.text, networkName]) {
            throw Problems("password", refusal)
        }
        return try await hasher.hash(password)
    }
}
