/// A juror says what ties them to a dossier: it is closed to them at once, and their reading of it is given back (JURY-8).
public struct DeclareConflict: Act {
    public static let right = "Un membre du jury, pour lui-même."

    public let call: Call.ID
    /// The wave that its jury judges; nil for the last jury of the call.
    public let wave: CallWave.ID?
    public let candidacy: Candidacy.ID
    public let nature: JuryConflict.Nature
    public let words: String

    public init(
        call: Call.ID, wave: CallWave.ID? = nil, candidacy: Candidacy.ID, nature: JuryConflict.Nature, words: String
    ) {
        self.call = call
        self.wave = wave
        self.candidacy = candidacy
        self.nature = nature
        self.words = words
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try JuryEditing(proceeding: proceeding).seat(call, wave)
    }

    public func perform(_ proceeding: Proceeding) throws {
        let (editing, writer, now) = (JuryEditing(proceeding: proceeding), proceeding.writer, proceeding.now)
        let (access, member) = try editing.seat(call, wave)
        let jury = try access.existing()
        guard jury.state != .signed else {
            throw Problems("", "Le procès-verbal est signé\u{202F}: plus rien ne change.")
        }
        _ = try editing.dossier(candidacy, of: access)
        var problems = Problems()
        let clean = CallText.line(words, "precision", limit: 1_000, &problems)
        if !JuryConflict.Nature.declared.contains(nature) {
            problems.add("nature", "Choisissez ce qui vous lie à ce dossier.")
        }
        try problems.throwIfAny()
        let conflict = JuryConflict(
            id: proceeding.newIdentifier(), jury: jury.id, member: member.id, candidacy: candidacy, nature: nature,
            words: clean, isFound: false, state: .confirmed, at: now, decidedAt: now,
            decidedBy: proceeding.principal.account, reason: "")
        if try !JuryConflictStore.insert(conflict, writer) {
            // Set aside once by others: the juror's own word brings it back.
            guard
                var known = try JuryConflictStore.conflicts(of: member.id, writer).first(where: {
                    $0.candidacy == candidacy && $0.nature == nature
                })
            else { throw Missing() }
            known.state = .confirmed
            known.decidedAt = now
            known.decidedBy = proceeding.principal.account
            known.reason = clean
            try JuryConflictStore.settle(known, writer)
        }
        try JuryAssignmentStore.end(member.id, candidacy, at: now, writer)
        editing.note(access)
        proceeding.note("candidacy", candidacy.text)
        proceeding.note("nature", nature.rawValue)
    }
}
