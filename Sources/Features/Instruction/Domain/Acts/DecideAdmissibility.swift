/// Says that a dossier is admissible, or that it is not, with coded reasons and words that the candidate reads at once (INST-6).
public struct DecideAdmissibility: Act {
    public static let right = AssignDossier.right

    public let candidacy: Candidacy.ID
    /// The version of the instruction that was shown.
    public let version: Int
    public let isAdmissible: Bool
    /// Codes of `InadmissibilityReason`.
    public let reasons: [String]
    public let words: String
    public let head: LetterHead

    public init(
        candidacy: Candidacy.ID, version: Int, isAdmissible: Bool, reasons: [String] = [], words: String = "",
        head: LetterHead
    ) {
        self.candidacy = candidacy
        self.version = version
        self.isAdmissible = isAdmissible
        self.reasons = reasons
        self.words = words
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try InstructionEditing(proceeding: proceeding).found(candidacy)
    }

    public func perform(_ proceeding: Proceeding) throws -> Instruction {
        let editing = InstructionEditing(proceeding: proceeding)
        let found = try editing.found(candidacy)
        var moved = try editing.moved(
            found.instruction, by: isAdmissible ? .findAdmissible : .findInadmissible, shown: version)
        guard found.candidacy.state.isExamined else {
            throw Problems("", InstructionEditing.refusal(of: .findAdmissible, in: .withdrawn))
        }
        var problems = Problems()
        let words = CallText.long(words, "motivation", limit: 4_000, &problems)
        let codes = InadmissibilityReason.list(reasons)
        if isAdmissible {
            try requireChecked(found, &problems, proceeding)
        } else {
            if codes.isEmpty { problems.add("motif", "Choisissez au moins un motif.") }
            if words.isEmpty {
                problems.add("motivation", "Écrivez la motivation\u{202F}: la personne qui a déposé la lira.")
            }
        }
        try problems.throwIfAny()
        moved.decision = Instruction.Outcome(
            at: proceeding.now, by: proceeding.principal.account, reasons: isAdmissible ? [] : codes, words: words)
        try editing.write(moved, replacing: found.instruction, isAdmissible ? .admissible : .inadmissible, words: words)
        for code in moved.decision?.reasons ?? [] { proceeding.note("reason", code.rawValue) }
        if !isAdmissible, let address = try editing.holderAddress(of: found.candidacy) {
            proceeding.send(head.dossierInadmissible(address, found.candidacy, found.call, moved))
        }
        return moved
    }

    private func requireChecked(
        _ found: InstructionEditing.Found, _ problems: inout Problems, _ proceeding: Proceeding
    ) throws {
        let items = try ChecklistStore.items(of: found.call, proceeding.writer)
        let lines = try ChecklistStore.lines(of: candidacy, proceeding.writer)
        let missing = items.count { lines[$0.code] == nil }
        if missing > 0 {
            problems.add(
                "",
                missing == 1
                    ? "Il reste un contrôle sans réponse\u{202F}: répondez oui, non ou sans objet."
                    : "Il reste \(missing) contrôles sans réponse\u{202F}: répondez oui, non ou sans objet à chacun.")
        }
        for item in items where lines[item.code]?.result == .no {
            problems.add(
                "",
                "«\u{A0}\(item.label)\u{A0}» est à «\u{A0}non\u{A0}»\u{202F}: le dossier ne peut être dit recevable.")
        }
    }
}
