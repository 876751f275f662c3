/// The first record of a CSV file, as names of columns.
public struct CSVHeader: Sendable, Equatable {
    /// The names, trimmed of surrounding blanks, in file order.
    public let names: [String]
    private let indexes: [String: Int]

    /// Reads the names from a record's cells.
    public init(_ cells: [String]) {
        names = cells.map(Self.trimmed)
        var indexes: [String: Int] = [:]
        for (index, name) in names.enumerated() where indexes[name] == nil { indexes[name] = index }
        self.indexes = indexes
    }

    /// The index from 0 of the first column of exactly this name.
    public func index(of name: String) -> Int? { indexes[name] }

    /// The names that several columns carry: only the first of each can be reached by name.
    public var duplicates: [String] {
        var seen: Set<String> = []
        var again: [String] = []
        for name in names where !seen.insert(name).inserted && !again.contains(name) { again.append(name) }
        return again
    }

    private static func trimmed(_ text: String) -> String {
        var bytes = text.utf8[...]
        while let first = bytes.first, first == .space || first == .tab || first == .lineFeed { bytes.removeFirst() }
        while let last = bytes.last, last == .space || last == .tab || last == .lineFeed { bytes.removeLast() }
        return String(bytes) ?? text
    }
}

/// One record read against a header.
public struct CSVRow: Sendable {
    /// How the record compares with the header.
    public enum Shape: Sendable, Equatable {
        case exact
        /// Cells are missing at the end; they read as nil.
        case short(missing: Int)
        /// Cells follow the last named column; they remain in `cells`.
        case long(extra: Int)
    }

    public let record: CSVRecord
    public let header: CSVHeader

    /// The line, from 1, on which the row begins.
    public var line: Int { record.line }
    /// All the cells, even those beyond the header.
    public var cells: [String] { record.cells }

    public var shape: Shape {
        let difference = record.cells.count - header.names.count
        return difference == 0 ? .exact : difference < 0 ? .short(missing: -difference) : .long(extra: difference)
    }

    /// The cell of the first column of this name; nil when the column, or the cell in a short row, does not exist.
    public subscript(name: String) -> String? {
        guard let index = header.index(of: name), index < record.cells.count else { return nil }
        return record.cells[index]
    }
}

/// A streaming reader of CSV whose first record names the columns. Ragged rows are handed over with their shape.
public struct CSVTableReader: Sendable {
    private var reader: CSVReader
    /// The names of the columns; nil until the first record has been read.
    public private(set) var header: CSVHeader?

    /// The separator in use; nil until the first line has been seen.
    public var separator: UInt8? { reader.separator }

    /// In a survey the cells of the rows are empty (`CSVReader`).
    public init(separator: UInt8? = nil, limits: CSVLimits = CSVLimits(), isSurvey: Bool = false) {
        reader = CSVReader(separator: separator, limits: limits, isSurvey: isSurvey)
    }

    /// Reads the next bytes and hands over each row that they complete.
    public mutating func feed(_ chunk: UnsafeRawBufferPointer, _ each: (CSVRow) throws -> Void) throws {
        var header = self.header
        defer { self.header = header }
        try reader.feed(chunk) { try Self.take($0, &header, each) }
    }

    /// The same, for an array.
    public mutating func feed(_ chunk: [UInt8], _ each: (CSVRow) throws -> Void) throws {
        try chunk.withUnsafeBytes { try feed($0, each) }
    }

    /// Says that no byte follows. Throws `.noHeader` when the file had no record.
    public mutating func finish(_ each: (CSVRow) throws -> Void) throws {
        var header = self.header
        defer { self.header = header }
        try reader.finish { try Self.take($0, &header, each) }
        if header == nil { throw CSVProblem(kind: .noHeader, line: 1, column: 1) }
    }

    /// All the rows of a file held in memory, with its header.
    public static func rows(
        in bytes: [UInt8], separator: UInt8? = nil, limits: CSVLimits = CSVLimits()
    ) throws -> (header: CSVHeader, rows: [CSVRow]) {
        var reader = CSVTableReader(separator: separator, limits: limits)
        var rows: [CSVRow] = []
        try reader.feed(bytes) { rows.append($0) }
        try reader.finish { rows.append($0) }
        guard let header = reader.header else { throw CSVProblem(kind: .noHeader, line: 1, column: 1) }
        return (header, rows)
    }

    private static func take(
        _ record: CSVRecord, _ header: inout CSVHeader?, _ each: (CSVRow) throws -> Void
    ) throws {
        if let known = header {
            try each(CSVRow(record: record, header: known))
        } else {
            header = CSVHeader(record.cells)
        }
    }
}
