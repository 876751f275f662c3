/// Opens a run of a source: counts it, so that the rows it does not meet can be told at its end.
public struct BeginPlaceImport: Act {
    public static let right = ImportPlaces.right

    let source: String
    let format: String
    let file: String

    public func authorize(_ proceeding: Proceeding) throws {
        guard PlaceImporter.mayImport(proceeding.principal) else {
            throw Denied("L’import de fiches revient à la coordination.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws -> Int {
        proceeding.note("source", source)
        proceeding.note("format", format)
        return try ImportKeyStore.begin(source, format: format, file: file, at: proceeding.now, proceeding.writer)
    }
}
