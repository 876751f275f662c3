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

    /// CAND-31: the people of a partner write its part, and nobody else does.
    static func requireOwn(_ member: CandidacyMember?, _ partner: CandidacyPartner) throws {
        guard member?.partner == partner.id, member?.role == .partner else {
            throw Denied("Chaque partenaire remplit lui-même sa part\u{202F}: vous pouvez la lire.")
        }
    }

    /// Writes a part one version further, and remembers what its questions held. Its commitment ends (CAND-31).
    func save(
        _ part: CandidacyPartner, replacing former: CandidacyPartner, of candidacy: Candidacy, section: String,
        keys: [String]
    ) throws -> (partner: CandidacyPartner, candidacy: Candidacy) {
        var saved = part
        saved.version = former.version + 1
        saved.state = .answering
        saved.committedAt = nil
        saved.committedBy = nil
        var held = Answers()
        for key in keys { held[key] = former.answers[key] }
        try CandidacyPartnerStore.update(saved, at: former.version, proceeding.writer)
        let seal = try PartSaveStore.insert(
            PartSave(
                partner: saved.id, version: saved.version, section: section, at: proceeding.now,
                account: proceeding.principal.account, keys: keys, former: held), proceeding.writer)
        let advanced = try advance(candidacy)
        proceeding.note("partner", saved.id.text)
        proceeding.note("section", section)
        proceeding.note("seal", seal)
        if former.state == .committed { proceeding.note("commitment", "ended") }
        return (saved, advanced)
    }

    /// The draft counts one more version: a deposit made on the former one is not this one.
    @discardableResult
    func advance(_ candidacy: Candidacy) throws -> Candidacy {
        var next = candidacy
        next.version += 1
        next.updatedAt = proceeding.now
        try CandidacyStore.update(next, at: candidacy.version, proceeding.writer)
        proceeding.concerns(candidacy.id)
        proceeding.note("version", String(next.version))
        return next
    }
}
