/// Makes a sheet final: it is locked, and its seal is written in the journal (JURY-5, JURY-6).
public struct FinishSheet: Act {
    public static let right = "Le membre du jury qui lit ce dossier, une fois."

    public let call: Call.ID
    public let candidacy: Candidacy.ID
    public let version: Int
    public let entry: SheetEntry

    public init(call: Call.ID, candidacy: Candidacy.ID, version: Int, entry: SheetEntry) {
        self.call = call
        self.candidacy = candidacy
        self.version = version
        self.entry = entry
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try JuryEditing(proceeding: proceeding).seat(call)
    }

    public func perform(_ proceeding: Proceeding) throws -> JurySheet {
        let sheet = try SheetWriting(proceeding: proceeding).write(call, candidacy, version, entry, .finish)
        proceeding.note("seal", sheet.commitment)
        return sheet
    }
}
