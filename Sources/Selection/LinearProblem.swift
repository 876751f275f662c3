import CGLPK

/// One problem handed to GLPK: the free variables of a program, the others settled. Lives the time of a search, on one thread.
final class LinearProblem {
    struct Relaxed {
        let objective: Double
        /// By free variable: its value, and what a unit of moving it would cost.
        let values: [Double]
        let costs: [Double]
    }

    enum Relaxation {
        case optimal(Relaxed)
        case impossible
        case unknown
    }

    enum Branching {
        /// A choice of every variable, and a bound when the search was stopped; nil when the choice is the best.
        case found([Bool], Double?)
        case impossible
        case unknown
    }

    /// What is settled breaks a row already.
    private(set) var isBroken = false

    private let free: [Int]
    private let settled: [Bool]
    private let offset: Double
    private let scale: Double
    /// Nil once GLPK has given up and freed everything.
    private var problem: OpaquePointer?

    init(_ program: IntegerProgram, _ weights: [Int], free: [Int], settled: [Bool]) {
        self.free = free
        self.settled = settled
        var column = [Int32](repeating: 0, count: program.count)
        for (index, place) in free.enumerated() { column[place] = Int32(index + 1) }
        offset = settled.indices.reduce(0.0) { column[$1] == 0 && settled[$1] ? $0 + Double(weights[$1]) : $0 }
        scale = max(1, free.reduce(0.0) { $0 + abs(Double(weights[$1])) } + abs(offset))
        glp_term_out(GLP_OFF)
        problem = glp_create_prob()
        guard !free.isEmpty else {
            isBroken = program.rows.contains { !$0.holds(settled) }
            return
        }
        glp_set_obj_dir(problem, GLP_MAX)
        glp_set_obj_coef(problem, 0, offset)
        glp_add_cols(problem, Int32(free.count))
        for (index, place) in free.enumerated() {
            glp_set_col_kind(problem, Int32(index + 1), GLP_BV)
            glp_set_obj_coef(problem, Int32(index + 1), Double(weights[place]))
        }
        for row in program.rows where !add(row, column) {
            isBroken = true
            return
        }
    }

    deinit {
        if let problem { glp_delete_prob(problem) }
    }

    /// False when a row has no free variable and does not hold.
    private func add(_ row: IntegerProgram.Row, _ column: [Int32]) -> Bool {
        var constant = 0
        var indexes: [Int32] = [0]
        var values: [Double] = [0]
        for term in row.terms {
            if column[term.place] > 0 {
                indexes.append(column[term.place])
                values.append(Double(term.coefficient))
            } else if settled[term.place] {
                constant = Integers.sum(constant, term.coefficient)
            }
        }
        let (bound, overflows) = row.bound.subtractingReportingOverflow(constant)
        if overflows { return row.sense == .atMost ? row.bound > 0 : row.bound < 0 }
        if indexes.count == 1 { return row.sense == .atMost ? bound >= 0 : bound <= 0 }
        let index = glp_add_rows(problem, 1)
        if row.sense == .atMost {
            glp_set_row_bnds(problem, index, GLP_UP, 0, Double(bound))
        } else {
            glp_set_row_bnds(problem, index, GLP_LO, Double(bound), 0)
        }
        glp_set_mat_row(problem, index, Int32(indexes.count - 1), indexes, values)
        return true
    }

    func relax(milliseconds: Int32) -> Relaxation {
        guard problem != nil else { return .unknown }
        var parameters = glp_smcp()
        glp_init_smcp(&parameters)
        parameters.msg_lev = GLP_MSG_OFF
        parameters.tm_lim = milliseconds
        let status = maillage_simplex(problem, &parameters)
        if status == MAILLAGE_GLPK_BROKE {
            problem = nil
            return .unknown
        }
        guard status == 0 else { return .unknown }
        switch glp_get_status(problem) {
        case GLP_OPT: break
        case GLP_NOFEAS, GLP_INFEAS: return .impossible
        default: return .unknown
        }
        let columns = 1...Int32(free.count)
        return .optimal(
            Relaxed(
                objective: glp_get_obj_val(problem), values: columns.map { glp_get_col_prim(problem, $0) },
                costs: columns.map { glp_get_col_dual(problem, $0) }))
    }

    func branch(from start: [Bool]?, nodes: Int, milliseconds: Int32) -> Branching {
        if free.isEmpty { return .found(settled, nil) }
        switch relax(milliseconds: milliseconds) {
        case .optimal: break
        case .impossible: return .impossible
        case .unknown: return .unknown
        }
        var parameters = glp_iocp()
        glp_init_iocp(&parameters)
        parameters.msg_lev = GLP_MSG_OFF
        parameters.br_tech = GLP_BR_PCH
        parameters.bt_tech = GLP_BT_BLB
        parameters.cov_cuts = GLP_ON
        parameters.tm_lim = milliseconds
        // Totals are whole: a choice that is better is better by one at least.
        parameters.tol_obj = min(1e-7, 0.3 / scale)
        var search = maillage_search()
        search.node_limit = Int32(clamping: nodes)
        let known = start.flatMap { start in
            agrees(start) ? [0] + free.map { place in start[place] ? 1.0 : 0.0 } : nil
        }
        let status: Int32 = (known ?? []).withUnsafeBufferPointer { buffer in
            search.start = known == nil ? nil : buffer.baseAddress
            return maillage_intopt(problem, &parameters, &search)
        }
        search.start = nil
        if status == MAILLAGE_GLPK_BROKE {
            problem = nil
            return .unknown
        }
        let isStopped = search.stopped != 0 || status == GLP_ETMLIM || status == GLP_ESTOP
        guard status == 0 || isStopped else { return .unknown }
        switch glp_mip_status(problem) {
        case GLP_OPT: return .found(choice(), nil)
        case GLP_FEAS: return .found(choice(), search.has_bound != 0 ? search.bound : .infinity)
        case GLP_NOFEAS: return isStopped ? .unknown : .impossible
        default: return .unknown
        }
    }

    /// A known choice serves as a start only when it agrees with what is settled.
    private func agrees(_ chosen: [Bool]) -> Bool {
        var other = chosen
        for place in free { other[place] = settled[place] }
        return other == settled
    }

    private func choice() -> [Bool] {
        var chosen = settled
        for (index, place) in free.enumerated() { chosen[place] = glp_mip_col_val(problem, Int32(index + 1)) > 0.5 }
        return chosen
    }
}
