/// Takes a seat back, or an invitation. The sheets of who leaves are kept, and said to count or not; the readings they had not
/// finished are given back (JURY-17).
public struct RemoveJuror: Act {
    public static let right = "L’équipe de l’appel et la coordination, sauf qui candidate à cet appel."

    public let call: Call.ID
    /// The wave that its jury judges; nil for the last jury of the call.
    public let wave: CallWave.ID?
    public let member: JuryMember.ID
    public let keepsNotes: Bool
    public let reason: String

    public init(call: Call.ID, wave: CallWave.ID? = nil, member: JuryMember.ID, keepsNotes: Bool, reason: String) {
        self.call = call
        self.wave = wave
        self.member = member
        self.keepsNotes = keepsNotes
        self.reason = reason
    }

    public func authorize(_ proceeding: Proceeding) throws {
        try JuryEditing(proceeding: proceeding).kept(call, wave)
    }

    /// Answers how many readings were given back.
    public func perform(_ proceeding: Proceeding) throws -> Int {
        let (editing, writer) = (JuryEditing(proceeding: proceeding), proceeding.writer)
        let access = try editing.kept(call, wave)
        let jury = try access.existing()
        guard jury.state != .signed else {
            throw Problems("", "Le procès-verbal est signé\u{202F}: plus rien ne change.")
        }
        guard let seat = try JuryMemberStore.any(member, writer), seat.jury == jury.id, seat.leftAt == nil else {
            throw Missing()
        }
        var problems = Problems()
        let words = CallText.line(reason, "motif", limit: 1_000, &problems)
        if seat.account != nil, words.isEmpty {
            problems.add("motif", "Dites pourquoi cette personne ne siège plus\u{202F}: le procès-verbal le dira.")
        }
        try problems.throwIfAny()
        guard
            try JuryMemberStore.leave(
                member, keepsNotes: keepsNotes || seat.account == nil, reason: words, at: proceeding.now, writer)
        else { throw Missing() }
        let back = try JuryAssignmentStore.endAll(of: member, at: proceeding.now, writer)
        editing.note(access)
        proceeding.note("member", member.text)
        proceeding.note("counts", keepsNotes ? "oui" : "non")
        proceeding.note("readings", String(back))
        return back
    }
}
