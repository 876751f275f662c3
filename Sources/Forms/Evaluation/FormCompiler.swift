/// Builds a `CompiledForm` from a definition that was checked.
struct FormCompiler {
    private let form: Form
    private var questions: [CompiledQuestion] = []
    private var index: [String: Int] = [:]
    /// What each question reads to be shown and computed, and to be verified.
    private var reads: [[Int]] = []
    private var checkReads: [[Int]] = []

    init(_ form: Form) {
        self.form = form
        for (number, section) in form.sections.enumerated() {
            for question in section.questions {
                if index[question.key] == nil { index[question.key] = questions.count }
                questions.append(CompiledQuestion(question, section: number))
            }
        }
    }

    private func resolver(rows: Int? = nil) -> Resolver {
        var resolver = Resolver(questions: questions, index: index)
        resolver.rows = rows
        return resolver
    }

    mutating func compiled() throws(Resolver.Unknown) -> CompiledForm {
        var sections: [CompiledSection] = []
        var sectionReads: [[Int]] = []
        var first = 0
        for section in form.sections {
            var resolver = resolver()
            var shownIf: ResolvedCondition?
            if let condition = section.shownIf { shownIf = try resolver.resolve(condition) }
            let next = first + section.questions.count
            sections.append(
                CompiledSection(maturities: Set(section.maturities), shownIf: shownIf, questions: first..<next))
            sectionReads.append(resolver.reads)
            first = next
        }
        var compiled = questions
        for place in questions.indices { compiled[place] = try question(place) }
        var rules: [CompiledRule] = []
        var ruleReads: [[Int]] = []
        for rule in form.rules {
            var resolver = resolver()
            let condition = try resolver.resolve(rule.condition)
            let read = resolver.reads
            var when: ResolvedCondition?
            if let condition = rule.when { when = try resolver.resolve(condition) }
            let named = rule.questions.compactMap { index[$0] }
            rules.append(
                CompiledRule(rule: rule, condition: condition, when: when, questions: named.isEmpty ? read : named))
            ruleReads.append(resolver.reads)
        }
        let graph = FormGraph(
            sectionOf: questions.map(\.section), sectionReads: sectionReads, reads: reads, checkReads: checkReads,
            ruleReads: ruleReads)
        return CompiledForm(
            form: form, sections: sections, questions: compiled, rules: rules, index: index, graph: graph)
    }

    private mutating func question(_ place: Int) throws(Resolver.Unknown) -> CompiledQuestion {
        var compiled = questions[place]
        var resolver = resolver()
        if let condition = compiled.question.shownIf { compiled.shownIf = try resolver.resolve(condition) }
        if case .computed(let formula, _) = compiled.question.kind { compiled.formula = try resolver.resolve(formula) }
        var checks = self.resolver()
        if let condition = compiled.question.requirement.condition {
            compiled.requiredIf = try checks.resolve(condition)
        }
        resolver.rows = place
        checks.rows = place
        for column in compiled.question.kind.columns {
            var made = CompiledColumn(
                question: column, maturities: Set(column.maturities),
                options: Set((column.kind.options ?? []).map(\.key)))
            if let condition = column.shownIf { made.shownIf = try resolver.resolve(condition) }
            if case .computed(let formula, _) = column.kind { made.formula = try resolver.resolve(formula) }
            if let condition = column.requirement.condition { made.requiredIf = try checks.resolve(condition) }
            compiled.columns.append(made)
        }
        compiled.columnOrder = RowOrder.order(of: compiled.question.kind.columns)
        reads.append(resolver.reads)
        checkReads.append(checks.reads)
        return compiled
    }
}

/// The order of the columns of a row.
enum RowOrder {
    /// What each column reads of its own row to be shown and computed.
    static func reads(of columns: [Question]) -> [[Int]] {
        let index = Dictionary(columns.enumerated().map { ($1.key, $0) }) { first, _ in first }
        return columns.map { column in
            var mentions = column.shownIf?.mentions ?? []
            if case .computed(let formula, _) = column.kind { mentions += formula.mentions }
            return mentions.compactMap { $0.reference.path.isEmpty ? index[$0.reference.key] : nil }
        }
    }

    static func order(of columns: [Question]) -> [Int] { FormGraph.sorted(reads(of: columns)) }
}

/// Who reads whom: sections are nodes 0 to S − 1, questions come after.
struct FormGraph {
    let order: [Int]
    let rank: [Int]
    let dependents: [[Int]]
    let checks: [[CompiledForm.CheckNode]]

    init(sectionOf: [Int], sectionReads: [[Int]], reads: [[Int]], checkReads: [[Int]], ruleReads: [[Int]]) {
        let base = sectionReads.count
        var edges = sectionReads.map { $0.map { $0 + base } }
        for (question, read) in reads.enumerated() { edges.append([sectionOf[question]] + read.map { $0 + base }) }
        let order = Self.sorted(edges)
        var rank = Array(repeating: 0, count: edges.count)
        for (place, node) in order.enumerated() { rank[node] = place }
        var dependents = Array(repeating: [Int](), count: edges.count)
        for (node, read) in edges.enumerated() {
            for source in Set(read).sorted() { dependents[rank[source]].append(rank[node]) }
        }
        var checks = Array(repeating: [CompiledForm.CheckNode](), count: edges.count)
        for (question, read) in checkReads.enumerated() {
            for source in Set(read).union([question]).sorted() {
                checks[rank[source + base]].append(.question(question))
            }
        }
        for (rule, read) in ruleReads.enumerated() {
            for source in Set(read).sorted() { checks[rank[source + base]].append(.rule(rule)) }
        }
        self.order = order
        self.rank = rank
        self.dependents = dependents
        self.checks = checks
    }

    /// The nodes, each after those it reads, and otherwise in their own order; what is in a cycle comes last.
    static func sorted(_ reads: [[Int]]) -> [Int] {
        var waiting = reads.map { Set($0).count }
        var readers = Array(repeating: [Int](), count: reads.count)
        for (node, read) in reads.enumerated() {
            for source in Set(read) { readers[source].append(node) }
        }
        var order: [Int] = []
        // Depth first from each node in turn keeps neighbours together; a queue by number is enough here.
        var ready = waiting.indices.filter { waiting[$0] == 0 }
        var next = 0
        while next < ready.count {
            let node = ready[next]
            next += 1
            order.append(node)
            for reader in readers[node].sorted() {
                waiting[reader] -= 1
                if waiting[reader] == 0 { ready.append(reader) }
            }
        }
        if order.count < reads.count {
            let placed = Set(order)
            order += reads.indices.filter { !placed.contains($0) }
        }
        return order
    }
}
