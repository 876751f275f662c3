import Storage

/// Signs in by the link received by mail, in the browser that asked for it, exactly once (ACC-4). The account is
/// created
/// when the address has none; its name is then asked for, and the link is not spent before it is given.
public struct ConsumeSignInLink: Act {
    public static let right = "La personne qui a reçu le lien, depuis le navigateur où elle l’a demandé."

    let secret: Secret
    let browser: Secret?
    let name: String?
    let device: String

    public init(secret: Secret, browser: Secret?, name: String? = nil, device: String) {
        self.secret = secret
        self.browser = browser
        self.name = name
        self.device = device
    }

    public func authorize(_ proceeding: Proceeding) throws {}

    public func perform(_ proceeding: Proceeding) throws -> OpenedSession {
        guard let browser,
            let link = try SignInLinkStore.live(secret, browser: browser, at: proceeding.now, proceeding.writer)
        else { throw Problems("", Self.refusal) }
        return try SignIn.open(link, name: name, device: device, proceeding, otherwise: Self.refusal)
    }

    static let refusal =
        "Ce lien ne peut plus servir ici\u{202F}: il a plus de dix minutes, il a déjà servi, ou il a été demandé "
        + "depuis un autre navigateur. Demandez-en un nouveau."
}

/// What both ways of proving that one reads an address end with.
enum SignIn {
    static func open(
        _ link: SignInLink, name: String?, device: String, _ proceeding: Proceeding, otherwise refusal: String
    ) throws -> OpenedSession {
        let known = try AccountStore.account(email: link.email, proceeding.writer)
        // Before the link is spent: a missing name must not cost it.
        let newName = known == nil ? try PersonName(name ?? "") : nil
        guard try SignInLinkStore.spend(link.id, at: proceeding.now, proceeding.writer) else {
            throw Problems("", refusal)
        }
        let account: Account.ID
        if let known {
            account = known.id
        } else {
            account = proceeding.newIdentifier()
            if let newName {
                try AccountStore.insert(
                    account, email: link.email, name: newName, password: nil, at: proceeding.now, proceeding.writer)
            }
            proceeding.note("account", "created")
        }
        proceeding.concerns(account)
        return try enter(
            account, device: device, destination: link.destination, isNewAccount: known == nil, proceeding)
    }

    /// The first factor is proved: a session, or the half of one when the account has a second factor (ACC-26).
    static func enter(
        _ account: Account.ID, device: String, destination: String, isNewAccount: Bool = false, _ proceeding: Proceeding
    ) throws -> OpenedSession {
        if try FactorStore.isConfirmed(account, proceeding.writer) {
            proceeding.note("factor", "awaited")
            return try HalfSessionStore.open(
                for: account, device: device, destination: destination, proceeding)
        }
        return try SessionStore.open(
            for: account, device: device, destination: destination, isNewAccount: isNewAccount, proceeding)
    }
}
