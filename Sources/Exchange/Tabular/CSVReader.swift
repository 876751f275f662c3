/// One record of a CSV file: its cells as text, and where it begins.
public struct CSVRecord: Sendable, Equatable {
    /// The line, counted from 1, on which the record begins; a cell with newlines makes later numbers jump.
    public let line: Int
    /// The cells, unquoted, in file order; never empty. Bytes that are not UTF-8 become U+FFFD: decode the file
    /// with `TextTranscoder` first when its encoding is not known.
    public let cells: [String]
    /// Whether text followed a closing quote (`"a"b`). The text is kept, the quotes dropped.
    public let hasStrayQuote: Bool

    public init(line: Int, cells: [String], hasStrayQuote: Bool = false) {
        self.line = line
        self.cells = cells
        self.hasStrayQuote = hasStrayQuote
    }
}

/// What a CSV file may at most hold, so that a hostile one cannot fill the memory.
public struct CSVLimits: Sendable {
    /// Bytes of one cell, once unquoted.
    public var cellBytes: Int
    /// Cells of one record.
    public var columns: Int
    /// Bytes of all the cells of one record.
    public var recordBytes: Int

    /// 1 MiB a cell, 2,000 columns, 16 MiB a record.
    public init(cellBytes: Int = 1 << 20, columns: Int = 2_000, recordBytes: Int = 16 << 20) {
        self.cellBytes = cellBytes
        self.columns = columns
        self.recordBytes = recordBytes
    }
}

/// Why a CSV file cannot be read further, and where.
public struct CSVProblem: Error, Sendable, Equatable, CustomStringConvertible {
    /// The ways in which reading stops.
    public enum Kind: Sendable, Equatable {
        case cellTooLong(limit: Int)
        case tooManyColumns(limit: Int)
        case recordTooLong(limit: Int)
        /// The file ends inside quotes; line and column are those of the opening quote.
        case unterminatedQuote
        /// The file has no record at all, so no header.
        case noHeader
    }

    public let kind: Kind
    /// The line, from 1.
    public let line: Int
    /// The cell in its record, from 1.
    public let column: Int

    public init(kind: Kind, line: Int, column: Int) {
        self.kind = kind
        self.line = line
        self.column = column
    }

    public var description: String {
        let reason =
            switch kind {
            case .cellTooLong(let limit): "cell longer than \(limit) bytes"
            case .tooManyColumns(let limit): "more than \(limit) columns"
            case .recordTooLong(let limit): "record longer than \(limit) bytes"
            case .unterminatedQuote: "a quoted cell is never closed"
            case .noHeader: "the file is empty"
            }
        return "line \(line), column \(column): \(reason)"
    }
}

/// A streaming reader of CSV (RFC 4180, and what spreadsheets make of it), fed by chunks of UTF-8 of any size.
///
/// Line ends are CRLF, LF or CR, even mixed; a leading byte order mark is skipped, so is the `sep=;` line of Excel;
/// blank lines are skipped but counted. The separator, unless given, is the one of `,` `;` tab `|` that the first
/// line holds most often outside quotes. Memory is bounded by one record, whatever the size of the file.
public struct CSVReader: Sendable {
    enum State: Sendable { case cellStart, plain, quoted, quoteInQuoted }

    /// The separator in use; nil until the first line has been seen.
    public internal(set) var separator: UInt8?
    let limits: CSVLimits
    /// Whether only the first record says what its cells hold.
    let isSurvey: Bool
    var hasRecord = false
    var state = State.cellStart
    /// The bytes before the first line is whole; nil once the separator is settled.
    var head: [UInt8]? = []
    /// The part of the current cell that came in earlier spans.
    var carry: [UInt8] = []
    var cells: [String] = []
    var width = 8
    var cellsBytes = 0
    var line = 1
    var recordLine = 1
    var cellLine = 1
    var lastByte: UInt8 = 0
    var strayQuote = false
    var failure: CSVProblem?

    /// Reads with the given separator, or the one found in the first line. In a survey, which asks how many records there are, how
    /// long they are and whether all can be read, the cells after the first record are empty: no text is made of them.
    public init(separator: UInt8? = nil, limits: CSVLimits = CSVLimits(), isSurvey: Bool = false) {
        self.separator = separator
        self.limits = limits
        self.isSurvey = isSurvey
    }

    /// Reads the next bytes and hands over each record that they complete.
    ///
    /// - Throws: `CSVProblem` at a limit, again at each later call; or what `each` throws.
    public mutating func feed(_ chunk: UnsafeRawBufferPointer, _ each: (CSVRecord) throws -> Void) throws {
        if let failure { throw failure }
        guard head != nil else { return try consume(chunk.bindMemory(to: UInt8.self), each) }
        head?.append(contentsOf: chunk)
        let sawLineEnd = chunk.contains { $0 == .lineFeed || $0 == .carriageReturn }
        if sawLineEnd || (head?.count ?? 0) > 65_536 { try openHead(atEnd: false, each) }
    }

    /// The same, for an array.
    public mutating func feed(_ chunk: [UInt8], _ each: (CSVRecord) throws -> Void) throws {
        try chunk.withUnsafeBytes { try feed($0, each) }
    }

    /// Says that no byte follows, and hands over the last record when it had no line end.
    public mutating func finish(_ each: (CSVRecord) throws -> Void) throws {
        if let failure { throw failure }
        if head != nil { try openHead(atEnd: true, each) }
        switch state {
        case .cellStart where cells.isEmpty: return
        case .quoted: throw fail(.unterminatedQuote, line: cellLine)
        case .cellStart, .plain, .quoteInQuoted:
            try endCell(UnsafeBufferPointer(start: nil, count: 0))
            try endRecord(each)
        }
    }

    /// All the records of a file held in memory.
    public static func records(
        in bytes: [UInt8], separator: UInt8? = nil, limits: CSVLimits = CSVLimits()
    ) throws -> [CSVRecord] {
        var reader = CSVReader(separator: separator, limits: limits)
        var records: [CSVRecord] = []
        try reader.feed(bytes) { records.append($0) }
        try reader.finish { records.append($0) }
        return records
    }

    /// Settles the separator once the first line is whole, then reads what was held back.
    private mutating func openHead(atEnd: Bool, _ each: (CSVRecord) throws -> Void) throws {
        guard let held = head else { return }
        guard var opening = CSVOpening(held, atEnd: atEnd || held.count > 65_536) else { return }
        if let separator { opening.separator = separator }
        separator = opening.separator
        head = nil
        line += opening.skippedLines
        if opening.skippedLines > 0 { lastByte = held[opening.start - 1] }
        try held[opening.start...].withUnsafeBufferPointer { try consume($0, each) }
    }

    mutating func fail(_ kind: CSVProblem.Kind, line: Int) -> CSVProblem {
        let problem = CSVProblem(kind: kind, line: line, column: cells.count + 1)
        failure = problem
        return problem
    }
}
