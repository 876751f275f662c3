import Exchange
import Geography

/// What somebody looks for in the directory. Values of one facet widen it (this or that), facets narrow each other.
public struct PlaceQuery: Sendable, Hashable {
    public var text = ""
    public var facets: [Facet: Set<String>] = [:]
    public var commune: String?
    public var epci: String?
    public var isOpenNow = false
    public var isOpenAtWeekend = false
    public var openAt: CivilTime?
    public var box: BoundingBox?
    public var near: Point?
    /// In metres, with `near`; nil sorts by distance without a limit.
    public var radius: Double?
    public var updatedSince: Instant?
    public var sort: Sort?
    public var offset = 0
    public var limit = 50

    public enum Sort: String, Sendable, CaseIterable {
        case relevance = "pertinence"
        case name = "nom"
        case distance
        case updated = "recent"

        public var label: String {
            switch self {
            case .relevance: "Pertinence"
            case .name: "Nom"
            case .distance: "Distance"
            case .updated: "Mises à jour récentes"
            }
        }
    }

    public init() {}

    /// The order the answer comes in: the one asked for where it has a meaning, else the natural one.
    public var order: Sort {
        switch sort {
        case .distance where near != nil: .distance
        case .relevance where !Words.searched(text).isEmpty: .relevance
        case .name: .name
        case .updated: .updated
        default: near != nil ? .distance : Words.searched(text).isEmpty ? .name : .relevance
        }
    }

    /// Whether nothing narrows the directory.
    public var isEverything: Bool {
        Words.folded(text).isEmpty && facets.values.allSatisfy(\.isEmpty) && commune == nil && epci == nil && !isOpenNow
            && !isOpenAtWeekend && openAt == nil && box == nil && (near == nil || radius == nil) && updatedSince == nil
    }
}

/// What the directory answers.
public struct PlaceFindings: Sendable {
    public struct Found: Sendable {
        public let card: PlaceCard
        /// Metres from `PlaceQuery.near`.
        public let distance: Double?
        public let isOpenNow: Bool
    }

    public struct FacetCount: Sendable, Equatable {
        public let code: String
        public let count: Int
        public let isChosen: Bool
    }

    public let total: Int
    public let found: [Found]
    /// For each facet, its values with how many places each would give, the other facets as they are.
    public let facets: [Facet: [FacetCount]]
    public let openNow: Int
    public let openAtWeekend: Int
    /// Words replaced by a near spelling.
    public let corrections: [(typed: String, meant: String)]
    /// Where the found places lie, to frame a map.
    public let box: BoundingBox?
    public let generation: UInt64
}
