extension SelectionSearch {
    /// Why the proposal is what it is: what each rule costs, who stands near the line, what more money would change.
    ///
    /// Every statement is the answer of a search of its own, and keeps as near to the proposal as it may. `money` is added to
    /// the first envelope; `near` dossiers are looked at on each side of the line.
    public func explain(
        _ proposal: SelectionProposal, of question: SelectionQuestion, money: Int, near: Int = 3
    ) -> SelectionExplanation? {
        guard let model = SelectionModel(question) else { return nil }
        var chosen = [Bool](repeating: false, count: model.contenders.count)
        for grant in proposal.retained {
            guard let place = model.places[grant.id] else { return nil }
            chosen[place] = true
        }
        guard model.program().holds(chosen) else { return nil }
        let reasons = SelectionReasons(
            model: model, chosen: chosen, total: model.total(chosen),
            solver: IntegerSolver(
                effort: SelectionEffort(nodes: max(effort.nodes / 4, 1), seconds: effort.seconds),
                clock: SelectionClock(seconds: effort.seconds)))
        return SelectionExplanation(
            costs: model.rules.indices.map(reasons.cost), line: reasons.line(near), moreMoney: reasons.richer(by: money)
        )
    }
}

/// What would happen if one thing were otherwise.
struct SelectionReasons {
    let model: SelectionModel
    let chosen: [Bool]
    let total: Int
    let solver: IntegerSolver

    func cost(_ rule: Int) -> RuleCost {
        RuleCost(
            rule: model.rules[rule].id,
            without: shift(model.program(without: [rule]), start: chosen)
                ?? SelectionShift(enters: [], leaves: [], gain: .zero, isProven: false))
    }

    func richer(by money: Int) -> SelectionShift? {
        let hasEnvelope = model.rules.contains { if case .envelope = $0.kind { true } else { false } }
        guard hasEnvelope, money > 0 else { return nil }
        return shift(model.program(adding: money), start: chosen)
    }

    /// The last that are retained of their own score, then the first that are not.
    func line(_ count: Int) -> [NearLine] {
        let program = model.program()
        let free = chosen.indices.filter { program.fixed[$0] == nil }
        let last = free.filter { chosen[$0] }.suffix(count)
        let next = free.filter { !chosen[$0] }.prefix(count)
        return last.map { near($0, program) } + next.map { near($0, program) }
    }

    private func near(_ place: Int, _ program: IntegerProgram) -> NearLine {
        let isIn = chosen[place]
        var margin: ExactScore?
        var instead: [String] = []
        if let other = choice(model.program(forcing: (place, !isIn)), start: nil) {
            margin = model.score(max(total - model.total(other.chosen), 0))
            instead = model.contenders.indices
                .filter { $0 != place && (isIn ? other.chosen[$0] && !chosen[$0] : chosen[$0] && !other.chosen[$0]) }
                .map { model.contenders[$0].id }
        }
        var stops: [String] = []
        if !isIn {
            var wider = chosen
            wider[place] = true
            for row in program.rows where !row.holds(wider) && row.rule >= 0 {
                let id = model.rules[row.rule].id
                if !stops.contains(id) { stops.append(id) }
            }
        }
        return NearLine(
            id: model.contenders[place].id, isRetained: isIn, margin: margin, instead: instead, stoppedBy: stops)
    }

    private func shift(_ program: IntegerProgram, start: [Bool]) -> SelectionShift? {
        guard let other = choice(program, start: start) else { return nil }
        let gain = max(model.total(other.chosen) - total, 0)
        let moved = gain > 0 ? other.chosen : chosen
        let places = model.contenders.indices
        return SelectionShift(
            enters: places.filter { moved[$0] && !chosen[$0] }.map { model.contenders[$0].id },
            leaves: places.filter { !moved[$0] && chosen[$0] }.map { model.contenders[$0].id },
            gain: model.score(gain), isProven: other.isProven)
    }

    /// The best of a program; of those of the same total, the nearest to the proposal.
    private func choice(_ program: IntegerProgram, start: [Bool]?) -> IntegerSolver.Answer? {
        guard case .answer(let first) = solver.maximise(program, model.weights, start: start) else { return nil }
        guard first.total != total || start == nil, first.isProven else { return first }
        var narrowed = program
        narrowed.add(
            model.weights.enumerated().map { .init(place: $0, coefficient: $1) }, .atLeast, first.total, -1)
        let nearness = chosen.map { $0 ? 1 : -1 }
        guard case .answer(let nearest) = solver.maximise(narrowed, nearness, start: first.chosen) else { return first }
        var answer = first
        answer.chosen = nearest.chosen
        return answer
    }
}
