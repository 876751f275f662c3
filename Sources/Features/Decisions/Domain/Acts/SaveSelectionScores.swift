import Selection
import Storage

/// Writes the scores and amounts of a wave's dossiers, all at once, as they were typed or pasted. A dossier that is left out has none.
public struct SaveSelectionScores: Act {
    public static let right = "Une personne de l’équipe de l’appel, ou de la coordination, après la limite de dépôt."

    /// One line: the number of a receipt and what is known of its dossier.
    public struct Line: Sendable, Equatable {
        public let number: Int
        public let score: ExactScore
        public let minimum: Int
        public let maximum: Int
        public let tags: [String]
        public let territory: String

        public init(
            number: Int, score: ExactScore, minimum: Int, maximum: Int, tags: [String] = [], territory: String = ""
        ) {
            self.number = number
            self.score = score
            self.minimum = minimum
            self.maximum = maximum
            self.tags = tags
            self.territory = territory
        }
    }

    public let call: Call.ID
    public let wave: CallWave.ID
    /// The version of the plan that was shown; 0 before the first.
    public let version: Int
    public let lines: [Line]

    public init(call: Call.ID, wave: CallWave.ID, version: Int, lines: [Line]) {
        self.call = call
        self.wave = wave
        self.version = version
        self.lines = lines
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try DecisionEditing(proceeding: proceeding).call(call)
    }

    public func perform(_ proceeding: Proceeding) throws -> SelectionPlan {
        let editing = DecisionEditing(proceeding: proceeding)
        let call = try editing.call(call)
        _ = try editing.closed(wave, of: call)
        let former = try SelectionStore.plan(of: wave, proceeding.writer)
        try editing.require(version, of: former)
        let known = try DecisionBoard.dossiers(of: call, wave, proceeding.writer)
        let numbers = Dictionary(known.map { ($0.deposit.number, $0.candidacy.id) }) { first, _ in first }
        var problems = Problems()
        var seen: Set<Int> = []
        var entries: [SelectionEntry] = []
        for (index, line) in lines.enumerated() {
            let place = "Ligne \(index + 1)\u{202F}: "
            guard let candidacy = numbers[line.number] else {
                problems.add("notes", place + "aucun dossier examiné n’a le récépissé n°\u{A0}\(line.number).")
                continue
            }
            if !seen.insert(line.number).inserted {
                problems.add("notes", place + "le dossier n°\u{A0}\(line.number) est déjà noté plus haut.")
            }
            if line.minimum < 1 || line.maximum < line.minimum || line.maximum > CallEnvelope.most {
                problems.add(
                    "notes", place + "le montant le plus haut doit être au moins égal au plus bas, et plus que zéro.")
            }
            let tags = line.tags.map { CallText.line($0, "notes", limit: 60, &problems) }.filter { !$0.isEmpty }
            if tags.count > 12 { problems.add("notes", place + "douze étiquettes au plus.") }
            entries.append(
                SelectionEntry(
                    candidacy: candidacy, score: line.score, minimum: line.minimum, maximum: line.maximum, tags: tags,
                    territory: CallText.line(line.territory, "notes", limit: 60, &problems)))
        }
        try problems.throwIfAny()
        let plan = SelectionPlan(
            wave: wave, call: call.id, version: version + 1, rules: former?.rules ?? SelectionRules(),
            updatedAt: proceeding.now, updatedBy: proceeding.principal.account)
        guard try SelectionStore.write(plan, after: former, proceeding.writer) else { throw Conflict(current: version) }
        try SelectionStore.replace(entries, of: wave, proceeding.writer)
        proceeding.concerns(call.id)
        proceeding.note("wave", wave.text)
        proceeding.note("entries", String(entries.count))
        return plan
    }
}
