/// Takes back a move in the ranking: the dossier stands where its score puts it, before the moves that remain.
public struct UndoMove: Act {
    public static let right = "La présidence du jury et l’équipe de l’appel."

    public let call: Call.ID
    /// The wave that its jury judges; nil for the last jury of the call.
    public let wave: CallWave.ID?
    public let move: JuryMove.ID

    public init(call: Call.ID, wave: CallWave.ID? = nil, move: JuryMove.ID) {
        self.call = call
        self.wave = wave
        self.move = move
    }

    public func authorize(_ proceeding: Proceeding) throws {
        try JuryEditing(proceeding: proceeding).led(call, wave)
    }

    public func perform(_ proceeding: Proceeding) throws {
        let editing = JuryEditing(proceeding: proceeding)
        let access = try editing.led(call, wave)
        _ = try editing.jury(access, in: [.session])
        guard let found = try JuryItemStore.moves(of: access.id, proceeding.writer).first(where: { $0.id == move })
        else {
            throw Missing()
        }
        try editing.requireClear(access, found.candidacy)
        guard try JuryItemStore.undo(move, of: access.id, at: proceeding.now, proceeding.writer) else {
            throw Missing()
        }
        editing.note(access)
        proceeding.note("move", move.text)
    }
}
