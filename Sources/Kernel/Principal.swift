/// Who asks, with the rights they hold at this moment. Read from the database at each request, never cached in a token.
public struct Principal: Sendable, Equatable {
    public typealias ID = Identifier<Principal>

    /// The account, nil for a visitor and for the program itself.
    public let account: ID?
    public let name: String
    /// The rights in force, without those withheld.
    public let grants: [Grant]
    /// Rights that the account holds and that this session may not use before it shows a second factor (ACC-27).
    public let withheld: [Grant]
    /// Whether the session lacks the second factor that wide roles demand: it keeps no call and chairs no jury either.
    public let isUnproven: Bool
    /// The program at work on the operator's order: command line, imports, timers. Passes every check of right.
    public let isHouse: Bool

    /// `isUnproven`: the roles that demand a second factor are withheld.
    public init(account: ID?, name: String, grants: [Grant], isUnproven: Bool = false) {
        self.account = account
        self.name = name
        self.grants = isUnproven ? grants.filter { !$0.role.demandsSecondFactor } : grants
        withheld = isUnproven ? grants.filter { $0.role.demandsSecondFactor } : []
        self.isUnproven = isUnproven
        isHouse = false
    }

    private init(houseName: String) {
        account = nil
        name = houseName
        grants = []
        withheld = []
        isUnproven = false
        isHouse = true
    }

    /// Anybody, not signed in.
    public static let visitor = Principal(account: nil, name: "", grants: [])

    /// The program itself, acting for the operator at the machine.
    public static let house = Principal(houseName: "Maillage")

    public var isSignedIn: Bool { account != nil }

    /// The account, for what it holds by a call or a jury rather than by a role; nil where that is withheld.
    public var dutyHolder: ID? { isUnproven ? nil : account }

    /// Whether one of the roles is held on the scope itself. Wider scopes are asked for by name, so that no right is implied.
    public func holds(_ roles: Set<Role>, on scope: Scope) -> Bool {
        isHouse || grants.contains { roles.contains($0.role) && $0.scope == scope }
    }

    /// The subjects of one kind on which a role is held.
    public func subjects(of kind: Scope.Kind, holding roles: Set<Role>) -> [Int64] {
        grants.compactMap { roles.contains($0.role) && $0.scope.kind == kind ? $0.scope.subject : nil }
    }

    public var isCoordinator: Bool { holds([.coordinator], on: .network) }
    public var isOperator: Bool { holds([.operator], on: .network) }
}

/// A role held on a scope. Only grants in force are ever put in a `Principal`.
public struct Grant: Hashable, Sendable {
    public let role: Role
    public let scope: Scope

    public init(_ role: Role, on scope: Scope) {
        self.role = role
        self.scope = scope
    }
}

/// The roles of the network (see `docs/RIGHTS.md`). Visitors and plain accounts hold none.
public enum Role: String, Sendable, CaseIterable {
    case placeEditor = "editeur_lieu"
    case placeManager = "responsable_lieu"
    case circleAnimator = "animateur_cercle"
    case funder = "financeur"
    case coordinator = "coordination"
    case `operator` = "admin_tech"

    /// As people read it.
    public var label: String {
        switch self {
        case .placeEditor: "Édition du lieu"
        case .placeManager: "Responsable du lieu"
        case .circleAnimator: "Animation de cercle"
        case .funder: "Agent financeur"
        case .coordinator: "Coordination du réseau"
        case .operator: "Administration technique"
        }
    }

    /// What the role may be held on.
    public var scopeKind: Scope.Kind {
        switch self {
        case .placeEditor, .placeManager: .place
        case .circleAnimator: .circle
        case .funder, .coordinator, .operator: .network
        }
    }
}

extension Role {
    /// Whether the role opens so much that a password or a mailbox is not enough (ACC-27).
    public var demandsSecondFactor: Bool {
        switch self {
        case .funder, .coordinator, .operator: true
        case .placeEditor, .placeManager, .circleAnimator: false
        }
    }
}

/// What a role is held on.
public struct Scope: Hashable, Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        case network = "reseau"
        case circle = "cercle"
        case place = "lieu"
    }

    public let kind: Kind
    /// The identifier's number; 0 for the network.
    public let subject: Int64

    public init(_ kind: Kind, _ subject: Int64) {
        self.kind = kind
        self.subject = subject
    }

    public static let network = Scope(.network, 0)
}
