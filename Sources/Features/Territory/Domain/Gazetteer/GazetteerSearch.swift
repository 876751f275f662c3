extension Gazetteer {
    /// A commune proposed for what is being typed.
    public struct Suggestion: Sendable, Equatable {
        public let commune: Commune
        /// Its postal codes, in order.
        public let postalCodes: [String]
        /// The département's name, to tell those of one name apart.
        public let departementName: String
        /// The name it was found by when that is not its name today.
        public let isFormerName: Bool
    }

    /// The communes that a text may mean, most likely and most populous first: the beginning of a postal code or of an INSEE
    /// code, of a name, or of a word of it; failing that, names a slip or two away. Under a millisecond for the country.
    public func search(_ text: String, limit: Int = 8) -> [Suggestion] {
        guard limit > 0, text.utf8.count <= 200 else { return [] }
        let digits = text.utf8.filter { $0 != 0x20 }
        if let first = digits.first, first < 0x3A, digits.count <= 5, digits.allSatisfy({ $0 < 0x3A && $0 >= 0x30 }) {
            return byNumber(String(decoding: digits, as: UTF8.self), limit)
        }
        let key = Self.key(text)
        if key.isEmpty { return [] }
        var ranking = Ranking(limit)
        names.forEach(beginningWith: key) { entry, atStart in
            offer(entry, Int(names.entries[entry].length) == key.count && atStart ? 3 : atStart ? 2 : 1, &ranking)
        }
        if ranking.isEmpty { byWords(key, &ranking) }
        if ranking.isEmpty { for slot in near(key) { ranking.offer(slot, score(slot, 0), false) } }
        if ranking.isEmpty, let slot = slot(text) { ranking.offer(Int32(slot), 0, false) }
        return ranking.sorted.map { suggestion($0.slot, isFormer: $0.isFormer) }
    }

    private func byNumber(_ digits: String, _ limit: Int) -> [Suggestion] {
        var ranking = Ranking(limit)
        guard let number = Int32(digits) else { return [] }
        var scale: Int32 = 1
        for _ in digits.utf8.count..<5 { scale *= 10 }
        let first = Self.halve(postals.count) { postals[$0].code < number * scale }
        for postal in postals[first...].prefix(while: { $0.code / scale == number }) {
            ranking.offer(postal.slot, score(postal.slot, 1), false)
        }
        if digits.utf8.count == 5, let slot = slot(digits) { ranking.offer(Int32(slot), score(Int32(slot), 0), false) }
        return ranking.sorted.map { suggestion($0.slot, isFormer: false) }
    }

    /// Every word of the text begins a word of the name, in any order: `chalons champagne`.
    private func byWords(_ key: [UInt8], _ ranking: inout Ranking) {
        let words = key.split(separator: 0x20).map(Array.init)
        guard words.count > 1, words.count <= 6, let longest = words.max(by: { $0.count < $1.count }) else { return }
        names.forEach(beginningWith: longest) { entry, _ in
            let name = names.key(of: entry).split(separator: 0x20)
            if words.allSatisfy({ word in name.contains { $0.starts(with: word) } }) { offer(entry, 1, &ranking) }
        }
    }

    private func offer(_ entry: Int, _ rank: Int, _ ranking: inout Ranking) {
        let found = names.entries[entry]
        ranking.offer(found.slot, score(found.slot, rank) - (found.isFormer ? 1 << 29 : 0), found.isFormer)
    }

    /// How well it fits before how many people live there.
    private func score(_ slot: Int32, _ rank: Int) -> Int {
        rank << 30 + min(communes[Int(slot)].population ?? 0, 1 << 28)
    }

    private func suggestion(_ slot: Int32, isFormer: Bool) -> Suggestion {
        let commune = communes[Int(slot)]
        return Suggestion(
            commune: commune, postalCodes: postalCodes(of: commune.code),
            departementName: commune.departement.flatMap(departement)?.name ?? "", isFormerName: isFormer)
    }

    /// The few best, each once.
    private struct Ranking {
        let limit: Int
        private(set) var sorted: [(slot: Int32, score: Int, isFormer: Bool)] = []

        init(_ limit: Int) { self.limit = limit }

        var isEmpty: Bool { sorted.isEmpty }

        mutating func offer(_ slot: Int32, _ score: Int, _ isFormer: Bool) {
            if sorted.count == limit, let last = sorted.last, last.score >= score { return }
            if let known = sorted.firstIndex(where: { $0.slot == slot }) {
                if sorted[known].score >= score { return }
                sorted.remove(at: known)
            }
            let place = Gazetteer.halve(sorted.count) { sorted[$0].score >= score }
            sorted.insert((slot, score, isFormer), at: place)
            if sorted.count > limit { sorted.removeLast() }
        }
    }
}
