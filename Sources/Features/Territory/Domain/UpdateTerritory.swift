import Storage

/// Takes rows of an official file into the territorial register: new ones are added, known ones brought up to date, none removed.
/// Taking the same rows again changes nothing.
public struct UpdateTerritory: Act {
    public static let right = "L’administration technique, à la machine."

    public let batch: TerritoryBatch

    public init(_ batch: TerritoryBatch) {
        self.batch = batch
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.isHouse || proceeding.principal.isOperator else { throw Denied() }
    }

    public func perform(_ proceeding: Proceeding) throws {
        try TerritoryStore.put(batch, proceeding.writer)
        if let file = batch.file {
            try TerritoryStore.mark(file, at: proceeding.now, proceeding.writer)
            proceeding.note("file", file.kind)
            proceeding.note("digest", file.digest)
        }
        proceeding.changed(Gazetteer.subject)
        proceeding.note("communes", String(batch.communes.count))
        proceeding.note("zonings", String(batch.zonings.count))
        proceeding.note("outlines", String(batch.outlines.count))
    }
}
