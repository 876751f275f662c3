import CXlsxWriter

/// One cell of a spreadsheet.
public enum XLSXCell: Sendable, Hashable {
    case empty
    /// Always text, even when it looks like a number, a date or a formula: `01234`, `=1+1`, `2-3`.
    case text(String)
    case number(Double)
    /// Beyond 2^53, which spreadsheets cannot hold, it is written as text.
    case integer(Int)
    case flag(Bool)
    case date(CivilDate)
    /// A local day and hour, to the second.
    case time(CivilTime)
}

/// Writes a workbook row by row, in constant memory, whatever its length.
///
/// Rows go out in order; the first row of each sheet, with the titles, is bold and stays in view. Not for use from two
/// threads at once. A writer dropped without `finish` leaves no file.
public final class XLSXWriter {
    public struct Column: Sendable, Hashable {
        public var title: String
        /// Width in characters.
        public var width: Double

        public init(_ title: String, width: Double = 18) {
            self.title = title
            self.width = width
        }
    }

    public enum Failure: Error, Sendable, Hashable {
        /// The library refused: its own words, for the log.
        case library(String)
        /// A sheet holds 1,048,576 rows and 16,384 columns.
        case tooManyRows, tooManyColumns
        /// A name is empty, longer than 31 characters, already taken, or has one of `[ ] : * ? / \`.
        case sheetName(String)
        /// No sheet has been begun, or the workbook is finished.
        case noSheet
    }

    /// Characters that a cell can hold; longer texts are cut and end with an ellipsis.
    public static let longestText = 32_767

    private var workbook: UnsafeMutablePointer<lxw_workbook>?
    private var worksheet: UnsafeMutablePointer<lxw_worksheet>?
    private var row: UInt32 = 0
    private let bold: UnsafeMutablePointer<lxw_format>?
    private let day: UnsafeMutablePointer<lxw_format>?
    private let moment: UnsafeMutablePointer<lxw_format>?

    /// A workbook that `finish` will write at a path, whose folder exists; the caller owns and removes the file.
    public init(path: String) throws {
        var options = lxw_workbook_options()
        options.constant_memory = 1
        guard let workbook = workbook_new_opt(path, &options) else {
            throw Failure.library("workbook_new_opt")
        }
        self.workbook = workbook
        bold = workbook_add_format(workbook)
        day = workbook_add_format(workbook)
        moment = workbook_add_format(workbook)
        format_set_bold(bold)
        format_set_num_format(day, "dd/mm/yyyy")
        format_set_num_format(moment, "dd/mm/yyyy hh:mm")
    }

    deinit {
        if let workbook { lxw_workbook_free(workbook) }
    }

    /// Starts a sheet with its row of titles. The sheet before it can no longer be written to.
    public func begin(sheet name: String, columns: [Column]) throws {
        guard let workbook else { throw Failure.noSheet }
        guard columns.count <= 16_384 else { throw Failure.tooManyColumns }
        guard !name.isEmpty, !name.utf8.contains(0), workbook_validate_sheet_name(workbook, name) == LXW_NO_ERROR,
            let sheet = workbook_add_worksheet(workbook, name)
        else { throw Failure.sheetName(name) }
        worksheet = sheet
        row = 0
        for (index, column) in columns.enumerated() {
            let place = UInt16(clamping: index)
            let width = column.width.isFinite ? min(max(column.width, 1), 255) : 18
            try check(worksheet_set_column(sheet, place, place, width, nil))
        }
        for (index, column) in columns.enumerated() {
            try text(column.title, sheet, UInt16(clamping: index), bold)
        }
        worksheet_freeze_panes(sheet, 1, 0)
        row = 1
    }

    /// Adds a row to the sheet begun last.
    public func append(_ cells: [XLSXCell]) throws {
        guard let sheet = worksheet, workbook != nil else { throw Failure.noSheet }
        guard row < 1_048_576 else { throw Failure.tooManyRows }
        guard cells.count <= 16_384 else { throw Failure.tooManyColumns }
        for (index, cell) in cells.enumerated() {
            try write(cell, sheet, UInt16(clamping: index))
        }
        row += 1
    }

    /// Writes the file. Nothing can be added after; a second call does nothing.
    public func finish() throws {
        guard let workbook else { return }
        guard worksheet != nil else { throw Failure.noSheet }
        self.workbook = nil
        worksheet = nil
        // Closing frees the workbook, even when it fails.
        try check(workbook_close(workbook))
    }

    private func write(_ cell: XLSXCell, _ sheet: UnsafeMutablePointer<lxw_worksheet>, _ column: UInt16) throws {
        switch cell {
        case .empty: break
        case .text(let value): try text(value, sheet, column, nil)
        case .number(let value):
            // A spreadsheet has no word for "not a number": the cell stays empty.
            if value.isFinite { try check(worksheet_write_number(sheet, row, column, value, nil)) }
        case .integer(let value):
            if value.magnitude <= 9_007_199_254_740_992 {
                try check(worksheet_write_number(sheet, row, column, Double(value), nil))
            } else {
                try text(String(value), sheet, column, nil)
            }
        case .flag(let value): try check(worksheet_write_boolean(sheet, row, column, value ? 1 : 0, nil))
        case .date(let value): try date(value, nil, sheet, column)
        case .time(let value): try date(value.date, value, sheet, column)
        }
    }

    private func text(
        _ value: String, _ sheet: UnsafeMutablePointer<lxw_worksheet>, _ column: UInt16,
        _ format: UnsafeMutablePointer<lxw_format>?
    ) throws {
        var value = value
        // The library reads C strings, and counts characters as code points.
        if value.utf8.contains(0) { value.unicodeScalars.removeAll { $0.value == 0 } }
        if value.utf8.count > Self.longestText, value.unicodeScalars.count > Self.longestText {
            value = String(String.UnicodeScalarView(value.unicodeScalars.prefix(Self.longestText - 1))) + "…"
        }
        guard !value.isEmpty else { return }
        try check(worksheet_write_string(sheet, row, column, value, format))
    }

    private func date(
        _ date: CivilDate, _ time: CivilTime?, _ sheet: UnsafeMutablePointer<lxw_worksheet>, _ column: UInt16
    ) throws {
        // Spreadsheets count from 1900, and believe that 1900 was a leap year: text before March 1900.
        guard date.year > 1900 || (date.year == 1900 && date.month > 2) else {
            return try text(time?.description ?? date.description, sheet, column, nil)
        }
        var value = lxw_datetime()
        value.year = Int32(date.year)
        value.month = Int32(date.month)
        value.day = Int32(date.day)
        value.hour = Int32(time?.hour ?? 0)
        value.min = Int32(time?.minute ?? 0)
        value.sec = Double(time?.second ?? 0)
        try check(worksheet_write_datetime(sheet, row, column, &value, time == nil ? day : moment))
    }

    private func check(_ error: lxw_error) throws {
        guard error != LXW_NO_ERROR else { return }
        throw Failure.library(lxw_strerror(error).map { String(cString: $0) } ?? "error \(error.rawValue)")
    }
}
