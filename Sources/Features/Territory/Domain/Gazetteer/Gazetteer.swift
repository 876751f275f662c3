import Geography
import Storage

/// The territorial register in memory: communes, present and former, with their names, postal codes and centres, built by one
/// scan and never changed after. About 15 MB for the whole country with its coarse contours.
///
/// `LiveGazetteer` keeps the one of the moment.
public final class Gazetteer: Sendable {
    /// What the desk tells its listeners when the register changes.
    static let subject = Identifier<Gazetteer>(0)

    /// Present communes and municipal districts, in the order of their codes.
    public let communes: [Commune]
    public let regions: [TerritoryBatch.Region]
    public let departements: [TerritoryBatch.Departement]
    public let epcis: [TerritoryBatch.Epci]

    let codes: [UInt32]
    let names: GazetteerNames
    /// Codes that no longer exist, in order, each with a commune that answers for it now.
    let formers: [Former]
    /// Postal codes in order with the communes they serve, and the other way round.
    let postals: [Postal]
    let postalsBySlot: [Postal]
    let points: GazetteerPoints
    /// The municipal districts of Paris, Lyon and Marseille.
    private let districts: [String: [Int32]]
    private let regionNames: [String: String]
    private let departementRanks: [String: Int]
    private let epciRanks: [String: Int]
    /// The latest edition of the communes; 0 when there are none.
    public let edition: Int

    struct Former: Sendable {
        let code: UInt32
        let slot: Int32
    }

    struct Postal: Sendable {
        let code: Int32
        let slot: Int32
    }

