/// Saves a sheet that is being written. What is not noted yet may wait; nobody else reads it.
public struct SaveSheet: Act {
    public static let right = "Le membre du jury qui lit ce dossier, tant que sa fiche n’est pas définitive."

    public let call: Call.ID
    /// The wave that its jury judges; nil for the last jury of the call.
    public let wave: CallWave.ID?
    public let candidacy: Candidacy.ID
    /// The version that was shown; 0 for a sheet that is not there yet.
    public let version: Int
    public let entry: SheetEntry

    public init(call: Call.ID, wave: CallWave.ID? = nil, candidacy: Candidacy.ID, version: Int, entry: SheetEntry) {
        self.call = call
        self.wave = wave
        self.candidacy = candidacy
        self.version = version
        self.entry = entry
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try JuryEditing(proceeding: proceeding).seat(call, wave)
    }

    public func perform(_ proceeding: Proceeding) throws -> JurySheet {
        try SheetWriting(proceeding: proceeding).write(call, wave, candidacy, version, entry, .save)
    }
}
