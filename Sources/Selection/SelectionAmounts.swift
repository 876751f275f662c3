/// Amounts of those that are chosen: from the least to the most in order of score, as far as the rules of money allow.
enum SelectionAmounts {
    static func grants(_ chosen: [Bool], _ model: SelectionModel) -> [SelectionProposal.Grant] {
        let places = chosen.indices.filter { chosen[$0] }
        var rooms = Rooms(model, places)
        var amounts = places.map { model.contenders[$0].minimum }
        // What is raised inside a pool makes room outside it: some turns more. Counted, so that it ends.
        for _ in 0..<16 {
            var isRaised = false
            for (index, place) in places.enumerated() {
                let contender = model.contenders[place]
                let more = min(contender.maximum - amounts[index], rooms.left(for: contender))
                guard more > 0 else { continue }
                amounts[index] += more
                rooms.take(more, for: contender)
                isRaised = true
            }
            guard isRaised, rooms.hasShares else { break }
        }
        return zip(places, amounts).map { SelectionProposal.Grant(id: model.contenders[$0].id, amount: $1) }
    }

    /// What may still be granted under each rule of money.
    private struct Rooms {
        private var envelopes: [(left: Int, pool: SelectionPool)] = []
        /// `sign` is 1 for « at least », -1 for « at most »; `slack` is never negative.
        private var shares: [(slack: Int, sign: Int, share: SelectionShare, pool: SelectionPool)] = []

        var hasShares: Bool { !shares.isEmpty }

        init(_ model: SelectionModel, _ places: [Int]) {
            let chosen = places.map { model.contenders[$0] }
            func slack(_ share: SelectionShare, _ pool: SelectionPool) -> Int {
                chosen.reduce(0) { Integers.sum($0, share.weight(pool.holds($1)) * $1.minimum) }
            }
            for kind in model.rules.map(\.kind) {
                switch kind {
                case .envelope(let amount, let pool):
                    let committed = chosen.filter { pool.holds($0) }.reduce(0) { Integers.sum($0, $1.minimum) }
                    envelopes.append((amount - committed, pool))
                case .moneyShare(let part, let whole, let pool):
                    let share = SelectionShare(part, of: whole)
                    shares.append((slack(share, pool), 1, share, pool))
                case .moneyShareAtMost(let part, let whole, let pool):
                    let share = SelectionShare(part, of: whole)
                    shares.append((-slack(share, pool), -1, share, pool))
                default: break
                }
            }
        }

        func left(for contender: Contender) -> Int {
            var room = Int.max
            for envelope in envelopes where envelope.pool.holds(contender) { room = min(room, max(envelope.left, 0)) }
            for one in shares {
                let weight = one.sign * one.share.weight(one.pool.holds(contender))
                if weight < 0 { room = min(room, max(one.slack, 0) / -weight) }
            }
            return room
        }

        mutating func take(_ amount: Int, for contender: Contender) {
            for index in envelopes.indices where envelopes[index].pool.holds(contender) {
                envelopes[index].left -= amount
            }
            for index in shares.indices {
                let weight = shares[index].sign * shares[index].share.weight(shares[index].pool.holds(contender))
                shares[index].slack = Integers.sum(shares[index].slack, weight * amount)
            }
        }
    }
}
