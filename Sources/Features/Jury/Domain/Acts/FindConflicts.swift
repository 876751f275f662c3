/// Looks again for what ties jurors to dossiers. What was set aside once stays so.
public struct FindConflicts: Act {
    public static let right = "L’équipe de l’appel, la coordination et la présidence du jury."

    public let call: Call.ID
    /// The wave that its jury judges; nil for the last jury of the call.
    public let wave: CallWave.ID?

    public init(call: Call.ID, wave: CallWave.ID? = nil) {
        self.call = call
        self.wave = wave
    }

    public func authorize(_ proceeding: Proceeding) throws {
        try JuryEditing(proceeding: proceeding).led(call, wave)
    }

    /// Answers how many are new.
    public func perform(_ proceeding: Proceeding) throws -> Int {
        let editing = JuryEditing(proceeding: proceeding)
        let access = try editing.led(call, wave)
        guard try access.existing().state != .signed else {
            throw Problems("", "Le procès-verbal est signé\u{202F}: plus rien ne change.")
        }
        let found = try editing.search(try JuryMemberStore.members(of: access.id, proceeding.writer), of: access)
        editing.note(access)
        proceeding.note("ties", String(found))
        return found
    }
}
