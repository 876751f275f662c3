/// Looks again for what ties jurors to dossiers. What was set aside once stays so.
public struct FindConflicts: Act {
    public static let right = "L’équipe de l’appel, la coordination et la présidence du jury."

    public let call: Call.ID

    public init(call: Call.ID) {
        self.call = call
    }

    public func authorize(_ proceeding: Proceeding) throws {
        try JuryEditing(proceeding: proceeding).led(call)
    }

    /// Answers how many are new.
    public func perform(_ proceeding: Proceeding) throws -> Int {
        let editing = JuryEditing(proceeding: proceeding)
        let access = try editing.led(call)
        guard try access.existing().state != .signed else {
            throw Problems("", "Le procès-verbal est signé\u{202F}: plus rien ne change.")
        }
        let found = try editing.search(try JuryMemberStore.members(of: call, proceeding.writer), of: access)
        editing.note(access)
        proceeding.note("ties", String(found))
        return found
    }
}
