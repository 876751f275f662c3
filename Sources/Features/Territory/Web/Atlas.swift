import Geography
import Maillage
import Storage
import Synchronization

/// The outlines that maps are drawn from, read from the register when first asked for, and again when the register changes.
public final class Atlas: Sendable {
    /// One territory's outline, decoded.
    struct Outline: Sendable {
        let kind: TerritoryBatch.Outline.Kind
        let code: String
        let name: String
        let box: BoundingBox
        let edition: String
        let contour: Contour
    }

    enum Scale: String, Sendable { case coarse, fine }

    private struct Sheets {
        /// The gazetteer these were read beside: another one means that the register changed.
        weak var gazetteer: Gazetteer?
        var whole: [TerritoryBatch.Outline.Kind: [Outline]] = [:]
        var files: [String: KeptFile] = [:]
    }

    private let database: Database
    private let gazetteer: LiveGazetteer
    private let sheets = Mutex(Sheets())

    init(database: Database, gazetteer: LiveGazetteer) {
        self.database = database
        self.gazetteer = gazetteer
    }

    /// Every outline of a kind of large territory, coarse: regions or départements.
    func whole(_ kind: TerritoryBatch.Outline.Kind) async throws -> [Outline] {
        if let kept = present({ $0.whole[kind] }) { return kept }
        let read = try await outlines(kind, .coarse, in: nil, limit: 1_000)
        sheets.withLock { $0.whole[kind] = read }
        return read
    }

    /// The outlines of a kind that touch a box, the largest boxes first, at most `limit`.
    func outlines(
        _ kind: TerritoryBatch.Outline.Kind, _ scale: Scale, in box: BoundingBox?, limit: Int
    ) async throws -> [Outline] {
        let frame = box ?? .world
        return try await database.scan { reader in
            let column: SQL = scale == .fine ? "contour.fine" : "contour.coarse"
            return try reader.all(
                """
                SELECT contour.code, contour.name, contour.west, contour.south, contour.east, contour.north, contour.edition,
                    \(column)
                FROM contour
                WHERE contour.kind = \(kind.rawValue) AND contour.west <= \(frame.east) AND contour.east >= \(frame.west)
                    AND contour.south <= \(frame.north) AND contour.north >= \(frame.south)
                ORDER BY contour.code
                LIMIT \(Int64(limit))
                """
            ) { try Self.outline(kind, $0) }.compactMap(\.self)
        }
    }

    /// One territory's own outline.
    func outline(_ kind: TerritoryBatch.Outline.Kind, _ code: String, _ scale: Scale = .fine) async throws -> Outline? {
        try await database.read { reader in
            let column: SQL = scale == .fine ? "contour.fine" : "contour.coarse"
            return try reader.one(
                """
                SELECT contour.code, contour.name, contour.west, contour.south, contour.east, contour.north, contour.edition,
                    \(column)
                FROM contour
                WHERE contour.kind = \(kind.rawValue) AND contour.code = \(code)
                """
            ) { try Self.outline(kind, $0) }.flatMap(\.self)
        }
    }

    private static func outline(_ kind: TerritoryBatch.Outline.Kind, _ row: Row) throws -> Outline? {
        guard
            let box = BoundingBox(
                south: try row.double(3), west: try row.double(2), north: try row.double(5), east: try row.double(4)),
            let contour = Contour(bytes: try row.bytes(7))
        else { return nil }
        return Outline(
            kind: kind, code: try row.text(0), name: try row.text(1), box: box, edition: try row.text(6),
            contour: contour)
    }

    /// A file made from the outlines of the moment, kept until they change.
    func file(_ key: String, _ make: () async throws -> KeptFile) async throws -> KeptFile {
        if let kept = present({ $0.files[key] }) { return kept }
        let file = try await make()
        sheets.withLock { sheets in
            // Details of the whole country: some hundreds of squares; more than that is somebody walking at random.
            if sheets.files.count >= 400 { sheets.files.removeAll() }
            sheets.files[key] = file
        }
        return file
    }

    private func present<T>(_ found: (Sheets) -> T?) -> T? {
        let live = gazetteer.present
        return sheets.withLock { sheets in
            guard sheets.gazetteer === live else {
                sheets = Sheets(gazetteer: live)
                return nil
            }
            return found(sheets)
        }
    }
}
