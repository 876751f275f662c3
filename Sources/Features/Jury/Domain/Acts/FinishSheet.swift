/// Makes a sheet final: it is locked, and its seal is written in the journal (JURY-5, JURY-6).
public struct FinishSheet: Act {
    public static let right = "Le membre du jury qui lit ce dossier, une fois."

    public let call: Call.ID
    /// The wave that its jury judges; nil for the last jury of the call.
    public let wave: CallWave.ID?
    public let candidacy: Candidacy.ID
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
        let sheet = try SheetWriting(proceeding: proceeding).write(call, wave, candidacy, version, entry, .finish)
        proceeding.note("seal", sheet.commitment)
        return sheet
    }
}
