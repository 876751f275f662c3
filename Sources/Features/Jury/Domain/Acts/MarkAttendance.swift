/// Notes who is present in the session.
public struct MarkAttendance: Act {
    public static let right = "L’équipe de l’appel, la coordination et la présidence du jury."

    public let call: Call.ID
    /// The wave that its jury judges; nil for the last jury of the call.
    public let wave: CallWave.ID?
    public let presences: [JuryMember.ID: JuryMember.Presence]

    public init(call: Call.ID, wave: CallWave.ID? = nil, presences: [JuryMember.ID: JuryMember.Presence]) {
        self.call = call
        self.wave = wave
        self.presences = presences
    }

    public func authorize(_ proceeding: Proceeding) throws {
        try JuryEditing(proceeding: proceeding).led(call, wave)
    }

    public func perform(_ proceeding: Proceeding) throws {
        let (editing, writer) = (JuryEditing(proceeding: proceeding), proceeding.writer)
        let access = try editing.led(call, wave)
        _ = try editing.jury(access, in: [.session])
        let sitting = Set(try JuryMemberStore.members(of: access.id, writer).filter(\.sits).map(\.id))
        for (member, presence) in presences.sorted(by: { $0.key < $1.key }) {
            guard sitting.contains(member) else { throw Missing() }
            try JuryMemberStore.set(presence, of: member, writer)
            proceeding.note(member.text, presence.rawValue)
        }
        editing.note(access)
    }
}
