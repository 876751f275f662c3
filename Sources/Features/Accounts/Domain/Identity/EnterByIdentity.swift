import Storage

/// Signs in somebody whom another service just proved. An account that has the address already is not entered: its owner ties it first,
/// signed in as they always did (ACC-34).
public struct EnterByIdentity: Act {
    public static let right = "La personne que le service d’identité vient de reconnaître."

    public enum Answer: Sendable, Equatable {
        case opened(OpenedSession)
        /// An account has this address, or somebody who is in wants theirs tied: to confirm, signed in, with this secret.
        case toConfirm(Secret)
    }

    let proven: ProvenIdentity
    let device: String
    let destination: String
    let service: String
    let head: LetterHead

    /// `service`: what the other service is called here, for the letter.
    public init(_ proven: ProvenIdentity, device: String, destination: String?, service: String, head: LetterHead) {
        self.proven = proven
        self.device = device
        self.destination = Destination.safe(destination)
        self.service = service
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {}

    public func perform(_ proceeding: Proceeding) throws -> Answer {
        let writer = proceeding.writer
        proceeding.note("by", "identity")
        let known = try IdentityStore.account(proven.identity, writer)
        // Somebody who is in already comes to tie their own account, whatever the address.
        if let own = proceeding.principal.account {
            guard let known else { return .toConfirm(try offer(to: own, proceeding)) }
            throw Problems(
                "",
                known == own ? "Votre compte y est déjà relié." : "Cette identité est déjà reliée à un autre compte.")
        }
        if let known {
            proceeding.concerns(known)
            return .opened(try SignIn.enter(known, device: device, destination: destination, proceeding))
        }
        guard let email = proven.email else {
            throw Problems(
                "",
                "Ce service n’a pas donné d’adresse électronique vérifiée\u{202F}: connectez-vous par un lien reçu par courriel."
            )
        }
        if let account = try AccountStore.account(email: email, writer) {
            return .toConfirm(try offer(to: account.id, proceeding))
        }
        return .opened(try create(email, proceeding))
    }

    private func create(_ email: EmailAddress, _ proceeding: Proceeding) throws -> OpenedSession {
        let account: Account.ID = proceeding.newIdentifier()
        try AccountStore.insert(
            account, email: email, name: try name(), password: nil, at: proceeding.now, proceeding.writer)
        guard try IdentityStore.tie(proven.identity, to: account, at: proceeding.now, proceeding.writer) else {
            throw Missing()
        }
        proceeding.concerns(account)
        proceeding.note("account", "created")
        // The address is told, in case it is not the one of whoever signs in.
        proceeding.send(head.accountMade(to: email, by: service))
        return try SignIn.enter(account, device: device, destination: destination, isNewAccount: true, proceeding)
    }

    private func offer(to account: Account.ID, _ proceeding: Proceeding) throws -> Secret {
        let secret = Secret(proceeding.surroundings)
        try IdentityStore.offer(proven, to: account, secret: secret, at: proceeding.now, proceeding.writer)
        proceeding.concerns(account)
        return secret
    }

    /// The name that the service gives, or one to change when it cannot be a name here.
    private func name() throws -> PersonName {
        do {
            return try PersonName(proven.name ?? "")
        } catch is Problems {
            return try PersonName("Nouveau membre")
        }
    }
}
