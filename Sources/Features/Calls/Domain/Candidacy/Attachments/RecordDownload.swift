/// Leaves in the journal that somebody took a document of a candidacy that is not theirs: who, which dossier, which bytes, when; at most
/// once an hour for a person and a document (ATT-15). The candidate's own people leave nothing.
public struct RecordDownload: Act {
    public static let right = "La personne à qui le document est ouvert, au moment où elle le télécharge."

    /// Found for the one who acts: the page that hands it over has checked that it is open to them.
    let file: CandidacyFile

    public init(_ file: CandidacyFile) {
        self.file = file
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.isSignedIn,
            try CandidacyFileStore.file(file.id, of: file.candidacy, proceeding.writer)?.digest == file.digest
        else { throw Missing() }
    }

    public func perform(_ proceeding: Proceeding) throws {
        proceeding.concerns(file.id)
        proceeding.note("candidacy", file.candidacy.text)
        proceeding.note("sha256", file.digest.text)
        // A dossier is read in a sitting: a document opened again within the hour, or fetched in pieces, is one reading.
        proceeding.folds(since: proceeding.now - Self.sitting)
    }

    static let sitting = Instant.Span.hours(1)
}
