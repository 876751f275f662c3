import Storage

/// What the page of a sign-in link may show before its button is pressed. Reading it consumes nothing (ACC-6).
public enum SignInProspect: Sendable, Equatable {
    /// Can be consumed here. `needsName`: the address has no account yet.
    case ready(needsName: Bool)
    /// Good, but asked from another browser: type the code there.
    case otherBrowser
    /// Used, too old, or never given.
    case gone

    public static func of(_ secret: Secret, browser: Secret?, at now: Instant, _ reader: Reader) throws
        -> SignInProspect
    {
        if let browser, let link = try SignInLinkStore.live(secret, browser: browser, at: now, reader) {
            return .ready(needsName: try AccountStore.account(email: link.email, reader) == nil)
        }
        return try SignInLinkStore.isLive(secret, at: now, reader) ? .otherBrowser : .gone
    }
}
