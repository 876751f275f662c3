import Storage

/// Sends a link and a code by which the owner of the address signs in, or creates an account: one journey (ACC-3,
/// ACC-4).
///
/// What is answered, done and mailed is the same whether the address is known or not.
public struct RequestSignIn: Act {
    public static let right = "Tout le monde, pour sa propre adresse, dans la limite de cinq messages par demi-heure."

    /// What the asking browser keeps, and nothing about the address.
    public struct Asked: Sendable, Equatable {
        /// For a cookie of ten minutes.
        public let browser: Secret
        public let expiresAt: Instant
    }

    let email: EmailAddress
    let browser: Secret?
    let destination: String
    let origin: NetworkOrigin?
    let head: LetterHead

    /// `browser`: the secret the browser got from an earlier request, if any; earlier links then keep working there.
    public init(
        email: EmailAddress, browser: Secret? = nil, destination: String? = nil, origin: NetworkOrigin?,
        head: LetterHead
    ) {
        self.email = email
        self.browser = browser
        self.destination = Destination.safe(destination)
        self.origin = origin
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {}

    public func perform(_ proceeding: Proceeding) throws -> Asked {
        try Throttle.take(Throttle.linkRequests(email, origin), at: proceeding.now, proceeding.writer)
        let browser = browser ?? Secret(proceeding.surroundings)
        let secret = Secret(proceeding.surroundings)
        let code = SignInCode(proceeding.surroundings)
        try SignInLinkStore.insert(
            proceeding.newIdentifier(), secret: secret, browser: browser, code: code, email: email,
            destination: destination, at: proceeding.now, proceeding.writer)
        let account = try AccountStore.account(email: email, proceeding.writer)
        proceeding.send(
            account == nil
                ? head.accountCreation(to: email, secret: secret, code: code)
                : head.signIn(to: email, secret: secret, code: code))
        return Asked(browser: browser, expiresAt: proceeding.now + SignInLink.lifetime)
    }
}
