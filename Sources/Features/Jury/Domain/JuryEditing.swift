import Storage

/// What the acts of a jury share: finding it with the rights of the one who acts, at a stage where it may change.
struct JuryEditing {
    let proceeding: Proceeding

    private var writer: Writer { proceeding.writer }

    func access(_ call: Call.ID, _ wave: CallWave.ID?) throws -> JuryAccess {
        try JuryAccess.of(proceeding.principal, call, wave: wave, writer)
    }

    /// The same for a jury that is known.
    func access(_ jury: Jury) throws -> JuryAccess {
        guard let call = try CallStore.call(proceeding.principal, jury.call, writer) else { throw Missing() }
        return try JuryAccess.of(proceeding.principal, call, jury, writer)
    }

    /// Those who keep the call.
    @discardableResult
    func kept(_ call: Call.ID, _ wave: CallWave.ID?) throws -> JuryAccess {
        let access = try access(call, wave)
        try access.requireKeeper()
        return access
    }

    /// Those who keep the call, and the chair.
    @discardableResult
    func led(_ call: Call.ID, _ wave: CallWave.ID?) throws -> JuryAccess {
        let access = try access(call, wave)
        try access.requireKeeperOrChair()
        return access
    }

    /// A member, for what is their own; `Denied` for those who only keep the call.
    func seat(_ call: Call.ID, _ wave: CallWave.ID?) throws -> (access: JuryAccess, member: JuryMember) {
        let access = try access(call, wave)
        guard access.sits, let member = access.member else { throw Denied("Cela revient aux membres du jury.") }
        return (access, member)
    }

    /// The jury, in one of these states; says which one it is in otherwise.
    func jury(_ access: JuryAccess, in states: Set<JuryState>) throws -> Jury {
        let jury = try access.existing()
        guard states.contains(jury.state) else { throw Problems("", Self.words(jury.state)) }
        return jury
    }

    private static func words(_ state: JuryState) -> String {
        switch state {
        case .preparing: "Le jury se prépare encore\u{202F}: ouvrez d’abord la lecture des dossiers."
        case .reading: "La lecture est déjà ouverte, et la séance ne l’est pas encore."
        case .session: "La séance est ouverte\u{202F}: cela ne change plus."
        case .signed: "Le procès-verbal est signé\u{202F}: plus rien ne change."
        }
    }

    /// A dossier that the jury judges; `Missing` for any other.
    func dossier(_ id: Candidacy.ID, of access: JuryAccess) throws -> JuryDossier {
        guard let found = try access.dossiers(at: proceeding.now, writer).first(where: { $0.id == id })
        else { throw Missing() }
        return found
    }

    /// A dossier that a juror may open; `Missing` alike for what a tie keeps them from and for what is not there (JURY-8).
    func readable(_ id: Candidacy.ID, by member: JuryMember, _ access: JuryAccess, _ jury: Jury) throws -> JuryDossier {
        let dossier = try dossier(id, of: access)
        guard
            try JuryAssignmentStore.readable(by: member, isRevealed: jury.isRevealed, among: [id], writer).contains(id)
        else { throw Missing() }
        return dossier
    }

    /// Refuses whom a tie keeps from a dossier, chair and organisers included.
    func requireClear(_ access: JuryAccess, _ id: Candidacy.ID) throws {
        guard let member = access.member, member.sits else { return }
        guard try JuryAssignmentStore.readable(by: member, isRevealed: true, among: [id], writer).contains(id) else {
            throw Missing()
        }
    }

    /// Looks for ties of some members, keeps those that were not known, and ends the readings they forbid (JURY-8). Answers how
    /// many are new.
    func search(_ members: [JuryMember], of access: JuryAccess) throws -> Int {
        let dossiers = try access.dossiers(at: proceeding.now, writer)
        let findings = try ConflictSearch.findings(members.filter(\.sits), dossiers, at: proceeding.now, writer)
        var added = 0
        for finding in findings {
            let conflict = JuryConflict(
                id: proceeding.newIdentifier(), jury: try access.id, member: finding.member,
                candidacy: finding.candidacy, nature: finding.nature, words: finding.words, isFound: true,
                state: .waiting, at: proceeding.now, decidedAt: nil, decidedBy: nil, reason: "")
            guard try JuryConflictStore.insert(conflict, writer) else { continue }
            added += 1
            try JuryAssignmentStore.end(finding.member, finding.candidacy, at: proceeding.now, writer)
        }
        return added
    }

    /// Sends somebody an invitation to sit, in the place of those that wait.
    @discardableResult
    func invite(
        _ address: EmailAddress, _ role: JuryMember.Role, body: String, replacing waiting: [JuryMember],
        to access: JuryAccess, _ head: LetterHead
    ) throws -> JuryMember.ID {
        let now = proceeding.now
        if let account = proceeding.principal.account {
            try Throttle.take([Throttle.invitations(account)], at: now, writer)
        }
        for former in waiting {
            _ = try JuryMemberStore.leave(former.id, keepsNotes: true, reason: "", at: now, writer)
        }
        let secret = Secret(proceeding.surroundings)
        let member = JuryMember(
            id: proceeding.newIdentifier(), jury: try access.id, role: role, body: body, email: address.text,
            account: nil, invitedAt: now, expiresAt: now + JuryMember.lifetime, joinedAt: nil, leftAt: nil,
            leftReason: "", keepsNotes: true, presence: .unknown)
        try JuryMemberStore.insert(member, secret: secret, by: proceeding.principal.account, writer)
        proceeding.note("member", member.id.text)
        proceeding.send(head.juryInvitation(address.text, access, role, secret))
        return member.id
    }

    /// The address of a member, for letters; nil when their account is closed.
    func address(of member: JuryMember) throws -> String? {
        guard let account = member.account else { return nil }
        return try AccountStore.account(account, writer)?.email?.text
    }

    func note(_ access: JuryAccess) {
        proceeding.concerns(access.call.id)
    }
}
