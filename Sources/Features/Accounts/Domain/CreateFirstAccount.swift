import Storage

/// Makes the account that administers and coordinates a network that nobody administers yet, for whoever read the code on the
/// console of the machine, and signs them in (ACC-60).
///
/// A wrong code is an outcome, not an error: it must be counted.
public struct CreateFirstAccount: Act {
    public static let right =
        "Qui tape le code affiché sur la console de la machine, tant que personne n’administre le réseau."

    public enum Answer: Sendable, Equatable {
        case created(OpenedSession)
        case wrong
    }

    let typed: String
    let code: FirstAccountCode
    let email: EmailAddress
    let name: PersonName
    let password: NewPassword?
    let origin: NetworkOrigin?
    let device: String

    public init(
        typed: String, code: FirstAccountCode, email: EmailAddress, name: PersonName, password: NewPassword?,
        origin: NetworkOrigin?, device: String
    ) {
        self.typed = typed
        self.code = code
        self.email = email
        self.name = name
        self.password = password
        self.origin = origin
        self.device = device
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard try Self.isAwaited(at: proceeding.now, proceeding.writer) else { throw Missing() }
    }

    /// Whether nobody administers the network.
    public static func isAwaited(at now: Instant, _ reader: Reader) throws -> Bool {
        try RoleGrantStore.holders(of: .operator, on: .network, at: now, reader).isEmpty
    }

    /// How many times the administration of the network was given: while it awaits its first account, this does not change.
    public static func formerAdministrations(_ reader: Reader) throws -> Int {
        try RoleGrantStore.count(of: .operator, on: .network, reader)
    }

    public func perform(_ proceeding: Proceeding) throws -> Answer {
        try Throttle.take(Throttle.firstAccountCodes(origin), at: proceeding.now, proceeding.writer)
        guard code.matches(typed) else { return .wrong }
        guard try AccountStore.account(email: email, proceeding.writer) == nil else {
            throw Problems(
                "email",
                "Un compte existe déjà à cette adresse. Donnez-lui le rôle depuis la machine\u{202F}: "
                    + "maillage account add, ou prenez une autre adresse.")
        }
        let id: Account.ID = proceeding.newIdentifier()
        try AccountStore.insert(
            id, email: email, name: name, password: password?.encoded, at: proceeding.now, proceeding.writer)
        for role in [Role.operator, .coordinator] {
            let grant = Grant(role, on: .network)
            _ = try RoleGrantStore.insert(
                grant, to: id, until: nil, reason: "Premier compte du réseau.", proceeding)
            RoleReason.note(grant, proceeding)
        }
        proceeding.about(id)
        return .created(try SessionStore.open(for: id, device: device, isNewAccount: true, proceeding))
    }
}

extension Throttle {
    /// Tries of the code of the first account: a guess in 2^60 needs no more, a person who mistypes does.
    static func firstAccountCodes(_ origin: NetworkOrigin?) -> [Toll] {
        [Toll("first account", origin?.network ?? [], Limit(10, per: .minutes(10)))]
    }
}
