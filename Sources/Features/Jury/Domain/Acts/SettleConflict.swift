/// Says of a tie that it is a conflict, or that it is not one, with a reason; both are remembered (JURY-8).
public struct SettleConflict: Act {
    public static let right =
        "L’équipe de l’appel, la coordination et la présidence du jury\u{202F}; pour soi, seulement pour dire que c’en est un."

    public let call: Call.ID
    /// The wave that its jury judges; nil for the last jury of the call.
    public let wave: CallWave.ID?
    public let conflict: JuryConflict.ID
    public let isConflict: Bool
    public let reason: String

    public init(call: Call.ID, wave: CallWave.ID? = nil, conflict: JuryConflict.ID, isConflict: Bool, reason: String) {
        self.call = call
        self.wave = wave
        self.conflict = conflict
        self.isConflict = isConflict
        self.reason = reason
    }

    public func authorize(_ proceeding: Proceeding) throws {
        let access = try JuryEditing(proceeding: proceeding).access(call, wave)
        guard let found = try JuryConflictStore.any(conflict, proceeding.writer), found.jury == access.jury?.id,
            let member = try JuryMemberStore.any(found.member, proceeding.writer)
        else { throw Missing() }
        let isOwn = member.account == proceeding.principal.account
        // The ties of others are not known to a plain member.
        guard isOwn || access.keeps || access.chairs else { throw Missing() }
        guard
            JuryRights.maySettle(
                proceeding.principal, keeps: access.keeps, chairs: access.chairs, about: member,
                dismissing: !isConflict)
        else { throw Denied("Personne n’écarte un lien qui le concerne lui-même.") }
    }

    public func perform(_ proceeding: Proceeding) throws -> JuryConflict {
        let (editing, writer, now) = (JuryEditing(proceeding: proceeding), proceeding.writer, proceeding.now)
        let access = try editing.access(call, wave)
        guard try access.existing().state != .signed else {
            throw Problems("", "Le procès-verbal est signé\u{202F}: plus rien ne change.")
        }
        guard var found = try JuryConflictStore.any(conflict, writer), found.jury == access.jury?.id,
            let member = try JuryMemberStore.any(found.member, writer)
        else { throw Missing() }
        var problems = Problems()
        let words = CallText.line(reason, "motif", limit: 1_000, &problems)
        if !isConflict, words.isEmpty {
            problems.add("motif", "Dites pourquoi ce n’est pas un conflit\u{202F}: cela reste écrit.")
        }
        if !isConflict, found.nature == .team, let account = member.account,
            try JuryStake.has(Principal(account: account, name: "", grants: []), in: call, writer)
        {
            problems.add("", "Cette personne participe à une candidature de l’appel\u{202F}: ce lien ne s’écarte pas.")
        }
        try problems.throwIfAny()
        found.state = isConflict ? .confirmed : .dismissed
        found.decidedAt = now
        found.decidedBy = proceeding.principal.account
        found.reason = words
        try JuryConflictStore.settle(found, writer)
        if isConflict { try JuryAssignmentStore.end(found.member, found.candidacy, at: now, writer) }
        editing.note(access)
        proceeding.note("conflict", conflict.text)
        proceeding.note("state", found.state.rawValue)
        return found
    }
}
