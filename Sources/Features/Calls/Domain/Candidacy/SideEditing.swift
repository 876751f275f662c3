import Forms
import Storage

/// One side of a dossier as the acts that write it find it: what the lead answers, or the part of one partner. What is done to one is done
/// to the other in the same way.
struct SideEditing {
    let proceeding: Proceeding
    let editing: CandidacyEditing
    let candidacy: Candidacy
    let member: CandidacyMember?
    /// The partner whose part it is; nil for the lead's side.
    let partner: CandidacyPartner?

    private var writer: Writer { proceeding.writer }

    /// The side, if the one who acts may know of the candidacy; `Missing` otherwise (CAND-1), and for a partner of another.
    init(_ proceeding: Proceeding, _ id: Candidacy.ID, part: CandidacyPartner.ID?) throws {
        self.proceeding = proceeding
        editing = CandidacyEditing(proceeding: proceeding)
        if let part {
            let found = try PartEditing(proceeding).found(id, part)
            (candidacy, member, partner) = (found.candidacy, found.member, found.partner)
        } else {
            (candidacy, member) = try editing.found(id)
            partner = nil
        }
    }

    var answers: Answers { partner?.answers ?? candidacy.answers }

    /// What is asked here; `Missing` for a part when the form of the call asks partners nothing.
    func form(_ shelf: CandidacyFormShelf) throws -> Form {
        if partner != nil { return try PartEditing(proceeding).part(candidacy, shelf).form }
        guard let kept = try CallFormStore.form(candidacy.form, writer) else { throw Missing() }
        return try shelf.compiled(kept).form
    }

    /// The section of a question; `Missing` for one that is not asked here.
    func section(of question: String, _ shelf: CandidacyFormShelf) throws -> FormSection {
        let sections = try form(shelf).sections
        guard let section = sections.first(where: { $0.questions.contains { $0.key == question } }) else {
            throw Missing()
        }
        return section
    }

    /// CAND-3, CAND-31: those who write a section of it.
    func requireWriter(of section: String) throws {
        if let partner { return try PartEditing.requireOwn(member, partner) }
        guard CandidacyRights.mayWrite(proceeding.principal, candidacy, member: member, section: section) else {
            throw Denied("Cette section se remplit par d’autres personnes\u{202F}: vous pouvez la lire.")
        }
    }

    /// CAND-20: those who speak beside its questions.
    func requireSpeaker() throws {
        guard CandidacyRights.mayRemark(proceeding.principal, candidacy, member: member, in: partner) else {
            throw Denied(
                partner == nil
                    ? "Cela revient aux personnes qui écrivent la candidature."
                    : "Cela revient aux personnes de ce partenaire et à celle qui porte la candidature.")
        }
    }

    /// CAND-21: who says who is to write what.
    func requireLead() throws {
        guard CandidacyRights.mayAssign(proceeding.principal, candidacy, member: member, in: partner) else {
            throw Denied(
                partner == nil
                    ? "Cela revient à la personne qui porte la candidature."
                    : "Cela revient à la personne qui engage ce partenaire.")
        }
    }

    /// Refuses when the partner has left.
    func requirePresent() throws {
        if let partner { try PartEditing(proceeding).requirePresent(partner) }
    }

    /// Refuses when its answers may no longer change, saying why.
    func requireEditable() throws {
        try requirePresent()
        try editing.requireEditable(candidacy, try editing.call(of: candidacy))
    }

    /// The save that made a version by changing a question; nil when there is none.
    func save(at version: Int, of question: String) throws -> (any DraftSave)? {
        guard version > 1, version <= partner?.version ?? candidacy.version else { return nil }
        return try DraftSaves.all(of: candidacy.id, part: partner?.id, after: version - 1, writer)
            .first { $0.version == version && $0.keys.contains(question) }
    }

    /// Writes its answers one version further.
    func save(_ answers: Answers, section: String, keys: [String]) throws -> (
        candidacy: Candidacy, partner: CandidacyPartner?
    ) {
        if let partner {
            var part = partner
            part.answers = answers
            let saved = try PartEditing(proceeding).save(
                part, replacing: partner, of: candidacy, section: section, keys: keys)
            return (saved.candidacy, saved.partner)
        }
        var saved = candidacy
        saved.answers = answers
        return (try editing.save(saved, replacing: candidacy, section: section, keys: keys), nil)
    }

    /// Says in the journal which side it was.
    func note() {
        proceeding.concerns(candidacy.id)
        if let partner { proceeding.note("partner", partner.id.text) }
    }
}
