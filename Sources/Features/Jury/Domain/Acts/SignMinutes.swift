/// The chair signs the minutes as they are shown: their text is frozen with its fingerprint, and nothing of the jury changes any
/// more (JURY-19).
public struct SignMinutes: Act {
    public static let right = "La présidence du jury, en personne."

    public let call: Call.ID
    /// The wave that its jury judges; nil for the last jury of the call.
    public let wave: CallWave.ID?
    /// Of the text that was read: another text is not signed in its place.
    public let fingerprint: String

    public init(call: Call.ID, wave: CallWave.ID? = nil, fingerprint: String) {
        self.call = call
        self.wave = wave
        self.fingerprint = fingerprint
    }

    public func authorize(_ proceeding: Proceeding) throws {
        try JuryEditing(proceeding: proceeding).access(call, wave).requireChair()
    }

    public func perform(_ proceeding: Proceeding) throws -> JuryMinutes {
        let (editing, writer, now) = (JuryEditing(proceeding: proceeding), proceeding.writer, proceeding.now)
        let access = try editing.access(call, wave)
        let former = try editing.jury(access, in: [.session])
        guard let account = proceeding.principal.account, let state = former.state.after(.sign) else { throw Missing() }
        let ranking = try JuryRanking.computed(access.call, former, at: now, writer)
        var problems = Problems()
        let silent = ranking.entries.filter { $0.advice == nil }
        if !silent.isEmpty {
            problems.add(
                "",
                (silent.count == 1 ? "Un dossier attend" : "\(silent.count) dossiers attendent")
                    + " l’avis du jury\u{202F}: " + silent.prefix(5).map(\.dossier.name).joined(separator: ", ") + ".")
        }
        if !ranking.isConfirmed {
            problems.add(
                "", "Le second calcul ne trouve pas le même classement\u{202F}: rien ne se signe. Prévenez-nous.")
        }
        if try JuryConflictStore.conflicts(of: access.id, writer).contains(where: { $0.state == .waiting }) {
            problems.add("", "Un lien trouvé attend encore une décision.")
        }
        try problems.throwIfAny()
        let text = try JuryMinutesText.of(access, former, ranking, writer)
        let print = Fingerprint(of: Array(text.utf8)).text
        guard print == fingerprint else { throw Conflict(current: former.version) }
        let name = try AccountStore.account(account, writer)?.name ?? proceeding.principal.name
        let minutes = JuryMinutes(text: text, fingerprint: print, signedAt: now, signer: name)
        try JuryMinutesStore.insert(minutes, of: access.id, by: account, writer)
        var jury = former
        jury.state = state
        jury.signedAt = now
        jury.version += 1
        try JuryStore.update(jury, at: former.version, writer)
        editing.note(access)
        proceeding.note("fingerprint", print)
        return minutes
    }
}
