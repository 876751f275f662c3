import Storage

/// The structure that carries the candidacy takes a part of it like the others: its lead fills it and commits it.
public struct TakePartAsLead: Act {
    public static let right = "La personne qui porte la candidature, pour sa propre structure."

    public let candidacy: Candidacy.ID
    /// The structure's name; that of the candidacy when empty.
    public let name: String

    public init(candidacy: Candidacy.ID, name: String = "") {
        self.candidacy = candidacy
        self.name = name
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try CandidacyEditing(proceeding: proceeding).led(candidacy)
    }

    public func perform(_ proceeding: Proceeding) throws -> CandidacyPartner {
        let parts = PartEditing(proceeding)
        let (candidacy, known) = try parts.editing.found(candidacy)
        let call = try parts.editing.call(of: candidacy)
        try parts.editing.requireEditable(candidacy, call)
        guard call.settings.deposit.isConsortium else {
            throw Problems("", "Cet appel ne prévoit pas de candidature à plusieurs structures.")
        }
        if let own = known?.partner, let partner = try CandidacyPartnerStore.any(own, proceeding.writer) {
            proceeding.concerns(candidacy.id)
            return partner
        }
        guard known == nil, let account = proceeding.principal.account,
            let address = try parts.editing.holderAddress(of: candidacy)
        else { throw Missing() }
        var problems = Problems()
        let line = CallText.line(name, "partenaire", limit: 200, &problems)
        let words = line.isEmpty ? candidacy.structure : line
        if words.isEmpty { problems.add("partenaire", "Donnez le nom de votre structure.") }
        try problems.throwIfAny()
        let partner = CandidacyPartner(
            id: proceeding.newIdentifier(), candidacy: candidacy.id, name: words, state: .answering, version: 1,
            answers: .init())
        try CandidacyPartnerStore.insert(partner, proceeding.writer)
        let member = CandidacyMember(
            id: proceeding.newIdentifier(), candidacy: candidacy.id, role: .partner, sections: [], partner: partner.id,
            email: address, account: nil, invitedAt: proceeding.now, expiresAt: proceeding.now, acceptedAt: nil,
            leftAt: nil)
        // The invitation is to oneself: its secret is thrown away and it is accepted at once.
        try CandidacyMemberStore.insert(
            member, secret: Secret(proceeding.surroundings), by: account, proceeding.writer)
        _ = try CandidacyMemberStore.accept(member.id, by: account, at: proceeding.now, proceeding.writer)
        try parts.advance(candidacy)
        proceeding.note("partner", partner.id.text)
        return partner
    }
}
