/// Opens a final sheet again for its author, with a reason; what it said stays, with its seal (JURY-5).
public struct ReopenSheet: Act {
    public static let right =
        "La présidence du jury\u{202F}; pour sa propre fiche, l’équipe de l’appel. Jamais la sienne."

    public let call: Call.ID
    /// The wave that its jury judges; nil for the last jury of the call.
    public let wave: CallWave.ID?
    public let candidacy: Candidacy.ID
    public let member: JuryMember.ID
    public let reason: String

    public init(call: Call.ID, wave: CallWave.ID? = nil, candidacy: Candidacy.ID, member: JuryMember.ID, reason: String)
    {
        self.call = call
        self.wave = wave
        self.candidacy = candidacy
        self.member = member
        self.reason = reason
    }

    public func authorize(_ proceeding: Proceeding) throws {
        let editing = JuryEditing(proceeding: proceeding)
        let access = try editing.led(call, wave)
        guard let author = try JuryMemberStore.any(member, proceeding.writer), author.jury == access.jury?.id else {
            throw Missing()
        }
        guard author.account != proceeding.principal.account else {
            throw Denied("Personne ne rouvre sa propre fiche.")
        }
        guard access.chairs || author.role == .chair else {
            throw Denied("Cela revient à la présidence du jury.")
        }
        try editing.requireClear(access, candidacy)
    }

    public func perform(_ proceeding: Proceeding) throws {
        let (editing, writer) = (JuryEditing(proceeding: proceeding), proceeding.writer)
        let access = try editing.led(call, wave)
        _ = try editing.jury(access, in: [.reading, .session])
        var problems = Problems()
        let words = CallText.line(reason, "motif", limit: 1_000, &problems)
        if words.isEmpty { problems.add("motif", "Dites pourquoi\u{202F}: le procès-verbal le dira.") }
        try problems.throwIfAny()
        guard let sheet = try JurySheetStore.sheet(of: member, on: candidacy, writer) else { throw Missing() }
        guard SheetState.after(.reopen, from: sheet.state) != nil else {
            throw Problems("", "Cette fiche n’est pas définitive.")
        }
        try JurySheetStore.reopen(
            sheet, as: proceeding.newIdentifier(), by: proceeding.principal.account, reason: words, at: proceeding.now,
            writer)
        editing.note(access)
        proceeding.note("sheet", sheet.id.text)
        proceeding.note("seal", sheet.commitment)
    }
}
