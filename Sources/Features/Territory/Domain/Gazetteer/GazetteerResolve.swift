extension Gazetteer {
    /// The commune that an address means. The code decides when it is one; then the name among the communes that the postal
    /// code serves, then in its département, then alone when only one commune bears it. Nothing is guessed between several.
    /// Any of the three may be empty. A few microseconds, except for names that are nowhere.
    public func resolve(name: String, postalCode: String = "", code: String = "") -> Resolution {
        var work = Work(postalCode: postalCode)
        if !postalCode.isEmpty, let restored = CommuneCode.restored(postalCode) {
            work.postalCode = restored
            work.repairs.append(.lostZero(restored: restored))
        }
        var key: [UInt8] = []
        key.reserveCapacity(48)
        if !name.isEmpty, CommuneKey.append(name, to: &key) { work.repairs.append(.cedex) }
        if !code.isEmpty, let slot = slot(meant: code, key, &work) {
            let commune = communes[Int(slot)]
            if !key.isEmpty, !bears(slot, key), !isPart(commune, named: key) {
                work.repairs.append(.nameOfAnother(now: commune.name))
            }
            return work.found(commune)
        }
        if key.isEmpty { return byPostalCode(&work) }
        return byName(key, &work)
    }

    private struct Work {
        var postalCode: String
        var repairs: [Resolution.Repair] = []

        func found(_ commune: Commune) -> Resolution {
            Resolution(outcome: .found(commune), repairs: repairs, postalCode: postalCode)
        }

        func failed(_ outcome: Resolution.Outcome) -> Resolution {
            Resolution(outcome: outcome, repairs: repairs, postalCode: postalCode)
        }
    }

    private func slot(meant code: String, _ key: [UInt8], _ work: inout Work) -> Int32? {
        var code = code
        if let restored = CommuneCode.restored(code), slot(restored) != nil || !successors(restored).isEmpty {
            work.repairs.append(.lostZero(restored: restored))
            code = restored
        }
        if let slot = slot(code) { return Int32(slot) }
        let heirs = successors(code)
        let heir: Int32? = heirs.count == 1 ? heirs[0] : heirs.first { !key.isEmpty && bears($0, key) }
        if heir != nil { work.repairs.append(.formerCode(code)) }
        return heir
    }

    private func byPostalCode(_ work: inout Work) -> Resolution {
        let slots = served(work.postalCode)
        guard let first = slots.first else { return work.failed(.unknown) }
        if slots.count > 1 { return work.failed(.ambiguous(slots.map { communes[Int($0.slot)] })) }
        work.repairs.append(.fromPostalCode)
        return work.found(communes[Int(first.slot)])
    }

    private func byName(_ key: [UInt8], _ work: inout Work) -> Resolution {
        let range = names.entries(named: key)
        let served = served(work.postalCode)
        if !range.isEmpty {
            let slots = slots(in: range)
            if let resolution = choose(among: slots, served, &work, { note(range, $0, &$1) }) { return resolution }
        }
        // Nobody is called so: the nearest name among those the postal code serves, then anywhere.
        let loose = names.slots(looselyNamed: key)
        if !loose.isEmpty, let resolution = choose(among: loose, served, &work, { $1.repairs.append(misspelt($0)) }) {
            return resolution
        }
        if let slot = nearest(to: key, among: served.map(\.slot)) {
            work.repairs.append(misspelt(slot))
            return work.found(communes[Int(slot)])
        }
        if range.isEmpty, served.isEmpty || !served.isEmpty && key.count >= 8 {
            let near = near(key)
            if near.count == 1, work.postalCode.isEmpty || isNear(near[0], work.postalCode) {
                work.repairs.append(misspelt(near[0]))
                return work.found(communes[Int(near[0])])
            }
        }
        let candidates = range.isEmpty ? served.map(\.slot) : slots(in: range)
        return work.failed(
            candidates.isEmpty || range.isEmpty ? .unknown : .ambiguous(candidates.map { communes[Int($0)] }))
    }

    /// The one of some communes that the postal code means.
    private func choose(
        among slots: [Int32], _ served: ArraySlice<Postal>, _ work: inout Work, _ note: (Int32, inout Work) -> Void
    ) -> Resolution? {
        if work.postalCode.isEmpty {
            guard slots.count == 1 else { return work.failed(.ambiguous(slots.map { communes[Int($0)] })) }
            note(slots[0], &work)
            return work.found(communes[Int(slots[0])])
        }
        let both = slots.filter { slot in served.contains { $0.slot == slot } }
        if both.count == 1 {
            note(both[0], &work)
            return work.found(communes[Int(both[0])])
        }
        if both.count > 1 { return work.failed(.ambiguous(both.map { communes[Int($0)] })) }
        // « Paris » at 75005: the district's own postal code is more precise than the city's name.
        let districts = served.filter { district in
            guard let city = communes[Int(district.slot)].partOf else { return false }
            return slots.contains { communes[Int($0)].code == city }
        }
        if districts.count == 1, let district = districts.first {
            work.repairs.append(.district)
            return work.found(communes[Int(district.slot)])
        }
        let near = slots.filter { isNear($0, work.postalCode) }
        guard near.count == 1 else {
            return near.isEmpty ? nil : work.failed(.ambiguous(near.map { communes[Int($0)] }))
        }
        note(near[0], &work)
        if served.isEmpty {
            if !work.repairs.contains(.cedex) { work.repairs.append(.cedex) }
        } else if !work.repairs.contains(.cedex) {
            work.repairs.append(.postalCodeOfAnother)
        }
        return work.found(communes[Int(near[0])])
    }

    private func isNear(_ slot: Int32, _ postalCode: String) -> Bool {
        let commune = communes[Int(slot)]
        return CommuneCode.isPostal(postalCode, of: commune.departement ?? CommuneCode.departement(of: commune.code))
    }

    private func misspelt(_ slot: Int32) -> Resolution.Repair { .misspelt(meant: communes[Int(slot)].name) }

    private func note(_ range: Range<Int>, _ slot: Int32, _ work: inout Work) {
        if !range.contains(where: { names.entries[$0].slot == slot && !names.entries[$0].isFormer }) {
            work.repairs.append(.formerName(now: communes[Int(slot)].name))
        }
    }

    /// The communes that bear a name, then those that bore it.
    private func slots(in range: Range<Int>) -> [Int32] {
        var slots: [Int32] = []
        for entry in range where !names.entries[entry].isFormer { slots.append(names.entries[entry].slot) }
        if range.count > slots.count {
            for entry in range where names.entries[entry].isFormer && !slots.contains(names.entries[entry].slot) {
                slots.append(names.entries[entry].slot)
            }
        }
        return slots
    }

    private func bears(_ slot: Int32, _ key: [UInt8]) -> Bool {
        names.entries(named: key).contains { names.entries[$0].slot == slot }
            || names.slots(looselyNamed: key).contains(slot)
    }

    /// A city named for its district, or a district for its city.
    private func isPart(_ commune: Commune, named key: [UInt8]) -> Bool {
        names.entries(named: key).contains { entry in
            let other = communes[Int(names.entries[entry].slot)]
            return other.code == commune.partOf || other.partOf == commune.code
        }
    }
}
