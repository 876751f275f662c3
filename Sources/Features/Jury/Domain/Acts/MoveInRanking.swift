/// Puts a dossier elsewhere than its score does, with a reason that stays (JURY-16).
public struct MoveInRanking: Act {
    public static let right = "La présidence du jury et l’équipe de l’appel, sans lien avec ce dossier."

    public let call: Call.ID
    /// The wave that its jury judges; nil for the last jury of the call.
    public let wave: CallWave.ID?
    public let candidacy: Candidacy.ID
    /// From 1.
    public let position: Int
    public let reason: String

    public init(call: Call.ID, wave: CallWave.ID? = nil, candidacy: Candidacy.ID, position: Int, reason: String) {
        self.call = call
        self.wave = wave
        self.candidacy = candidacy
        self.position = position
        self.reason = reason
    }

    public func authorize(_ proceeding: Proceeding) throws {
        let editing = JuryEditing(proceeding: proceeding)
        try editing.requireClear(try editing.led(call, wave), candidacy)
    }

    public func perform(_ proceeding: Proceeding) throws {
        let editing = JuryEditing(proceeding: proceeding)
        let access = try editing.led(call, wave)
        _ = try editing.jury(access, in: [.session])
        let dossiers = try access.dossiers(at: proceeding.now, proceeding.writer)
        guard dossiers.contains(where: { $0.id == candidacy }) else { throw Missing() }
        var problems = Problems()
        let words = CallText.line(reason, "motif", limit: 2_000, &problems)
        if words.isEmpty {
            problems.add("motif", "Dites pourquoi\u{202F}: le classement et le procès-verbal le diront.")
        }
        if !(1...dossiers.count).contains(position) {
            problems.add("position", "Les positions vont de 1 à \(dossiers.count).")
        }
        try problems.throwIfAny()
        try JuryItemStore.insert(
            JuryMove(
                id: proceeding.newIdentifier(), candidacy: candidacy, position: position, reason: words,
                at: proceeding.now, by: proceeding.principal.account), of: access.id, proceeding.writer)
        editing.note(access)
        proceeding.note("candidacy", candidacy.text)
        proceeding.note("position", String(position))
    }
}
