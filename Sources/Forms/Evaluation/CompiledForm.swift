/// A form made ready to be evaluated: names turned into places, and the order in which answers bear on one another.
///
/// Made once per version of a form and shared; a `FormState` holds one candidacy.
public struct CompiledForm: Sendable {
    /// What is answered at once: of a form with parts, the lead's (`Form.leadForm`).
    public let form: Form

    let sections: [CompiledSection]
    let questions: [CompiledQuestion]
    let rules: [CompiledRule]
    let index: [String: Int]
    let sectionIndex: [String: Int]
    /// Sections and questions in an order where each comes after what it reads; see `Node`.
    let order: [Node]
    /// The place of each node in `order`: sections first, then questions.
    let rank: [Int]
    /// For each node of `order`: the nodes, by rank, and the checks that read it.
    let dependents: [[Int]]
    let checks: [[CheckNode]]

    /// Something that is shown or hidden, and holds a value when it is a question.
    enum Node: Sendable {
        case section(Int)
        case question(Int)
    }

    /// Something that is verified once all is shown and computed.
    enum CheckNode: Sendable, Hashable {
        case question(Int)
        case rule(Int)
    }

    /// - Throws: `FormIssues` when the definition does not hold together (remarks do not count).
    public init(_ form: Form) throws {
        let blocking = FormCheck.issues(of: form).filter { $0.severity == .blocking }
        guard blocking.isEmpty else { throw FormIssues(list: blocking) }
        var compiler = FormCompiler(form.leadForm)
        do throws(Resolver.Unknown) {
            self = try compiler.compiled()
        } catch {
            throw FormIssues(list: [
                FormIssue(place: error.name, kind: .unknownReference, message: "Cette référence n’existe pas.")
            ])
        }
    }

    init(
        form: Form, sections: [CompiledSection], questions: [CompiledQuestion], rules: [CompiledRule],
        index: [String: Int], graph: FormGraph
    ) {
        self.form = form
        self.sections = sections
        self.questions = questions
        self.rules = rules
        self.index = index
        sectionIndex = Dictionary(form.sections.enumerated().map { ($1.key, $0) }) { first, _ in first }
        order = graph.order.map { $0 < sections.count ? .section($0) : .question($0 - sections.count) }
        rank = graph.rank
        dependents = graph.dependents
        checks = graph.checks
    }
}

struct CompiledSection: Sendable {
    let maturities: Set<String>
    let shownIf: ResolvedCondition?
    /// Places of its questions.
    let questions: Range<Int>
}

struct CompiledQuestion: Sendable {
    let question: Question
    let section: Int
    let columnIndex: [String: Int]
    let maturities: Set<String>
    var shownIf: ResolvedCondition?
    var requiredIf: ResolvedCondition?
    var formula: Resolved?
    var columns: [CompiledColumn] = []
    /// The columns in an order where each comes after those it reads in its row.
    var columnOrder: [Int] = []
    let options: Set<String>
    /// Places, in the answer's rows, are sought by key.
    let fixedRows: [TableRow]?

    init(_ question: Question, section: Int) {
        self.question = question
        self.section = section
        columnIndex = Dictionary(question.kind.columns.enumerated().map { ($1.key, $0) }) { first, _ in first }
        maturities = Set(question.maturities)
        options = Set((question.kind.options ?? []).map(\.key))
        fixedRows = question.kind.fixedRows
    }
}

struct CompiledColumn: Sendable {
    let question: Question
    let maturities: Set<String>
    let options: Set<String>
    var shownIf: ResolvedCondition?
    var requiredIf: ResolvedCondition?
    var formula: Resolved?
}

struct CompiledRule: Sendable {
    let rule: FormRule
    let condition: ResolvedCondition
    let when: ResolvedCondition?
    /// The questions beside which the message stands.
    let questions: [Int]
}
