import Forms
import Storage

/// What the acts on a partner's part share.
struct PartEditing {
    let proceeding: Proceeding
    let editing: CandidacyEditing

    init(_ proceeding: Proceeding) {
        self.proceeding = proceeding
        editing = CandidacyEditing(proceeding: proceeding)
    }

    /// The candidacy and one of its partners. `Missing` for whoever takes no part in it, and for a partner of another (CAND-1).
    func found(_ id: Candidacy.ID, _ partner: CandidacyPartner.ID) throws -> (
        candidacy: Candidacy, member: CandidacyMember?, partner: CandidacyPartner
    ) {
        let (candidacy, member) = try editing.found(id)
        guard let found = try CandidacyPartnerStore.any(partner, proceeding.writer), found.candidacy == id else {
            throw Missing()
        }
        return (candidacy, member, found)
    }

    /// The form of the parts; `Missing` when the form of the call asks partners nothing.
    func part(_ candidacy: Candidacy, _ shelf: CandidacyFormShelf) throws -> CompiledForm {
        guard let form = try CallFormStore.form(candidacy.form, proceeding.writer), let part = try shelf.part(form)
        else {
            throw Missing()
        }
        return part
    }

    /// Refuses when the partner has left.
    func requirePresent(_ partner: CandidacyPartner) throws {
        guard partner.state != .left else {
            throw Problems(
                "",
                "\(partner.name) ne participe plus à cette candidature\u{202F}: ses réponses sont gardées, sans compter."
            )
        }
    }

    /// The draft counts one more version: a deposit made on the former one is not this one.
    func advance(_ candidacy: Candidacy) throws {
        var next = candidacy
        next.version += 1
        next.updatedAt = proceeding.now
        try CandidacyStore.update(next, at: candidacy.version, proceeding.writer)
        proceeding.concerns(candidacy.id)
        proceeding.note("version", String(next.version))
    }
}
