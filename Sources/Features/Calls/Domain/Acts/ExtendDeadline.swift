import Storage

/// Proposes a later limit for a wave, for everybody. It counts once somebody else confirms it: see `ConfirmExtension` (CALL-10).
public struct ExtendDeadline: Act {
    public static let right = "Une personne de l’équipe de l’appel ou de la coordination ; une autre confirme."

    public let call: Call.ID
    public let wave: CallWave.ID
    public let closesAt: Instant
    /// The new limit as it was typed.
    public let words: String
    public let reason: String
    /// The platform failed: the only reason to move a limit that has passed.
    public let isIncident: Bool
    public let head: LetterHead

    public init(
        call: Call.ID, wave: CallWave.ID, closesAt: Instant, words: String, reason: String, isIncident: Bool = false,
        head: LetterHead
    ) {
        self.call = call
        self.wave = wave
        self.closesAt = closesAt
        self.words = words
        self.reason = reason
        self.isIncident = isIncident
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        let (_, isTeam) = try CallEditing(proceeding: proceeding).visible(call)
        guard CallRights.mayExtend(proceeding.principal, isTeam: isTeam) else {
            throw Denied("Repousser la limite revient à l’équipe de l’appel ou à la coordination.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws -> CallExtension.ID {
        let (call, _) = try CallEditing(proceeding: proceeding).visible(call)
        guard let account = proceeding.principal.account else { throw Denied() }
        guard let wave = call.wave(wave) else { throw Missing() }
        var problems = Problems()
        if call.state != .published { problems.add("", "Seul un appel publié se prolonge.") }
        if closesAt <= wave.closesAt {
            problems.add(
                "limite",
                "Une limite ne se change que pour plus tard\u{202F}: celle d’aujourd’hui est \(wave.deadlineWords).")
        }
        if closesAt <= proceeding.now { problems.add("limite", "Cette date est déjà passée.") }
        if closesAt.microseconds % 1_000_000 != 0 { problems.add("limite", "Une limite est une seconde entière.") }
        if wave.closesAt <= proceeding.now, !isIncident {
            problems.add(
                "incident",
                "La limite est passée\u{202F}: elle ne se repousse plus que pour un incident technique constaté.")
        }
        if try !CallOpeningStore.openings(of: call.id, proceeding.writer).allSatisfy({ $0.wave != wave.id }) {
            problems.add("", "Les plis sont ouverts\u{202F}: la limite ne se repousse plus.")
        }
        let motive = CallText.long(reason, "motif", limit: 2_000, &problems)
        if motive.isEmpty { problems.add("motif", "Dites pourquoi\u{202F}: le motif sera publié.") }
        try problems.throwIfAny()
        let proposal = CallExtension(
            id: proceeding.newIdentifier(), call: call.id, wave: wave.id, formerClosesAt: wave.closesAt,
            closesAt: closesAt, words: CallText.line(words, "limite", &problems), reason: motive,
            isIncident: isIncident, proposedBy: account, proposedAt: proceeding.now, confirmedAt: nil)
        do {
            try proceeding.writer.attempt { try CallExtensionStore.insert(proposal, $0) }
        } catch StorageError.unique {
            throw Problems("", "Une prolongation attend déjà d’être confirmée.")
        }
        proceeding.about(call.id)
        proceeding.note("extension", proposal.id.text)
        try askOthers(call, proposal, proceeding)
        return proposal.id
    }

    private func askOthers(_ call: Call, _ proposal: CallExtension, _ proceeding: Proceeding) throws {
        let team = try CallTeamStore.members(of: call.id, proceeding.writer).filter { $0 != proposal.proposedBy }
        let coordinators = try RoleGrantStore.holders(
            of: .coordinator, on: .network, at: proceeding.now, proceeding.writer
        ).filter { $0 != proposal.proposedBy }
        for account in try AccountStore.accounts(team.isEmpty ? coordinators : team, proceeding.writer) {
            guard let email = account.email else { continue }
            proceeding.send(head.callExtensionToConfirm(email.text, call, proposal))
        }
    }
}
