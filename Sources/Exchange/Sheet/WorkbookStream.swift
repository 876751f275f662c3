/// Writes a workbook, XLSX (ECMA-376) or ODS (OpenDocument 1.3), while it is sent: what is written of the first sheet can be taken
/// at once, the rows of the others wait in files of the system until the first is done. The memory it takes depends on one row.
///
/// ```swift
/// try workbook.append(cells)            // to the first sheet; `take()` what is ready
/// try workbook.append(cells, to: 1)
/// try workbook.close()
/// while let piece = try workbook.rest() { … }
/// ```
///
/// Texts stay texts, whatever they begin with: no cell is a formula. Not for use from two threads at once.
public final class WorkbookStream {
    public enum Format: String, Sendable, CaseIterable {
        case xlsx, ods

        public var mediaType: String {
            switch self {
            case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            case .ods: "application/vnd.oasis.opendocument.spreadsheet"
            }
        }
    }

    public struct Sheet: Sendable {
        public var name: String
        public var columns: [WorkbookColumn]

        /// The name is made fit for a sheet: see `WorkbookStream.names`.
        public init(_ name: String, columns: [WorkbookColumn]) {
            self.name = name
            self.columns = columns
        }
    }

    /// Rows of a sheet, its titles included.
    public static let mostRows = 1_048_576

    private let pen: any WorkbookPen
    private let archive = ZIPWriter()
    private let modified: Int64
    private let sheets: [Sheet]
    private var spools: [Spool]
    private var rows: [Int]
    private var pending: [UInt8] = []
    private var isClosed = false
    /// The sheet whose rows are being sent after `close`.
    private var current = 0
    private var isBegun = false
    private var isDone = false

    /// - Parameters:
    ///   - sheets: at least one.
    ///   - modified: seconds since 1970, for the dates inside the file.
    /// - Throws: `WorkbookFailure` when there is no sheet or too many columns.
    public init(_ format: Format, sheets: [Sheet], modified: Int64) throws {
        guard !sheets.isEmpty else { throw WorkbookFailure.noSheet }
        guard sheets.allSatisfy({ $0.columns.count <= 16_384 }) else { throw WorkbookFailure.tooManyColumns }
        let names = Self.names(sheets.map(\.name))
        self.sheets = zip(sheets, names).map { Sheet($1, columns: $0.columns) }
        self.modified = modified
        switch format {
        case .xlsx: pen = XLSXPen()
        case .ods: pen = ODSPen()
        }
        spools = try sheets.dropFirst().map { _ in try Spool() }
        rows = sheets.map { _ in 0 }
        for part in pen.parts(self.sheets) {
            if part.isStored {
                try archive.addStored(part.name, part.bytes, modified: modified)
            } else {
                try archive.add(part.name, part.bytes, modified: modified)
            }
        }
        try archive.begin(pen.sheetPart(0), modified: modified)
        try archive.write(pen.opening(self.sheets) + pen.beginning(of: self.sheets[0], 0))
        try append(sheets[0].columns.map { .text($0.title) }, to: 0, style: .title)
        for index in sheets.indices.dropFirst() {
            try append(sheets[index].columns.map { .text($0.title) }, to: index, style: .title)
        }
    }

    /// Adds a row to a sheet.
    ///
    /// - Throws: `WorkbookFailure.tooManyRows`, `.noSheet` once closed.
    public func append(_ cells: [WorkbookCell], to sheet: Int = 0) throws {
        try append(cells, to: sheet, style: .plain)
    }

    /// Adds a row that explains the titles: the keys of columns.
    public func appendKeys(_ keys: [String], to sheet: Int = 0) throws {
        try append(keys.map { .text($0) }, to: sheet, style: .key)
    }

    private func append(_ cells: [WorkbookCell], to sheet: Int, style: WorkbookStyle) throws {
        guard !isClosed, sheets.indices.contains(sheet) else { throw WorkbookFailure.noSheet }
        guard rows[sheet] < Self.mostRows else { throw WorkbookFailure.tooManyRows }
        guard cells.count <= 16_384 else { throw WorkbookFailure.tooManyColumns }
        rows[sheet] += 1
        var bytes: [UInt8] = []
        pen.row(cells, rows[sheet], style, to: &bytes)
        guard sheet > 0 else {
            pending += bytes
            if pending.count > 32_768 { try flush() }
            return
        }
        try spools[sheet - 1].write(bytes)
    }

