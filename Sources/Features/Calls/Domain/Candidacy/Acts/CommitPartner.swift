import Storage

/// A partner says, in its own name, that it takes its part in the candidacy (CAND-17). Nobody says it for another.
public struct CommitPartner: Act {
    public static let right = "La personne invitée pour le partenaire, et elle seule."

    public let candidacy: Candidacy.ID
    public let agrees: Bool
    public let head: LetterHead

    /// - Parameter agrees: the statement was ticked.
    public init(candidacy: Candidacy.ID, agrees: Bool, head: LetterHead) {
        self.candidacy = candidacy
        self.agrees = agrees
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        let (_, member) = try CandidacyEditing(proceeding: proceeding).found(candidacy)
        guard member?.partner != nil else { throw Denied("Chaque partenaire s’engage lui-même.") }
    }

    public func perform(_ proceeding: Proceeding) throws {
        let editing = CandidacyEditing(proceeding: proceeding)
        let (candidacy, member) = try editing.found(candidacy)
        guard let id = member?.partner, var partner = try CandidacyPartnerStore.any(id, proceeding.writer),
            partner.state != .left
        else { throw Missing() }
        try editing.requireEditable(candidacy, try editing.call(of: candidacy))
        guard agrees else { throw Problems("engagement", "Cochez la case pour engager votre structure.") }
        if partner.state == .committed { return }
        let version = partner.version
        partner.state = .committed
        partner.version += 1
        partner.committedAt = proceeding.now
        partner.committedBy = proceeding.principal.account
        try CandidacyPartnerStore.update(partner, at: version, proceeding.writer)
        proceeding.concerns(candidacy.id)
        proceeding.note("partner", partner.id.text)
        if let address = try editing.holderAddress(of: candidacy) {
            proceeding.send(head.candidacyPartnerCommitted(address, candidacy, partner: partner.name))
        }
    }
}
