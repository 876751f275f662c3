import Exchange
import Forms
import Storage

/// The columns and the sheets that an export of a question to the board may have, by section of the form.
///
/// Answers have columns when the question names one call: those of every version of its form that dossiers were deposited in, the
/// latest first, so that a column once there stays.
public struct DossierLayout: Sendable {
    public struct Section: Sendable {
        public let title: String
        public let columns: [DossierColumn]
        public let sheets: [DossierSheet]
    }

    public let sections: [Section]

    /// The most columns an address may name.
    public static let most = 400

    public var columns: [DossierColumn] { sections.flatMap(\.columns) }
    public var sheets: [DossierSheet] { sections.flatMap(\.sheets) }

    /// The columns and sheets of these keys, columns in the order they are named; all of them when none is named. A key that a
    /// form no longer has keeps its place, empty: columns never move.
    public func chosen(_ keys: [String]) -> (columns: [DossierColumn], sheets: [DossierSheet]) {
        guard !keys.isEmpty else { return (columns, sheets) }
        let known = Dictionary(columns.map { ($0.key, $0) }) { first, _ in first }
        var taken: Set<String> = []
        var found: [DossierColumn] = []
        for key in keys.prefix(Self.most) where Self.isKey(key) && !key.hasPrefix(DossierSheet.prefix) {
            guard taken.insert(key).inserted else { continue }
            found.append(known[key] ?? DossierColumn(key: key, label: key) { _ in .empty })
        }
        let wanted = Set(keys)
        return (found, sheets.filter { wanted.contains($0.key) })
    }

    /// What keys are made of.
    static func isKey(_ text: String) -> Bool {
        (1...130).contains(text.utf8.count)
            && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { FormKey.isName($0) }
    }

    /// The columns of answers begin so.
    static let answer = "reponse."

    /// The one who asks sees the board; a call they do not keep has no columns of its own.
    public static func of(
        _ query: InstructionQuery, _ principal: Principal, at now: Instant, shelf: CandidacyFormShelf, _ reader: Reader
    ) throws -> DossierLayout {
        let board = Section(title: "Le dossier", columns: DossierColumn.board, sheets: [])
        guard let call = query.call, try InstructionBoard.keeps(call, principal, reader) else {
            return DossierLayout(sections: [board])
        }
        let forms = try CandidacyDepositStore.forms(of: call, reader).map { try shelf.compiled($0).form }
        return DossierLayout(sections: [board] + sections(of: forms))
    }

    /// The sections of some versions of a form, the latest first; what only older ones ask stands in its section of then.
    static func sections(of forms: [Form]) -> [Section] {
        var titles: [(key: String, title: String)] = []
        var asked: [String: [String]] = [:]
        var versions: [String: [Question]] = [:]
        for form in forms {
            for section in form.sections {
                if asked[section.key] == nil { titles.append((section.key, section.title)) }
                for question in section.questions {
                    if versions[question.key] == nil { asked[section.key, default: []].append(question.key) }
                    versions[question.key, default: []].append(question)
                }
                if asked[section.key] == nil { asked[section.key] = [] }
            }
        }
        return titles.compactMap { section in
            var columns: [DossierColumn] = []
            var sheets: [DossierSheet] = []
            for key in asked[section.key] ?? [] {
                guard let all = versions[key], let question = all.first else { continue }
                if let sheet = DossierSheet(all) { sheets.append(sheet) }
                columns += Self.columns(of: question)
            }
            return columns.isEmpty && sheets.isEmpty
                ? nil : Section(title: section.title, columns: columns, sheets: sheets)
        }
    }

    private static func columns(of question: Question) -> [DossierColumn] {
        let key = question.key
        if question.kind.isComputed {
            return [
                DossierColumn(key: answer + key, label: question.label) { line in
                    guard let state = line.state, state.isShown(key) else { return .empty }
                    return state.computed(key).map(AnswerCells.cell) ?? .empty
                }
            ]
        }
        return AnswerCells.parts(of: question).map { part in
            DossierColumn(
                key: answer + (part.key.isEmpty ? key : key + "." + part.key),
                label: part.label.isEmpty ? question.label : "\(question.label)\u{202F}: \(part.label)"
            ) { line in
                AnswerCells.cell(line.state?.answers[key], part.key, of: line.question(key))
            }
        }
    }
}

extension InstructionBoard {
    /// Whether the principal sees the dossiers of a call.
    static func keeps(_ call: Call.ID, _ principal: Principal, _ reader: Reader) throws -> Bool {
        try reader.exists(
            """
            SELECT 1
            FROM instruction
            WHERE instruction.call_id = \(call)
                AND \(InstructionRights.visible(to: principal))
            LIMIT 1
            """)
    }
}
