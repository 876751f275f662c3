/// The value of resolved expressions and conditions under a state.
extension FormState {
    func term(_ expression: Resolved, row: RowState? = nil) -> Term {
        switch expression {
        case .constant(let term): return term
        case .maturity: return environment.maturity.map { .text($0) } ?? .empty
        case .legalForm: return environment.legalForm.map { .text($0) } ?? .empty
        case .placeCommune: return environment.placeCommune.map { .text($0) } ?? .empty
        case .today: return environment.today.map { .date($0) } ?? .empty
        case .rowKey: return row.map { .text($0.key) } ?? .empty
        case .question(let place): return states[place].term
        case .part(let place, let part): return self.part(part, of: states[place])
        case .column(let column): return row?.cells[column].term ?? .empty
        case .total(let place, let column):
            return column < states[place].totals.count ? states[place].totals[column] : .empty
        case .cell(let place, let key, let column):
            return states[place].rows.first { $0.key == key }?.cells[column].term ?? .empty
        case .columnSum(let place, let column, let condition):
            guard states[place].shown else { return .empty }
            var sum = Term.number(.zero)
            for row in states[place].rows where holds(condition, row: row) == true {
                sum = Term.sum(sum, row.cells[column].term)
            }
            return sum
        case .rowCount(let place, let condition):
            guard states[place].shown else { return .empty }
            let count = states[place].rows.count { row in
                row.isAnswered && (condition.map { holds($0, row: row) == true } ?? true)
            }
            return ExactNumber(count).map { .number($0) } ?? .tooLarge
        case .sum(let parts):
            return parts.reduce(.number(.zero)) { Term.sum($0, term($1, row: row)) }
        case .least(let parts): return extreme(parts, row) { $0 < $1 }
        case .greatest(let parts): return extreme(parts, row) { $0 > $1 }
        case .arithmetic(let operation, let left, let right):
            return Term.arithmetic(operation, term(left, row: row), term(right, row: row))
        }
    }

    /// The least or the greatest of what is answered.
    private func extreme(
        _ parts: [Resolved], _ row: RowState?, _ isBetter: (ExactNumber, ExactNumber) -> Bool
    ) -> Term {
        var best: ExactNumber?
        for part in parts {
            let term = term(part, row: row)
            if term == .tooLarge { return .tooLarge }
            guard let number = term.number else { continue }
            if let known = best, !isBetter(number, known) { continue }
            best = number
        }
        return best.map { .number($0) } ?? .empty
    }

    private func part(_ part: Resolved.Part, of state: QuestionState) -> Term {
        switch part {
        case .rows:
            guard state.shown else { return .empty }
            return ExactNumber(state.rows.count { $0.isAnswered }).map { .number($0) } ?? .tooLarge
        case .from, .to, .days:
            guard case .period(let from, let to) = state.value else { return .empty }
            switch part {
            case .from: return from.map { .date($0) } ?? .empty
            case .to: return to.map { .date($0) } ?? .empty
            default:
                guard let from, let to, from <= to else { return .empty }
                return ExactNumber(to.daysSince1970 - from.daysSince1970 + 1).map { .number($0) } ?? .tooLarge
            }
        }
    }

    /// Nil while an answer that matters is missing.
    func holds(_ condition: ResolvedCondition, row: RowState? = nil) -> Bool? {
        switch condition {
        case .constant(let flag): return flag
        case .all(let parts):
            var result: Bool? = true
            for part in parts {
                guard let holds = holds(part, row: row) else {
                    result = nil
                    continue
                }
                if !holds { return false }
            }
            return result
        case .any(let parts):
            var result: Bool? = false
            for part in parts {
                guard let holds = holds(part, row: row) else {
                    result = nil
                    continue
                }
                if holds { return true }
            }
            return result
        case .not(let part): return holds(part, row: row).map { !$0 }
        case .comparison(let left, let comparison, let right):
            return Term.compare(term(left, row: row), comparison, term(right, row: row))
        case .oneOf(let value, let texts):
            guard case .text(let text) = term(value, row: row) else { return nil }
            return texts.contains(text)
        case .contains(let value, let text):
            guard case .keys(let keys) = term(value, row: row) else { return nil }
            return keys.contains(text)
        case .answered(let value): return isAnswered(value, row: row)
        case .inZoning(let value, let name):
            guard case .text(let commune) = term(value, row: row), let communes = environment.zonings[name] else {
                return nil
            }
            return communes.contains(commune)
        }
    }

    private func isAnswered(_ value: Resolved, row: RowState?) -> Bool {
        switch value {
        case .question(let place): states[place].isAnswered || !states[place].term.isEmpty
        case .column(let column): row.map { $0.cells[column].value != nil || !$0.cells[column].term.isEmpty } ?? false
        case .total(let place, let column): states[place].rows.contains { $0.cells[column].value != nil }
        case .cell(let place, let key, let column):
            states[place].rows.first { $0.key == key }.map { $0.cells[column].value != nil } ?? false
        default: !term(value, row: row).isEmpty
        }
    }
}
