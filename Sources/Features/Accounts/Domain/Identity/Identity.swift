/// Who somebody is for another service (OpenID Connect): the issuer and its name for them, which never changes. The address is what they
/// are reached by, not who they are.
public struct Identity: Sendable, Hashable {
    /// As the service names itself.
    public let issuer: String
    /// Its name for the person, at most 255 bytes.
    public let subject: String

    public init(issuer: String, subject: String) {
        self.issuer = issuer
        self.subject = subject
    }
}

/// What a service says of somebody who just signed in there, once all of it was verified.
public struct ProvenIdentity: Sendable, Equatable {
    public let identity: Identity
    /// Nil unless the service says that it verified it.
    public let email: EmailAddress?
    public let name: String?

    public init(identity: Identity, email: EmailAddress?, name: String?) {
        self.identity = identity
        self.email = email
        self.name = name
    }

    /// How the page that ties an account shows whom: the name, the address, or both; 200 characters at most.
    var words: String {
        let known = [name, email?.text].compactMap { $0 }.filter { !$0.isEmpty }
        return String(known.joined(separator: ", ").filter { !$0.isNewline }.prefix(200))
    }
}

/// An account tied to another service.
public struct TiedIdentity: Sendable, Equatable {
    public let identity: Identity
    public let tiedAt: Instant
}

/// An identity that waits for the account of its owner to be tied to it.
public struct OfferedIdentity: Sendable, Equatable {
    public let identity: Identity
    /// Who it is at that service, in its words; may be empty.
    public let words: String
}
