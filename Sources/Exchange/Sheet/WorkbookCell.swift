/// One cell of a spreadsheet.
public enum WorkbookCell: Sendable, Hashable {
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

    /// Characters that a cell can hold; longer texts are cut and end with an ellipsis.
    public static let longestText = 32_767
}

/// A column of a spreadsheet.
public struct WorkbookColumn: Sendable, Hashable {
    public var title: String
    /// Width in characters.
    public var width: Double

    public init(_ title: String, width: Double = 18) {
        self.title = title
        self.width = width
    }
}

/// Why a workbook is not written.
public enum WorkbookFailure: Error, Sendable, Hashable {
    /// The system has no room for what waits: its own words, for the log.
    case system(String)
    /// A sheet holds 1,048,576 rows and 16,384 columns.
    case tooManyRows, tooManyColumns
    /// There is no such sheet, or the workbook is closed.
    case noSheet
}
