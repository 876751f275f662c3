import Storage

/// Invites all those who sat in the jury of the wave before to sit in this one. Each gets an invitation of their own and sits once they accept
/// it; what ties them to a dossier is looked for anew (JURY-22).
public struct InviteFormerJurors: Act {
    public static let right = "L’équipe de l’appel et la coordination, sauf qui candidate à cet appel."

    public let call: Call.ID
    /// The wave whose jury they are invited to; nil for the last jury of the call.
    public let wave: CallWave.ID?
    public let head: LetterHead

    public init(call: Call.ID, wave: CallWave.ID? = nil, head: LetterHead) {
        self.call = call
        self.wave = wave
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        try JuryEditing(proceeding: proceeding).kept(call, wave)
    }

    public struct Outcome: Sendable, Equatable {
        /// How many invitations were sent.
        public let sent: Int
        /// How many wait for tomorrow: somebody sends so many a day.
        public let left: Int
    }

    public func perform(_ proceeding: Proceeding) throws -> Outcome {
        let (editing, writer) = (JuryEditing(proceeding: proceeding), proceeding.writer)
        let access = try editing.kept(call, wave)
        _ = try editing.jury(access, in: [.preparing, .reading])
        guard let former = try FormerJurors.of(access, at: proceeding.now, writer) else {
            throw Problems("", "Aucune vague avant celle-ci n’a eu de jury.")
        }
        guard !former.seats.isEmpty else {
            throw Problems("", "Personne n’est à inviter à nouveau\u{202F}: chacun siège ou a déjà son invitation.")
        }
        let known = try JuryMemberStore.members(of: access.id, writer).filter { $0.leftAt == nil }
        guard known.count + former.seats.count <= JuryMember.most else {
            throw Problems("", "Un jury compte au plus \(JuryMember.most) personnes.")
        }
        var hasChair = known.contains { $0.role == .chair }
        var sent = 0
        for seat in former.seats {
            let expired = known.filter { $0.account == nil && $0.email == seat.email }
            // One person chairs (JURY-3): who chaired before sits as the others do when this jury has its own.
            let role = hasChair && !expired.contains { $0.role == .chair } ? .juror : seat.role
            hasChair = hasChair || role == .chair
            do {
                try editing.invite(
                    try EmailAddress(seat.email, field: "courriel"), role, body: seat.body, replacing: expired,
                    to: access, head)
            } catch is Throttled where sent > 0 {
                break
            }
            sent += 1
        }
        editing.note(access)
        proceeding.note("invited", String(sent))
        return Outcome(sent: sent, left: former.seats.count - sent)
    }
}
