/// A second person confirms a later limit: it holds from then on, for everybody, with an amendment and a new règlement (CALL-10).
public struct ConfirmExtension: Act {
    public static let right = "Une autre personne de l’équipe de l’appel ou de la coordination que celle qui propose."

    public let proposal: CallExtension.ID
    public let head: LetterHead

    public init(proposal: CallExtension.ID, head: LetterHead) {
        self.proposal = proposal
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard let found = try CallExtensionStore.any(proposal, proceeding.writer) else { throw Missing() }
        let (_, isTeam) = try CallEditing(proceeding: proceeding).visible(found.call)
        guard CallRights.mayExtend(proceeding.principal, isTeam: isTeam) else {
            throw Denied("Confirmer une prolongation revient à l’équipe de l’appel ou à la coordination.")
        }
        guard proceeding.principal.account != found.proposedBy else {
            throw Denied("Une prolongation est confirmée par une autre personne que celle qui la propose.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws -> Call {
        let editing = CallEditing(proceeding: proceeding)
        guard let found = try CallExtensionStore.any(proposal, proceeding.writer),
            let account = proceeding.principal.account
        else { throw Missing() }
        guard found.confirmedAt == nil else { throw Problems("", "Cette prolongation est déjà confirmée.") }
        let former = try editing.visible(found.call).call
        guard former.state == .published, let wave = former.wave(found.wave) else {
            throw Problems("", "Seul un appel publié se prolonge.")
        }
        guard wave.closesAt == found.formerClosesAt, found.closesAt > proceeding.now else {
            throw Problems("", "La limite a changé depuis cette proposition\u{202F}: faites-en une nouvelle.")
        }
        // Decided at the instant of the confirmation: a limit that passed meanwhile is not moved by an ordinary extension.
        guard wave.closesAt > proceeding.now || found.isIncident else {
            throw Problems(
                "",
                "La limite est passée avant la confirmation\u{202F}: seul un incident technique permet encore de la repousser."
            )
        }
        guard try CallOpeningStore.openings(of: former.id, proceeding.writer).allSatisfy({ $0.wave != wave.id }) else {
            throw Problems("", "Les plis sont ouverts\u{202F}: la limite ne se repousse plus.")
        }
        try CallExtensionStore.confirm(found.id, by: account, at: proceeding.now, proceeding.writer)
        var changed = former
        changed.settings.calendar.waves = former.settings.waves.map { each in
            guard each.id == wave.id else { return each }
            var later = each
            later.closesAt = found.closesAt
            later.words = found.words
            return later
        }
        proceeding.note("extension", found.id.text)
        proceeding.note("from", String(found.formerClosesAt.microseconds))
        proceeding.note("to", String(found.closesAt.microseconds))
        proceeding.note("proposed by", found.proposedBy.text)
        let reason = found.isIncident ? "Incident technique. " + found.reason : found.reason
        return try editing.amend(changed, replacing: former, reason: "Prolongation. " + reason, head: head)
    }
}
