import Storage

/// A partner says, in its own name, that it takes its part in the candidacy, as that part is written (CAND-17). Nobody says it for
/// another, and a part that lacks something is not committed.
public struct CommitPartner: Act {
    public static let right = "La personne qui engage le partenaire, et elle seule."

    public let candidacy: Candidacy.ID
    public let agrees: Bool
    public let head: LetterHead
    public let shelf: CandidacyFormShelf

    /// - Parameter agrees: the statement was ticked.
    public init(candidacy: Candidacy.ID, agrees: Bool, head: LetterHead, shelf: CandidacyFormShelf) {
        self.candidacy = candidacy
        self.agrees = agrees
        self.head = head
        self.shelf = shelf
    }

    public func authorize(_ proceeding: Proceeding) throws {
        let (_, member) = try CandidacyEditing(proceeding: proceeding).found(candidacy)
        guard let member, member.partner != nil else { throw Denied("Chaque partenaire s’engage lui-même.") }
        guard member.commits else { throw Denied("Cela revient à la personne qui engage ce partenaire.") }
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
        try requireComplete(partner, of: candidacy, editing)
        let version = partner.version
        partner.state = .committed
        partner.version += 1
        partner.committedAt = proceeding.now
        partner.committedBy = proceeding.principal.account
        try CandidacyPartnerStore.update(partner, at: version, proceeding.writer)
        proceeding.concerns(candidacy.id)
        proceeding.note("partner", partner.id.text)
        proceeding.note("part_version", String(version))
        if !CandidacyRights.leads(proceeding.principal, candidacy),
            let address = try editing.holderAddress(of: candidacy)
        {
            proceeding.send(head.candidacyPartnerCommitted(address, candidacy, partner: partner.name))
        }
    }

    private func requireComplete(
        _ partner: CandidacyPartner, of candidacy: Candidacy, _ editing: CandidacyEditing
    ) throws {
        let review = try CandidacyReview.of(
            candidacy, call: try editing.call(of: candidacy), at: editing.proceeding.now, shelf: shelf,
            editing.proceeding.writer)
        guard let part = review.part(of: partner.id), !part.isComplete else { return }
        let labels = review.shortfalls(of: part).map(\.message)
        throw Problems(
            "engagement",
            "Votre part n’est pas complète (\(labels.count) à revoir)\u{202F}: remplissez-la avant d’engager votre structure."
        )
    }
}
