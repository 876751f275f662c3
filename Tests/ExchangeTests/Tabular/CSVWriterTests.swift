import Exchange
import Testing

@Suite("Writing CSV") struct CSVWriterTests {
    private func written(_ cells: [String], separator: Character = ",") -> String {
        var writer = CSVWriter(separator: separator.asciiValue ?? 0x2C)
        writer.record(cells)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test func cellsAreQuotedOnlyWhenNeeded() {
        #expect(written(["a", "b c", "é"]) == "a,b c,é\r\n")
        #expect(written(["a,b", "say \"x\"", "1\n2", " a", ""]) == "\"a,b\",\"say \"\"x\"\"\",\"1\n2\",\" a\",\r\n")
        #expect(written(["a|b", "c"], separator: "|") == "\"a|b\"|c\r\n")
    }

    /// Whoever opens it may take any of them for the separator: what follows would begin a cell.
    @Test(arguments: [",", ";"] as [Character], [",", ";", "\t"])
    func aCellIsSplitByNoUsualSeparator(separator: Character, held: String) {
        #expect(written(["x\(held)=1+1", "y"], separator: separator) == "\"x\(held)=1+1\"\(separator)y\r\n")
    }

    @Test(arguments: [
        "=1+1", "+cmd", "-2+3", "@SUM(A1)", "\tx", "\rx", "\n=1", "＝1", "＋1", "－1", "＠x", "-", "+", "-.5", "-1.5x",
    ])
    func formulasAreDisarmedAndComeBack(cell: String) throws {
        var writer = CSVWriter()
        writer.record([cell, "x"])
        let read = try CSVReader.records(in: writer.bytes)
        #expect(read.first?.cells.first == "'" + cell)
        #expect(CSVWriter.unguarded("'" + cell) == cell)
    }

    @Test(arguments: ["-1.5", "+3", "-2,5", "-1e-3", "1=2", "", "l’été", "'quoted'", "ｆ"])
    func numbersAndWordsAreLeftAlone(cell: String) throws {
        var writer = CSVWriter()
        writer.record([cell, "x"])
        #expect(try CSVReader.records(in: writer.bytes).first?.cells.first == cell)
        #expect(CSVWriter.unguarded(cell) == cell)
    }

    @Test func theByteOrderMarkComesFirstAndPiecesAreTakenOnce() {
        var writer = CSVWriter(byteOrderMark: true)
        #expect(writer.take() == [0xEF, 0xBB, 0xBF])
        writer.record(["a"])
        #expect(writer.take() == "a\r\n".bytes)
        #expect(writer.take().isEmpty)
    }
}
