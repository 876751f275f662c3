/// What the client of an identity service needs to know of it (`MAILLAGE_OIDC_*`). Printing one does not show the secret.
public struct IdentitySettings: Sendable, Equatable {
    /// As the service names itself, to the letter.
    public let issuer: String
    public let client: String
    public let secret: String
    /// What people call it: « Se connecter avec … ».
    public let name: String
    /// Words separated by spaces.
    public let scopes: String
    /// Whether its addresses are taken for verified when it does not say.
    public let trustsAddresses: Bool
    /// Seconds since the person signed in there, at most; nil when a sign-in that lasts counts.
    public let maxAge: Int64?

    public init(
        issuer: String, client: String, secret: String, name: String, scopes: String, trustsAddresses: Bool,
        maxAge: Int64?
    ) {
        self.issuer = issuer
        self.client = client
        self.secret = secret
        self.name = name
        self.scopes = scopes
        self.trustsAddresses = trustsAddresses
        self.maxAge = maxAge
    }
}

extension IdentitySettings: CustomStringConvertible, CustomReflectable {
    public var description: String { "IdentitySettings(\(issuer), \(client))" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
