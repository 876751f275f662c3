/// Takes the seat offered by an invitation, signed in with the address it was sent to. What ties the person to a dossier is looked
/// for at once; who candidates to the call does not sit (JURY-9).
public struct JoinJury: Act {
    public static let right =
        "La personne nommée, connectée avec l’adresse qui a reçu l’invitation, si elle ne candidate pas."

    let secret: Secret

    public init(_ secret: Secret) {
        self.secret = secret
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.isSignedIn else { throw Denied("Connectez-vous pour accepter de siéger.") }
        guard let member = try JuryMemberStore.open(secret, at: proceeding.now, proceeding.writer) else {
            throw Missing()
        }
        try proceeding.requireAddress(member.email)
    }

    public func perform(_ proceeding: Proceeding) throws -> Jury {
        let (now, writer) = (proceeding.now, proceeding.writer)
        guard let account = proceeding.principal.account, let member = try JuryMemberStore.open(secret, at: now, writer)
        else { throw Missing() }
        guard let jury = try JuryStore.jury(member.jury, writer) else { throw Missing() }
        if try JuryMemberStore.own(proceeding.principal, in: jury.id, writer) != nil {
            throw Problems("", "Vous siégez déjà dans ce jury.")
        }
        if try JuryStake.has(proceeding.principal, in: jury.call, writer) {
            throw Problems(
                "", "Vous participez à une candidature de cet appel\u{202F}: vous ne pouvez pas siéger dans son jury.")
        }
        guard try JuryMemberStore.accept(member.id, by: account, at: now, writer) else { throw Missing() }
        let editing = JuryEditing(proceeding: proceeding)
        let access = try editing.access(jury)
        guard let seated = access.member else { throw Missing() }
        let found = try editing.search([seated], of: access)
        editing.note(access)
        proceeding.note("member", member.id.text)
        proceeding.note("ties", String(found))
        return jury
    }
}
