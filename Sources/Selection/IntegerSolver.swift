import Synchronization

/// The best choice of a program, by GLPK, one search at a time.
///
/// The linear relaxation bounds the total; a small search over the variables near its line gives a good choice; every variable
/// whose reduced cost says that moving it cannot beat that choice is settled; the few that are left are searched to the end.
/// What the solver answers is checked in whole numbers, and refused by a cut when its rounding broke a row.
struct IntegerSolver {
    enum Verdict {
        case answer(Answer)
        /// No choice respects the rows.
        case impossible
        /// Stopped before anything was known.
        case undecided
    }

    struct Answer {
        var chosen: [Bool]
        var total: Int
        /// No choice has a greater total.
        var bound: Int
        var isProven: Bool { bound <= total }
    }

    let effort: SelectionEffort
    let clock: SelectionClock

    /// GLPK keeps an environment by thread and takes all the processor it can: one search at a time in the process.
    private static let gate = Mutex(())

    /// The choice of the greatest total weight. `start` is a choice known to respect the rows, when there is one.
    func maximise(_ program: IntegerProgram, _ weights: [Int], start: [Bool]? = nil) -> Verdict {
        Self.gate.withLock { _ in
            var program = program
            var last: Verdict = .undecided
            // A cut forbids the one choice that was broken: a few are enough, and the loop ends.
            for _ in 0..<12 {
                last = search(program, weights, start: start)
                guard case .answer(let answer) = last, let broken = program.firstBroken(answer.chosen) else {
                    return last
                }
                program.forbid(answer.chosen, on: broken)
            }
            if let start, program.holds(start) {
                return .answer(Answer(chosen: start, total: value(start, weights), bound: .max))
            }
            return .undecided
        }
    }

    private func search(_ program: IntegerProgram, _ weights: [Int], start: [Bool]?) -> Verdict {
        if program.contradicts { return .impossible }
        let free = program.fixed.indices.filter { program.fixed[$0] == nil }
        let settled = program.fixed.map { $0 ?? false }
        let whole = LinearProblem(program, weights, free: free, settled: settled)
        if whole.isBroken { return .impossible }
        if free.isEmpty {
            let total = value(settled, weights)
            return .answer(Answer(chosen: settled, total: total, bound: total))
        }
        let relaxed: LinearProblem.Relaxed
        switch whole.relax(milliseconds: clock.left) {
        case .optimal(let found): relaxed = found
        case .impossible: return .impossible
        case .unknown: return .undecided
        }
        let roof = Self.roof(relaxed.objective)
        var best = start.map { Answer(chosen: $0, total: value($0, weights), bound: roof) }
        if let best, best.total >= roof { return .answer(best) }

        // Near the line: where the relaxation hesitates, and what costs least to move.
        let near = free.indices.sorted { (abs(relaxed.costs[$0]), $0) < (abs(relaxed.costs[$1]), $1) }
        if near.count > Self.core {
            let kept = near.prefix(Self.core).map { free[$0] }.sorted()
            var rest = settled
            for index in near.dropFirst(Self.core) { rest[free[index]] = relaxed.values[index] > 0.5 }
            let small = LinearProblem(program, weights, free: kept, settled: rest)
            if !small.isBroken,
                case .found(let chosen, _) = small.branch(
                    from: best?.chosen, nodes: max(effort.nodes / 4, 50), milliseconds: clock.left),
                program.firstBroken(chosen) == nil
            {
                let total = value(chosen, weights)
                if total > best?.total ?? Int.min { best = Answer(chosen: chosen, total: total, bound: roof) }
            }
            if let best, best.total >= roof { return .answer(best) }
        }

        var left = free
        var rest = settled
        if let best {
            left = []
            for (index, place) in free.enumerated() {
                // Moving it would cost more than all that may still be gained.
                if Self.roof(relaxed.objective - abs(relaxed.costs[index])) <= best.total {
                    rest[place] = relaxed.values[index] > 0.5
                } else {
                    left.append(place)
                }
            }
        }
        let last = LinearProblem(program, weights, free: left, settled: rest)
        // Nothing but what is known can be better: what was settled excludes the rest.
        guard !last.isBroken else { return conclude(best, bound: best?.total) }
        switch last.branch(from: best?.chosen, nodes: effort.nodes, milliseconds: clock.left) {
        case .found(let chosen, let bound):
            let total = value(chosen, weights)
            let roof = min(roof, bound.map(Self.roof) ?? total)
            if let best, best.total >= total { return conclude(best, bound: max(best.total, roof)) }
            return .answer(Answer(chosen: chosen, total: total, bound: max(total, roof)))
        case .impossible: return best == nil ? .impossible : conclude(best, bound: best?.total)
        case .unknown: return conclude(best, bound: roof)
        }
    }

    private func conclude(_ best: Answer?, bound: Int?) -> Verdict {
        guard var best else { return .undecided }
        best.bound = bound ?? best.bound
        return .answer(best)
    }

    private func value(_ chosen: [Bool], _ weights: [Int]) -> Int {
        zip(weights, chosen).reduce(0) { $1.1 ? Integers.sum($0, $1.0) : $0 }
    }

    private static let core = 90

    /// The greatest whole total under a bound that was computed with rounding: never one too few.
    private static func roof(_ bound: Double) -> Int {
        let slack = 1e-6 + abs(bound) * 1e-9
        let floor = (bound + slack).rounded(.down)
        return floor.isFinite && abs(floor) < 9e18 ? Int(floor) : .max
    }
}

extension IntegerProgram {
    /// Refuses a choice that breaks a row, and those that hold all of what broke it.
    mutating func forbid(_ chosen: [Bool], on row: Row) {
        var terms: [Term] = []
        var held = 0
        for place in chosen.indices {
            terms.append(Term(place: place, coefficient: chosen[place] ? 1 : -1))
            if chosen[place] { held += 1 }
        }
        add(terms, .atMost, held - 1, -1)
    }
}

/// The time that is left: read by the solver only to stop what would never end.
struct SelectionClock {
    private let clock = ContinuousClock()
    private let end: ContinuousClock.Instant

    init(seconds: Int) {
        end = clock.now.advanced(by: .seconds(seconds))
    }

    /// Milliseconds; at least 1.
    var left: Int32 {
        let rest = clock.now.duration(to: end)
        let (seconds, fraction) = rest.components
        let milliseconds = seconds * 1_000 + fraction / 1_000_000_000_000_000
        return Int32(clamping: max(milliseconds, 1))
    }
}
