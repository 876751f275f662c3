import Exchange

/// Finds sections and questions whose conditions can never hold.
///
/// A condition is laid out as alternatives; each is impossible when what it asks of one question contradicts itself, or
/// the question's choices or limits, or when it needs an answer to a question that is itself never asked. Beyond
/// `maxAlternatives` nothing is claimed: a form is only refused for what is certain.
struct ReachPass {
    static let maxAlternatives = 256

    private let form: Form
    private let questions: [String: Question]
    private var neverShown: Set<String> = []
    private(set) var issues: [FormIssue] = []

    init(_ form: Form) {
        self.form = form
        questions = Dictionary(form.questions.map { ($0.key, $0) }) { first, _ in first }
    }

    mutating func run() {
        let nodes = FormCycles.reads(of: form)
        let number = Dictionary(nodes.enumerated().map { ($1.node, $0) }) { first, _ in first }
        let order = FormGraph.sorted(nodes.map { $0.reads.compactMap { number[$0] } })
        var home: [String: FormSection] = [:]
        for section in form.sections {
            home["§" + section.key] = section
            for question in section.questions { home[question.key] = section }
        }
        for place in order {
            let node = nodes[place].node
            guard let section = home[node] else { continue }
            if node.hasPrefix("§") {
                look(node, at: section.key, [section.shownIf], [section.maturities], "Cette section")
            } else if let question = questions[node] {
                if neverShown.contains("§" + section.key) {
                    neverShown.insert(node)
                    continue
                }
                look(
                    node, at: section.key + "." + node, [section.shownIf, question.shownIf],
                    [section.maturities, question.maturities], "Cette question")
            }
        }
    }

    private mutating func look(
        _ node: String, at place: String, _ conditions: [Condition?], _ maturities: [[String]], _ what: String
    ) {
        var facts = Alternative()
        for list in maturities where !list.isEmpty {
            facts.restrict("maturite", to: Set(list), "aucune maturité ne la voit")
        }
        var reason = facts.contradiction
        let given = conditions.compactMap(\.self)
        if reason == nil, !given.isEmpty, let alternatives = Self.alternatives(of: .all(given), isTrue: true) {
            var possible = false
            for alternative in alternatives {
                var own = facts
                for (atom, isTrue) in alternative { note(atom, isTrue, in: &own) }
                guard let found = own.contradiction else {
                    possible = true
                    break
                }
                reason = reason ?? found
            }
            if possible { reason = nil }
            if alternatives.isEmpty { reason = "la condition est toujours fausse" }
        }
        guard let reason else { return }
        neverShown.insert(node)
        issues.append(
            FormIssue(
                place: place, kind: .unreachable, message: "\(what) ne peut jamais être posée : \(reason).".narrow))
    }

    // MARK: Alternatives

    typealias Atom = (condition: Condition, isTrue: Bool)

    /// The condition as alternatives of atoms that hold together; nil when there are too many.
    static func alternatives(of condition: Condition, isTrue: Bool) -> [[Atom]]? {
        switch condition {
        case .constant(let flag): return flag == isTrue ? [[]] : []
        case .not(let part): return alternatives(of: part, isTrue: !isTrue)
        case .all(let parts): return isTrue ? product(parts, isTrue) : union(parts, isTrue)
        case .any(let parts): return isTrue ? union(parts, isTrue) : product(parts, isTrue)
        case .empty(let reference): return [[(.answered(reference), !isTrue)]]
        default: return [[(condition, isTrue)]]
        }
    }

    private static func union(_ parts: [Condition], _ isTrue: Bool) -> [[Atom]]? {
        var all: [[Atom]] = []
        for part in parts {
            guard let more = alternatives(of: part, isTrue: isTrue), all.count + more.count <= maxAlternatives else {
                return nil
            }
            all += more
        }
        return all
    }

    private static func product(_ parts: [Condition], _ isTrue: Bool) -> [[Atom]]? {
        var all: [[Atom]] = [[]]
        for part in parts {
            guard let more = alternatives(of: part, isTrue: isTrue), all.count * more.count <= maxAlternatives else {
                return nil
            }
            all = all.flatMap { left in more.map { left + $0 } }
        }
        return all
    }

    // MARK: Facts

    private func note(_ atom: Condition, _ isTrue: Bool, in facts: inout Alternative) {
        switch atom {
        case .answered(let reference):
            if isTrue { need(reference, in: &facts) } else { facts.leaveEmpty(reference.description) }
        case .contains(let reference, let text):
            need(reference, in: &facts)
            facts.choice(reference.description, text, isTrue)
        case .inZoning(let value, _):
            if let reference = value.asReference { need(reference, in: &facts) }
        case .oneOf(let value, let texts):
            subject(value, in: &facts) { facts, name in
                if isTrue {
                    facts.restrict(name, to: Set(texts), "« \(name) » devrait avoir deux valeurs à la fois")
                } else {
                    facts.exclude(name, Set(texts))
                }
            }
        case .comparison(let left, let comparison, let right):
            let effective = isTrue ? comparison : comparison.opposite
            note(left, effective, right, in: &facts)
            note(right, effective.mirrored, left, in: &facts)
        default: break
        }
    }

    private func note(
        _ value: Formula, _ comparison: Condition.Comparison, _ other: Formula, in facts: inout Alternative
    ) {
        subject(value, in: &facts) { facts, name in
            switch other {
            case .text(let text):
                if comparison == .equal {
                    facts.restrict(name, to: [text], "« \(name) » devrait avoir deux valeurs à la fois")
                }
                if comparison == .different { facts.exclude(name, [text]) }
            case .flag(let flag):
                let wanted = comparison == .equal ? flag : !flag
                facts.restrict(name, to: [wanted ? "oui" : "non"], "« \(name) » devrait être oui et non à la fois")
            case .number(let number): facts.bound(name, comparison, number.millionths)
            case .date(let date): facts.bound(name, comparison, Int64(date.daysSince1970))
            default: break
            }
        }
    }

    /// Notes what is asked of a reference, a maturity or a legal form, with the limits that the question itself sets.
    private func subject(
        _ value: Formula, in facts: inout Alternative, _ note: (inout Alternative, String) -> Void
    ) {
        switch value {
        case .maturity: note(&facts, "maturite")
        case .legalForm: note(&facts, "forme_juridique")
        case .placeCommune: note(&facts, "commune_du_lieu")
        case .reference(let reference):
            need(reference, in: &facts)
            let name = reference.description
            note(&facts, name)
            guard reference.path.isEmpty else { return }
            switch questions[reference.key]?.kind {
            case .oneOf(let options):
                facts.restrict(name, to: Set(options.map(\.key)), "« \(name) » n’a pas ce choix")
            case .number(let least, let most, _):
                if let least { facts.bound(name, .atLeast, least.millionths) }
                if let most { facts.bound(name, .atMost, most.millionths) }
            case .money(let least, let most):
                if let least = least.flatMap({ ExactNumber(cents: $0) }) {
                    facts.bound(name, .atLeast, least.millionths)
                }
                if let most = most.flatMap({ ExactNumber(cents: $0) }) { facts.bound(name, .atMost, most.millionths) }
            case .date(let least, let most):
                if let least { facts.bound(name, .atLeast, Int64(least.daysSince1970)) }
                if let most { facts.bound(name, .atMost, Int64(most.daysSince1970)) }
            default: break
            }
        default: break
        }
    }

    private func need(_ reference: Reference, in facts: inout Alternative) {
        if neverShown.contains(reference.key) {
            facts.contradiction = facts.contradiction ?? "« \(reference.key) » n’est jamais posée"
        }
        facts.fill(reference.description)
    }
}
