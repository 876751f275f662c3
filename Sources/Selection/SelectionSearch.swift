/// Chooses the set, and explains it. The same question gives the same answer on every machine, whatever the order of its
/// contenders, unless the seconds of the effort ran out: the proposal then says that it is not proven.
public struct SelectionSearch: Sendable {
    public var effort: SelectionEffort

    public init(effort: SelectionEffort = SelectionEffort()) {
        self.effort = effort
    }

    /// The set of the greatest total score; of those, one that commits the least money. Amounts are then raised from the least
    /// to the most, in order of score, as far as the envelopes allow.
    public func choose(_ question: SelectionQuestion) -> SelectionOutcome {
        guard let model = SelectionModel(question) else { return .unreadable }
        let solver = IntegerSolver(effort: effort, clock: SelectionClock(seconds: effort.seconds))
        switch best(model, model.program(), solver) {
        case .answer(let answer):
            return .chosen(
                SelectionProposal(
                    retained: SelectionAmounts.grants(answer.chosen, model),
                    reserve: reserve(answer.chosen, model, question.reserve), total: model.score(answer.total),
                    amount: SelectionAmounts.grants(answer.chosen, model).reduce(0) { Integers.sum($0, $1.amount) },
                    proof: answer.isProven ? .optimal : .within(model.score(answer.bound - answer.total))))
        case .impossible: return .impossible(SelectionConflict.rules(of: model, solver))
        case .undecided: return .undecided
        }
    }

    private func best(
        _ model: SelectionModel, _ program: IntegerProgram, _ solver: IntegerSolver
    ) -> IntegerSolver.Verdict {
        let greedy = SelectionOrder.inOrder(model, program)
        let verdict = solver.maximise(program, model.weights, start: program.holds(greedy) ? greedy : nil)
        guard case .answer(let first) = verdict, first.isProven else { return verdict }
        // Among those of the same total, the one that commits the least.
        var narrowed = program
        narrowed.add(
            model.weights.enumerated().map { .init(place: $0, coefficient: $1) }, .atLeast, first.total, -1)
        let divisor = model.contenders.reduce(0) { Integers.gcd($0, $1.minimum) }
        let costs = model.contenders.map { -($0.minimum / divisor) }
        guard case .answer(let cheapest) = solver.maximise(narrowed, costs, start: first.chosen) else { return verdict }
        var answer = first
        answer.chosen = SelectionOrder.firstOfAlikes(cheapest.chosen, model)
        // Alikes change nothing that the rows can see, unless a rule names one of them.
        if !program.holds(answer.chosen) { answer.chosen = cheapest.chosen }
        return .answer(answer)
    }

    private func reserve(_ chosen: [Bool], _ model: SelectionModel, _ count: Int) -> [String] {
        let fixed = model.program().fixed
        return Array(
            model.contenders.indices.filter { !chosen[$0] && fixed[$0] != false }.prefix(count)
                .map { model.contenders[$0].id })
    }
}

/// Choices made by order of score alone.
enum SelectionOrder {
    /// Down the order, each that breaks no ceiling: how one would do it by hand.
    static func inOrder(_ model: SelectionModel, _ program: IntegerProgram) -> [Bool] {
        var chosen = program.fixed.map { $0 ?? false }
        var ceilings: [[(row: Int, coefficient: Int)]] = Array(repeating: [], count: program.count)
        var left: [Int] = []
        for row in program.rows where row.sense == .atMost {
            for term in row.terms { ceilings[term.place].append((left.count, term.coefficient)) }
            left.append(
                row.terms.reduce(row.bound) { chosen[$1.place] ? Integers.sum($0, -$1.coefficient) : $0 })
        }
        for place in chosen.indices where program.fixed[place] == nil {
            guard ceilings[place].allSatisfy({ $0.coefficient <= left[$0.row] }) else { continue }
            chosen[place] = true
            for (row, coefficient) in ceilings[place] { left[row] = Integers.sum(left[row], -coefficient) }
        }
        return chosen
    }

    /// Between contenders that no rule tells apart and that have the same score, the first by identifier are chosen.
    static func firstOfAlikes(_ chosen: [Bool], _ model: SelectionModel) -> [Bool] {
        struct Look: Hashable {
            let score: ExactScore
            let minimum: Int
            let maximum: Int
            let tags: Set<String>
            let territory: String?
        }
        var chosen = chosen
        let groups = Dictionary(grouping: model.contenders.indices) { place in
            let one = model.contenders[place]
            return Look(
                score: one.score, minimum: one.minimum, maximum: one.maximum, tags: one.tags, territory: one.territory)
        }
        for places in groups.values where places.count > 1 {
            let count = places.count { chosen[$0] }
            for (index, place) in places.enumerated() { chosen[place] = index < count }
        }
        return chosen
    }
}

/// Which rules cannot hold together.
enum SelectionConflict {
    /// A smallest list: each rule is left out in turn, and stays out when the others still conflict without it.
    static func rules(of model: SelectionModel, _ solver: IntegerSolver) -> [String] {
        let nothing = [Int](repeating: 0, count: model.contenders.count)
        var left: Set<Int> = []
        for index in model.rules.indices {
            left.insert(index)
            guard case .impossible = solver.maximise(model.program(without: left), nothing) else {
                left.remove(index)
                continue
            }
        }
        return model.rules.indices.filter { !left.contains($0) }.map { model.rules[$0].id }
    }
}
