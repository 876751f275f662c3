import Exchange

/// A file of places, surveyed to its end: it is well formed, its kind is known, and its rows are counted. Reading it again gives
/// the rows one after another.
///
/// The survey is why a file cut in the middle writes nothing: what makes it unreadable is found before the first row is used.
public struct PlaceImportFile: Sendable {
    public let path: String
    /// Rows in the file, those that cannot be read included.
    public let rows: Int
    public let format: PlaceImportFormat
    /// The columns of the file that nothing reads.
    public var unreadColumns: [String] { binding.unread }
    /// The file's encoding, and how many bytes of it had to be read another way.
    public let encoding: TextEncoding
    public let repairedBytes: Int
    let shape: FileShape
    let binding: LayoutBinding

    public var layout: PlaceLayout { binding.layout }

    /// The columns about people, which are never imported.
    public var personalColumns: [String] {
        zip(layout.columns, binding.names).compactMap { column, name in
            if case .personal = column.target { name } else { nil }
        }
    }

    /// Reads the file once and tells what it is.
    ///
    /// - Parameters:
    ///   - format: what it must be; nil to recognise it by its columns.
    ///   - mapping: says what the columns mean, for a file that no layout knows.
    /// - Throws: `PlaceImportRefusal` when it cannot be read to its end, or nothing tells what it is.
    public static func open(
        _ path: String, format: PlaceImportFormat? = nil, mapping: PlaceMapping? = nil
    ) throws -> PlaceImportFile {
        let shape = try shape(of: path)
        var survey = FileSurvey(shape)
        let reader = try SourceReader(path, shape, binding: nil)
        while try reader.advance({ survey.add($0) }) {}
        let columns = survey.columns
        guard !columns.isEmpty || survey.rows == 0 else {
            throw PlaceImportRefusal("no row of this file has columns", line: 1)
        }
        let layout =
            try mapping?.layout(for: columns)
            ?? PlaceLayout.recognised(Set(columns), format, isGeoJSON: shape == .geojson)
        guard let layout else {
            let wanted = format.map { "a \($0.rawValue) file" } ?? "any known list of places"
            throw PlaceImportRefusal(
                survey.rows == 0 && columns.isEmpty
                    ? "the file holds no row"
                    : "the columns are not those of \(wanted) (\(Self.list(columns))); say what they mean with --mapping",
                line: 1)
        }
        let shown: PlaceImportFormat = layout.format == .csv && shape == .geojson ? .geojson : layout.format
        return PlaceImportFile(
            path: path, rows: survey.rows, format: shown, encoding: survey.encoding,
            repairedBytes: survey.repairedBytes,
            shape: shape, binding: LayoutBinding(layout, fileColumns: columns))
    }

    /// The rows, to be read one after another.
    func reader() throws -> SourceReader { try SourceReader(path, shape, binding: binding) }

    private static func shape(of path: String) throws -> FileShape {
        var head: [UInt8] = []
        let file = try FileChunks(path)
        while head.count < 1 << 20, let chunk = try file.next() { head += chunk }
        var transcoder = TextTranscoder()
        var text = transcoder.feed(head)
        if head.count < 1 << 20 { text += transcoder.finish() }
        return try FileShape.of(text, raw: head)
    }

    private static func list(_ columns: [String]) -> String {
        let shown = columns.prefix(8).map { String($0.prefix(40)) }.joined(separator: ", ")
        return columns.count > 8 ? shown + "…" : shown
    }
}

/// What a first reading learns of a file.
private struct FileSurvey {
    var rows = 0
    var columns: [String] = []
    var encoding = TextEncoding.utf8
    var repairedBytes = 0
    private var seen: Set<String> = []

    init(_ shape: FileShape) {
        if shape == .geojson { for name in ["latitude", "longitude"] { add(name) } }
    }

    mutating func add(_ event: SourceReader.Event) {
        switch event {
        case .columns(let names):
            for name in names { add(name) }
        case .row: rows += 1
        case .end(let encoding, let repaired):
            self.encoding = encoding
            repairedBytes = repaired
        }
    }

    private mutating func add(_ name: String) {
        // A hostile file may invent a column a row; no layout has so many.
        guard columns.count < 5_000, !name.isEmpty, seen.insert(name).inserted else { return }
        columns.append(name)
    }
}
