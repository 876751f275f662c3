import Maillage
import Storage

/// What « Mon compte » shows, read for its owner in one snapshot.
struct MyAccount: Sendable {
    let data: PersonalData
    let current: Session.ID
    let scopes: [Scope: ScopeLabel]
    var candidacies: [OwnAffair] = []
    /// The identity service of the network, if any.
    var service: String?

    static func read(_ visit: Visit) async throws -> MyAccount {
        let current = try visit.ownSession()
        let (principal, now, book) = (visit.principal, visit.now, visit.reception.scopes)
        var mine = try await visit.read { reader in
            let data = try PersonalData.of(principal, at: now, reader)
            let held = data.grants.filter { $0.isInForce(at: now) }
            return MyAccount(
                data: data, current: current, scopes: try book.labels(principal, held.map(\.grant.scope), reader))
        }
        mine.service = visit.reception.identities?.settings.name
        mine.candidacies = try await visit.reception.affairs.candidacies(visit)
        return mine
    }
}

/// What a scope is called and where its page is.
public struct ScopeLabel: Sendable, Equatable {
    public let name: String
    public let path: String?

    public init(name: String, path: String?) {
        self.name = name
        self.path = path
    }

    static func of(_ scope: Scope, in labels: [Scope: ScopeLabel]) -> ScopeLabel {
        if let label = labels[scope] { return label }
        switch scope.kind {
        case .network: return ScopeLabel(name: "Le réseau", path: nil)
        case .circle: return ScopeLabel(name: "Un cercle", path: nil)
        case .place: return ScopeLabel(name: "Un lieu", path: nil)
        }
    }
}

/// The names of places and circles, which later features know and Accounts does not: `Site` fills it.
public struct ScopeBook: Sendable {
    /// The names of some scopes; those that the principal may not know of are left out.
    public var labels:
        @Sendable (_ principal: Principal, _ scopes: [Scope], _ reader: Reader) throws -> [Scope: ScopeLabel]
    /// The scope that somebody named by the last part of its page's address; nil when there is none for them.
    public var find:
        @Sendable (_ principal: Principal, _ kind: Scope.Kind, _ slug: String, _ reader: Reader) throws -> Scope?
}