    /// What is ready to be sent, perhaps nothing.
    public func take() -> [UInt8] { archive.take() }

    /// Ends the rows. Nothing can be added after.
    public func close() throws {
        guard !isClosed else { return }
        isClosed = true
        try flush()
        try archive.write(pen.ending(of: sheets[0], 0))
    }

    /// The rest of the file after `close`, piece by piece; nil when all of it was given.
    public func rest() throws -> [UInt8]? {
        guard isClosed else { throw WorkbookFailure.noSheet }
        while !isDone {
            try step()
            let bytes = archive.take()
            if !bytes.isEmpty { return bytes }
        }
        return nil
    }

    private func flush() throws {
        try archive.write(pending)
        pending.removeAll(keepingCapacity: true)
    }

    /// Some bytes more of the sheet in course, or the beginning of the next.
    private func step() throws {
        if isBegun {
            if let bytes = try spools[current - 1].read() { return try archive.write(bytes) }
            try archive.write(pen.ending(of: sheets[current], current))
            isBegun = false
            return
        }
        guard current + 1 < sheets.count else {
            try archive.write(pen.closing)
            try archive.end()
            try archive.finish()
            isDone = true
            return
        }
        current += 1
        isBegun = true
        if pen.sheetPart(current) != pen.sheetPart(current - 1) {
            try archive.end()
            try archive.begin(pen.sheetPart(current), modified: modified)
        }
        try archive.write(pen.beginning(of: sheets[current], current))
        try spools[current - 1].rewind()
    }

    /// Names that every program takes: at most 31 characters, without `[ ] : * ? / \` nor an outer apostrophe, each once.
    static func names(_ wanted: [String]) -> [String] {
        var taken: Set<String> = []
        return wanted.map { wanted in
            let refused: Set<Character> = ["[", "]", ":", "*", "?", "/", "\\", "'"]
            let plain = String(
                wanted.map { $0.isNewline || refused.contains($0) ? " " : $0 }
                    .filter { ($0.utf8.first ?? 0) >= 0x20 })
            let words = plain.split(separator: " ").joined(separator: " ")
            let base = words.isEmpty ? "Feuille" : words
            var name = Self.cut(base, to: 31)
            var number = 2
            while !taken.insert(name.lowercased()).inserted {
                let end = " (\(number))"
                name = Self.cut(base, to: 31 - end.count) + end
                number += 1
            }
            return name
        }
    }

    /// Programs count in UTF-16.
    private static func cut(_ text: String, to limit: Int) -> String {
        var cut = text
        while cut.utf16.count > limit { cut.removeLast() }
        return cut.last == " " ? String(cut.dropLast()) : cut
    }
}

/// How the cells of a row look.
enum WorkbookStyle {
    case plain, title, key
}

/// A part of a workbook that is known before its rows.
struct WorkbookPart {
    var name: String
    var bytes: [UInt8]
    var isStored = false

    init(_ name: String, _ text: String, isStored: Bool = false) {
        self.name = name
        bytes = Array(text.utf8)
        self.isStored = isStored
    }
}

/// What differs between two formats of workbooks.
protocol WorkbookPen {
    /// The parts that come before the sheets.
    func parts(_ sheets: [WorkbookStream.Sheet]) -> [WorkbookPart]
    /// The part that holds a sheet.
    func sheetPart(_ index: Int) -> String
    /// Written once, before the first sheet of the first part.
    func opening(_ sheets: [WorkbookStream.Sheet]) -> [UInt8]
    func beginning(of sheet: WorkbookStream.Sheet, _ index: Int) -> [UInt8]
    func row(_ cells: [WorkbookCell], _ number: Int, _ style: WorkbookStyle, to bytes: inout [UInt8])
    func ending(of sheet: WorkbookStream.Sheet, _ index: Int) -> [UInt8]
    /// Written once, after the last sheet.
    var closing: [UInt8] { get }
}
