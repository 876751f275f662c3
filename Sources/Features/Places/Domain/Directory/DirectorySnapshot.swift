import Exchange
import Geography

/// The register as it stood at one moment, in columns: a slot for each place, a bit for each value of each facet.
///
/// Places come and go without disturbing the others: a changed place leaves its slot and takes a new one at the end.
struct DirectorySnapshot: Sendable {
    /// Rises with each change; pages made from a snapshot carry it.
    var generation: UInt64 = 0

    private(set) var cards: [PlaceCard] = []
    private(set) var slots: [Place.ID: Int] = [:]
    private(set) var alive = Bitset()
    /// Published and for everybody: what a visitor sees.
    private(set) var open = Bitset()
    private(set) var restricted: [Int: Restricted] = [:]
    private(set) var facets: [FacetValue: Bitset] = [:]
    private(set) var communes: [String: [Int]] = [:]
    private(set) var epcis: [String: [Int]] = [:]
    private(set) var text = TextIndex()
    private(set) var openTimes = OpenTimes()
    var points = DirectoryPoints()
    /// Slots in the order of folded names.
    private(set) var byName: [Int32] = []

    struct FacetValue: Hashable, Sendable {
        let facet: Facet
        let code: String
    }

    /// Who besides its team and the coordination may see a place that is not for everybody.
    struct Restricted: Sendable {
        let state: Place.State
        let visibility: Place.Visibility
        let circles: [Int64]
    }

    var count: Int { cards.count }
    /// How many slots are of places that have since changed or gone.
    var abandoned: Int { cards.count - slots.count }

    /// Puts a place in, in place of what was known of it. A bulk load keeps no order on the way and ends with `settle`.
    mutating func put(_ entry: DirectoryEntry, inBulk: Bool = false) {
        remove(entry.id)
        let slot = cards.count
        let card = PlaceCard(entry)
        cards.append(card)
        slots[entry.id] = slot
        alive.append(true)
        let isOpen = entry.state == .published && entry.visibility == .everyone
        open.append(isOpen)
        if !isOpen {
            restricted[slot] = Restricted(state: entry.state, visibility: entry.visibility, circles: entry.circles)
        }
        for (facet, codes) in entry.facets {
            for code in codes {
                Self.mark(slot, in: &facets[FacetValue(facet: facet, code: code), default: Bitset()])
            }
        }
        for site in entry.sites {
            if let commune = site.commune, communes[commune]?.last != slot {
                communes[commune, default: []].append(slot)
            }
            if let epci = site.epci, epcis[epci]?.last != slot { epcis[epci, default: []].append(slot) }
        }
        text.add(entry.words, slot: slot, inBulk: inBulk)
        openTimes.append(entry.times)
        points.append(entry.sites.compactMap(\.point), slot: slot, isOpen: isOpen)
        if !inBulk { byName.insert(Int32(slot), at: rank(of: card.key)) }
    }

    private static func mark(_ slot: Int, in bits: inout Bitset) {
        bits.grow(to: slot + 1)
        bits.set(slot)
    }

    mutating func remove(_ id: Place.ID) {
        guard let slot = slots.removeValue(forKey: id) else { return }
        alive.clear(slot)
        open.clear(slot)
        restricted[slot] = nil
        points.remove(slot)
        if let rank = byName.firstIndex(of: Int32(slot)) { byName.remove(at: rank) }
    }

    /// Ends a bulk load: puts in order what was taken in without.
    mutating func settle() {
        let keyed = slots.values.map { (key: cards[$0].key, slot: Int32($0)) }
        byName = keyed.sorted { ($0.key, $0.slot) < ($1.key, $1.slot) }.map(\.slot)
        text.settle()
        points.settle()
    }

    private func rank(of key: String) -> Int {
        var low = 0
        var high = byName.count
        while low < high {
            let middle = (low + high) / 2
            if cards[Int(byName[middle])].key <= key { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The slots the principal may see: the same decision as `PlaceRights.maySee`, a bit each.
    func visible(to principal: Principal) -> Bitset {
        if principal.isHouse || principal.isCoordinator { return alive }
        var visible = open
        guard principal.isSignedIn else { return visible }
        for id in principal.subjects(of: .place, holding: [.placeEditor, .placeManager]) {
            if let slot = slots[Place.ID(id)] { visible.set(slot) }
        }
        let circles = Set(principal.subjects(of: .circle, holding: [.circleAnimator]))
        let isFunder = principal.holds([.funder], on: .network)
        if !circles.isEmpty || isFunder {
            for (slot, entry) in restricted where entry.state == .published {
                let isOfCircle = !circles.isDisjoint(with: entry.circles)
                switch entry.visibility {
                case .circle where isOfCircle, .funders where isOfCircle || isFunder: visible.set(slot)
                default: break
                }
            }
        }
        return visible
    }
}

/// A place as a row of a list.
public struct PlaceCard: Sendable {
    public let id: Place.ID
    public let slug: String
    public let name: String
    public let summary: String
    public let maturity: Maturity
    public let state: Place.State
    public let visibility: Place.Visibility
    public let communeName: String
    public let postalCode: String
    public let families: [String]
    public let services: [String]
    public let point: Point?
    public let updatedAt: Instant
    /// Whether the open files hold it.
    public let isOpenData: Bool
    let key: String

    init(_ entry: DirectoryEntry) {
        id = entry.id
        slug = entry.slug
        name = entry.name
        summary = entry.summary
        maturity = entry.maturity
        state = entry.state
        visibility = entry.visibility
        communeName = entry.sites.first?.communeName ?? ""
        postalCode = entry.sites.first?.postalCode ?? ""
        families = entry.facets[.family] ?? []
        services = entry.facets[.service] ?? []
        point = entry.sites.lazy.compactMap(\.point).first
        updatedAt = entry.updatedAt
        isOpenData = entry.isOpenData
        key = Words.key(entry.name)
    }
}