    init(_ rows: GazetteerRows) {
        communes = rows.communes
        regions = rows.regions
        departements = rows.departements
        epcis = rows.epcis
        edition = rows.edition
        var districts: [String: [Int32]] = [:]
        for (slot, commune) in rows.communes.enumerated() {
            if let city = commune.partOf { districts[city, default: []].append(Int32(slot)) }
        }
        self.districts = districts
        codes = rows.communes.map { CommuneCode.packed($0.code) ?? 0 }
        regionNames = Dictionary(rows.regions.map { ($0.code, $0.name) }, uniquingKeysWith: { first, _ in first })
        departementRanks = Dictionary(
            rows.departements.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
        epciRanks = Dictionary(rows.epcis.enumerated().map { ($1.siren, $0) }, uniquingKeysWith: { first, _ in first })
        let codes = self.codes
        func slot(_ code: String) -> Int32? {
            CommuneCode.packed(code).flatMap { Self.rank(of: $0, in: codes) }.map { Int32($0) }
        }
        var named: [(key: [UInt8], slot: Int32, until: Int16)] = []
        named.reserveCapacity(rows.communes.count + rows.formers.count)
        for (slot, commune) in rows.communes.enumerated() {
            named.append((Self.key(commune.name), Int32(slot), 0))
        }
        var formers: [Former] = []
        for former in rows.formers {
            guard let slot = slot(former.successor) else { continue }
            if former.code != former.successor, let code = CommuneCode.packed(former.code) {
                formers.append(Former(code: code, slot: slot))
            }
            let key = Self.key(former.name)
            if key != Self.key(rows.communes[Int(slot)].name) {
                named.append((key, slot, former.until.flatMap { Int16($0.prefix(4)) } ?? 9999))
            }
        }
        self.formers = formers.sorted { ($0.code, $0.slot) < ($1.code, $1.slot) }
        names = GazetteerNames(named)
        let served = rows.postalCodes.compactMap { row -> Postal? in
            guard let code = CommuneCode.postal(row.postalCode), let slot = slot(row.commune) else { return nil }
            return Postal(code: code, slot: slot)
        }
        postals = served.sorted { ($0.code, $0.slot) < ($1.code, $1.slot) }
        postalsBySlot = served.sorted { ($0.slot, $0.code) < ($1.slot, $1.code) }
        points = GazetteerPoints(
            rows.communes, rows.contours.compactMap { row in slot(row.code).map { ($0, row.coarse) } })
    }

    /// No territory at all, for tests and for the time before the first import.
    public static let empty = Gazetteer(GazetteerRows())

    /// Reads the whole register.
    public static func read(_ reader: Reader) throws -> Gazetteer {
        Gazetteer(try GazetteerRows(reader))
    }

    public var isEmpty: Bool { communes.isEmpty }

    /// The present commune of a code.
    public func commune(_ code: some StringProtocol) -> Commune? {
        slot(code).map { communes[$0] }
    }

    /// The present commune of a code, or those that took it over: several when it was divided.
    public func current(_ code: some StringProtocol) -> [Commune] {
        if let commune = commune(code) { return [commune] }
        return successors(code).map { communes[Int($0)] }
    }

    /// The communes that bear a name today or, since the year given, bore it or took over one that did; within a département
    /// when one is given. Small words count only when no name fits exactly.
    func communes(named name: String, departement: String? = nil, since year: Int = 0) -> [Commune] {
        let key = Self.key(name)
        func fits(_ slot: Int32) -> Bool { departement == nil || communes[Int(slot)].departement == departement }
        var slots: [Int32] = []
        for entry in names.entries(named: key) {
            let found = names.entries[entry]
            guard !found.isFormer || Int(found.until) > year, fits(found.slot), !slots.contains(found.slot) else {
                continue
            }
            slots.append(found.slot)
        }
        if slots.isEmpty { slots = names.slots(looselyNamed: key).filter(fits) }
        return slots.map { communes[Int($0)] }
    }

    /// The postal codes of a commune, in order; of a city, those of its districts.
    public func postalCodes(of code: some StringProtocol) -> [String] {
        guard let slot = slot(code) else { return [] }
        let own = postalCodes(at: slot)
        guard own.isEmpty, let districts = districts[communes[slot].code] else { return own }
        return Set(districts.flatMap { postalCodes(at: Int($0)) }).sorted()
    }

    private func postalCodes(at slot: Int) -> [String] {
        let first = Self.halve(postalsBySlot.count) { postalsBySlot[$0].slot < slot }
        return postalsBySlot[first...].prefix { $0.slot == slot }.map { CommuneCode.postalText($0.code) }
    }

    /// The communes that a postal code serves, in the order of their codes.
    public func communes(postalCode: some StringProtocol) -> [Commune] {
        served(postalCode).map { communes[Int($0.slot)] }
    }

    public func region(_ code: String) -> String? { regionNames[code] }

    public func departement(_ code: String) -> TerritoryBatch.Departement? {
        departementRanks[code].map { departements[$0] }
    }

    public func epci(_ siren: String) -> TerritoryBatch.Epci? { epciRanks[siren].map { epcis[$0] } }

    func slot(_ code: some StringProtocol) -> Int? {
        CommuneCode.packed(code).flatMap { Self.rank(of: $0, in: codes) }
    }

    func successors(_ code: some StringProtocol) -> [Int32] {
        guard let packed = CommuneCode.packed(code) else { return [] }
        let first = Self.halve(formers.count) { formers[$0].code < packed }
        var slots: [Int32] = []
        for former in formers[first...].prefix(while: { $0.code == packed }) where slots.last != former.slot {
            slots.append(former.slot)
        }
        return slots
    }

    func served(_ postalCode: some StringProtocol) -> ArraySlice<Postal> {
        guard let number = CommuneCode.postal(postalCode) else { return [] }
        let first = Self.halve(postals.count) { postals[$0].code < number }
        var end = first
        while end < postals.count, postals[end].code == number { end += 1 }
        return postals[first..<end]
    }

    static func key(_ name: String) -> [UInt8] {
        var key: [UInt8] = []
        CommuneKey.append(name, to: &key)
        return key
    }

    /// How many of the first ranks are before.
    static func halve(_ count: Int, _ isBefore: (Int) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBefore(middle) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func rank(of code: UInt32, in codes: [UInt32]) -> Int? {
        let rank = halve(codes.count) { codes[$0] < code }
        return rank < codes.count && codes[rank] == code ? rank : nil
    }
}
