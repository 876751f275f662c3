/// Notes who is present in the session.
public struct MarkAttendance: Act {
    public static let right = "L’équipe de l’appel, la coordination et la présidence du jury."

    public let call: Call.ID
    public let presences: [JuryMember.ID: JuryMember.Presence]

    public init(call: Call.ID, presences: [JuryMember.ID: JuryMember.Presence]) {
        self.call = call
        self.presences = presences
    }

    public func authorize(_ proceeding: Proceeding) throws {
        try JuryEditing(proceeding: proceeding).led(call)
    }

    public func perform(_ proceeding: Proceeding) throws {
        let (editing, writer) = (JuryEditing(proceeding: proceeding), proceeding.writer)
        let access = try editing.led(call)
        _ = try editing.jury(access, in: [.session])
        let sitting = Set(try JuryMemberStore.members(of: call, writer).filter(\.sits).map(\.id))
        for (member, presence) in presences.sorted(by: { $0.key < $1.key }) {
            guard sitting.contains(member) else { throw Missing() }
            try JuryMemberStore.set(presence, of: member, writer)
            proceeding.note(member.text, presence.rawValue)
        }
        editing.note(access)
    }
}
