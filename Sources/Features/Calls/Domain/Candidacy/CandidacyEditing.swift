import Forms
import Storage

/// What the acts on a candidacy share: finding it with the rights of the one who acts, and writing it one version further.
struct CandidacyEditing {
    let proceeding: Proceeding

    private var writer: Writer { proceeding.writer }
    private var principal: Principal { proceeding.principal }

    /// The candidacy, if the one who acts leads it or takes part in it; `Missing` otherwise, whatever they are elsewhere (CAND-1).
    func found(_ id: Candidacy.ID) throws -> (candidacy: Candidacy, member: CandidacyMember?) {
        guard let candidacy = try CandidacyStore.any(id, writer) else { throw Missing() }
        let member = try CandidacyMemberStore.own(principal, of: id, writer)
        guard CandidacyRights.mayRead(principal, candidacy, member: member) else { throw Missing() }
        return (candidacy, member)
    }

    /// The candidacy, if the one who acts leads it; `Denied` when they only take part in it.
    func led(_ id: Candidacy.ID) throws -> Candidacy {
        let (candidacy, _) = try found(id)
        guard CandidacyRights.leads(principal, candidacy) else {
            throw Denied("Cela revient à la personne qui porte la candidature.")
        }
        return candidacy
    }

    /// The same question, without reading the candidacy of those who do lead it.
    func requireLead(_ id: Candidacy.ID) throws {
        if CandidacyRights.leads(principal, holder: try CandidacyStore.holder(of: id, writer)) { return }
        _ = try led(id)
    }

    /// The candidacy, if the one who acts writes it; `Denied` when they only read it.
    func remarked(_ id: Candidacy.ID) throws -> Candidacy {
        let side = try SideEditing(proceeding, id, part: nil)
        try side.requireSpeaker()
        return side.candidacy
    }

    /// The call of a candidacy. Its candidates know of it, even once it is a draft again for others.
    func call(of candidacy: Candidacy) throws -> Call {
        guard let call = try CallStore.any(candidacy.call, writer) else { throw Missing() }
        return call
    }

    /// A candidacy that was deposited, if the one who acts keeps its call; `Missing` for all others and for drafts (CAND-2).
    func decided(_ id: Candidacy.ID) throws -> (candidacy: Candidacy, call: Call) {
        guard let candidacy = try CandidacyStore.any(id, writer), candidacy.depositedVersion > 0 else {
            throw Missing()
        }
        let call = try call(of: candidacy)
        let isTeam = try CallTeamStore.belongs(principal, to: call.id, writer)
        guard CandidacyRights.mayList(principal, isTeam: isTeam) else { throw Missing() }
        guard CandidacyRights.mayDecide(principal, isTeam: isTeam) else {
            throw Denied("Cela revient à une personne de l’équipe de l’appel.")
        }
        let deposits = try CandidacyDepositStore.deposits(of: id, writer)
        guard let counting = deposits.first(where: { $0.verdict == .onTime }) ?? deposits.first,
            try CallOpeningStore.isOpen(call, counting.wave, writer)
        else { throw Missing() }
        return (candidacy, call)
    }

    /// Refuses when the draft may no longer change, saying why (CAND-6).
    func requireEditable(_ candidacy: Candidacy, _ call: Call) throws {
        guard candidacy.isEditable(in: call, at: proceeding.now) else {
            if call.state == .cancelled {
                throw Problems("", "Cet appel est annulé. Ce que vous avez écrit reste lisible.")
            }
            throw Problems("", "La limite est passée et votre dépôt est enregistré\u{202F}: il ne change plus.")
        }
    }

    /// Writes the draft one version further, and remembers what its questions held.
    func save(_ candidacy: Candidacy, replacing former: Candidacy, section: String, keys: [String]) throws -> Candidacy
    {
        var candidacy = candidacy
        candidacy.version = former.version + 1
        candidacy.updatedAt = proceeding.now
        var held = Answers()
        for key in keys { held[key] = former.answers[key] }
        try CandidacyStore.update(candidacy, at: former.version, writer)
        let seal = try CandidacySaveStore.insert(
            CandidacySave(
                candidacy: candidacy.id, version: candidacy.version, section: section, at: proceeding.now,
                account: principal.account, keys: keys, former: held), writer)
        proceeding.concerns(candidacy.id)
        proceeding.note("version", String(candidacy.version))
        proceeding.note("section", section)
        proceeding.note("seal", seal)
        return candidacy
    }

    /// The address of the lead, for letters; nil when their account is closed.
    func holderAddress(of candidacy: Candidacy) throws -> String? {
        guard let holder = candidacy.holder else { return nil }
        return try AccountStore.account(holder, writer)?.email?.text
    }
}
