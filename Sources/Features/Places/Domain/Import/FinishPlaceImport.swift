/// Closes a run: marks what the source no longer gives, keeps its sheets, and tells those who keep a view of the places.
public struct FinishPlaceImport: Act {
    public static let right = ImportPlaces.right

    let session: PlaceImportSession
    let run: Int
    let touched: [Place.ID]
    /// Whether the whole file was read: an import that stopped says nothing of the rows it did not reach.
    let isWhole: Bool

    public func authorize(_ proceeding: Proceeding) throws {
        guard PlaceImporter.mayImport(proceeding.principal) else {
            throw Denied("L’import de fiches revient à la coordination.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws -> Int {
        for place in touched { proceeding.changed(place) }
        guard isWhole else { return 0 }
        let gone = try ImportKeyStore.markGone(
            of: session.source, before: run, at: session.startedAt, proceeding.writer)
        proceeding.note("source", session.source)
        proceeding.note("disappeared", String(gone))
        return gone
    }
}
