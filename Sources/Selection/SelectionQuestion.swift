/// A dossier among which a set is chosen.
public struct Contender: Sendable, Equatable {
    /// Unique. Ties that nothing else breaks are broken by its order.
    public var id: String
    public var score: ExactScore
    /// The least it can do with, in the smallest unit of the currency; what it asks, when nothing less is of use.
    public var minimum: Int
    /// The most it may be granted; at least `minimum`.
    public var maximum: Int
    public var tags: Set<String>
    /// A code; nil counts nowhere.
    public var territory: String?

    public init(
        id: String, score: ExactScore, minimum: Int, maximum: Int, tags: Set<String> = [], territory: String? = nil
    ) {
        self.id = id
        self.score = score
        self.minimum = max(minimum, 0)
        self.maximum = max(maximum, self.minimum)
        self.tags = tags
        self.territory = territory
    }
}

/// Whom a rule counts.
public enum SelectionPool: Sendable, Hashable {
    case everyone
    case tagged(String)

    public func holds(_ contender: Contender) -> Bool {
        switch self {
        case .everyone: true
        case .tagged(let tag): contender.tags.contains(tag)
        }
    }
}

/// Something the chosen set must respect.
public struct SelectionRule: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// What is granted to the pool stays within an amount.
        case envelope(Int, SelectionPool)
        /// At least so many of the pool.
        case atLeast(Int, SelectionPool)
        /// At most so many of the pool.
        case atMost(Int, SelectionPool)
        /// Of those chosen, at least this share of the pool: `.share(1, of: 2, …)` is half.
        case share(Int, of: Int, SelectionPool)
        /// Of those chosen, at most this share.
        case shareAtMost(Int, of: Int, SelectionPool)
        /// What is granted to the pool is at least an amount.
        case money(Int, SelectionPool)
        /// Of what is granted, at least this share goes to the pool. It holds of the least amounts, which are chosen by, and of the
        /// amounts as they are raised.
        case moneyShare(Int, of: Int, SelectionPool)
        /// Of what is granted, at most this share.
        case moneyShareAtMost(Int, of: Int, SelectionPool)
        /// At most so many in each territory.
        case perTerritory(Int)
        /// Nobody under a score.
        case threshold(ExactScore)
        /// Chosen whatever their score.
        case include(Set<String>)
        /// Never chosen.
        case exclude(Set<String>)
    }

    /// Unique: the answer names rules by it.
    public var id: String
    public var kind: Kind

    public init(_ id: String, _ kind: Kind) {
        self.id = id
        self.kind = kind
    }
}

/// What is asked: the set of the greatest total score that respects every rule.
public struct SelectionQuestion: Sendable, Equatable {
    /// The most contenders that are taken.
    public static let limit = 5_000

    public var contenders: [Contender]
    public var rules: [SelectionRule]
    /// How many stand on the reserve list.
    public var reserve: Int

    public init(contenders: [Contender], rules: [SelectionRule], reserve: Int = 0) {
        self.contenders = contenders
        self.rules = rules
        self.reserve = max(reserve, 0)
    }
}

/// How hard to look. Counted in nodes of the search tree and never in seconds, so that every machine gives the same answer;
/// the seconds only stop a search that would never end, and the answer then says that it is not proven.
public struct SelectionEffort: Sendable, Equatable {
    public var nodes: Int
    public var seconds: Int

    public init(nodes: Int = 6_000, seconds: Int = 20) {
        self.nodes = max(nodes, 1)
        self.seconds = max(seconds, 1)
    }
}
