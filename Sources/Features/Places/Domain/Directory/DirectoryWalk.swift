import Geography

/// Where a walk through an answer stands: after one place, in one order.
///
/// It names the place and what it was sorted by, not a rank, so places that come and go meanwhile neither repeat nor hide
/// another; only a place whose own name (or date) changes between two steps may be met twice or missed.
public enum PlaceCursor: Sendable, Equatable {
    case name(key: String, id: Place.ID)
    case relevance(score: UInt16, key: String, id: Place.ID)
    case distance(metres: Double, id: Place.ID)
    case updated(at: Instant, id: Place.ID)

    public var order: PlaceQuery.Sort {
        switch self {
        case .name: .name
        case .relevance: .relevance
        case .distance: .distance
        case .updated: .updated
        }
    }

    public var text: String {
        switch self {
        case .name(let key, let id): "n.\(id.text).\(key)"
        case .relevance(let score, let key, let id): "r.\(id.text).\(score).\(key)"
        case .distance(let metres, let id): "d.\(id.text).\(metres.bitPattern)"
        case .updated(let at, let id): "u.\(id.text).\(at.microseconds)"
        }
    }

    /// Reads `text`; nil when it is not one.
    public init?(text: String) {
        let parts = text.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let id = Place.ID(text: String(parts[1])) else { return nil }
        switch parts[0] {
        case "n": self = .name(key: String(parts[2]), id: id)
        case "r":
            let rest = parts[2].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
            guard rest.count == 2, let score = UInt16(rest[0]) else { return nil }
            self = .relevance(score: score, key: String(rest[1]), id: id)
        case "d":
            guard let bits = UInt64(parts[2]) else { return nil }
            let metres = Double(bitPattern: bits)
            guard !metres.isNaN else { return nil }
            self = .distance(metres: metres, id: id)
        case "u":
            guard let at = Int64(parts[2]) else { return nil }
            self = .updated(at: Instant(microseconds: at), id: id)
        default: return nil
        }
    }

    /// Whether this place comes before the other in their common order.
    static func < (left: PlaceCursor, right: PlaceCursor) -> Bool {
        switch (left, right) {
        case (.name(let key, let id), .name(let otherKey, let other)):
            (key, id) < (otherKey, other)
        case (.relevance(let score, let key, let id), .relevance(let otherScore, let otherKey, let other)):
            (otherScore, key, id) < (score, otherKey, other)
        case (.distance(let metres, let id), .distance(let otherMetres, let other)):
            (metres, id) < (otherMetres, other)
        case (.updated(let at, let id), .updated(let otherAt, let other)):
            (otherAt, id) < (at, other)
        default: false
        }
    }
}

/// One step of a walk.
public struct PlaceStep: Sendable {
    public struct Found: Sendable {
        public let card: PlaceCard
        /// Metres from `PlaceQuery.near`.
        public let metres: Double?
    }

    /// How many places the whole answer has, at this moment.
    public let total: Int
    public let found: [Found]
    /// Where to go on; nil when this step ends the walk.
    public let next: PlaceCursor?
}

extension Directory {
    /// The places of a query after a cursor of the same order (`query.order`), at most `query.limit`.
    public func walk(_ query: PlaceQuery, after cursor: PlaceCursor?, for principal: Principal) -> PlaceStep {
        let (snapshot, times) = present()
        return snapshot.walk(query, after: cursor, for: principal, times: times)
    }
}

extension DirectorySnapshot {
    func walk(
        _ query: PlaceQuery, after cursor: PlaceCursor?, for principal: Principal, times: DirectoryTimes
    ) -> PlaceStep {
        let slots = slots(query, for: principal, times: times)
        let distances = query.near.map { metres(from: $0, to: slots) }
        let scores = query.order == .relevance ? text.search(query.text, count: count)?.scores ?? [] : []
        var ahead: [(cursor: PlaceCursor, slot: Int)] = []
        func consider(_ slot: Int, _ place: PlaceCursor) {
            if let cursor, !(cursor < place) { return }
            ahead.append((place, slot))
        }
        switch query.order {
        case .name: ahead = inNameOrder(slots, after: cursor, query.limit)
        case .relevance:
            for slot in slots.ones {
                consider(slot, .relevance(score: scores[slot], key: cards[slot].key, id: cards[slot].id))
            }
        case .distance:
            for slot in slots.ones {
                consider(slot, .distance(metres: distances?[slot] ?? .infinity, id: cards[slot].id))
            }
        case .updated:
            for slot in slots.ones { consider(slot, .updated(at: cards[slot].updatedAt, id: cards[slot].id)) }
        }
        ahead.sort { $0.cursor < $1.cursor }
        let step = ahead.prefix(query.limit)
        return PlaceStep(
            total: slots.popcount,
            found: step.map { PlaceStep.Found(card: cards[$0.slot], metres: distances?[$0.slot]) },
            next: ahead.count > step.count ? step.last?.cursor : nil)
    }

    /// Enough of the places after the cursor to fill one step and to know whether there is another, and all those that share a
    /// name with the last: among equal names, the register's own order is not that of identifiers.
    private func inNameOrder(
        _ slots: Bitset, after cursor: PlaceCursor?, _ limit: Int
    ) -> [(cursor: PlaceCursor, slot: Int)] {
        var first = 0
        if case .name(let key, _) = cursor {
            var end = byName.count
            while first < end {
                let middle = (first + end) / 2
                if cards[Int(byName[middle])].key < key { first = middle + 1 } else { end = middle }
            }
        }
        var ahead: [(cursor: PlaceCursor, slot: Int)] = []
        var lastKey: String?
        for slot in byName[first...].lazy.map(Int.init) where slots.test(slot) {
            let card = cards[slot]
            if ahead.count > limit, card.key != lastKey { break }
            let place = PlaceCursor.name(key: card.key, id: card.id)
            if let cursor, !(cursor < place) { continue }
            ahead.append((place, slot))
            lastKey = card.key
        }
        return ahead
    }
}
