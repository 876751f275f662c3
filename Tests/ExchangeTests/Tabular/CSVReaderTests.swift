import Exchange
import Testing

@Suite("Reading CSV") struct CSVReaderTests {
    private func cells(_ text: String, separator: UInt8? = nil) throws -> [[String]] {
        try CSVReader.records(in: text.bytes, separator: separator).map(\.cells)
    }

    @Test func quotesSeparatorsAndLineEndsInsideCells() throws {
        #expect(try cells("a,b\r\n\"x, \"\"y\"\"\",\"1\n2\"\r\n") == [["a", "b"], ["x, \"y\"", "1\n2"]])
        #expect(try cells("a,b\n\"\",\n") == [["a", "b"], ["", ""]])
        #expect(try cells("a,b\n1,") == [["a", "b"], ["1", ""]])
        #expect(try cells(",\n,x") == [["", ""], ["", "x"]])
    }

    @Test func everyLineEndGivesTheSameRecordsAndLines() throws {
        for end in ["\n", "\r", "\r\n"] {
            let text = "a;b\(end)\(end)\"1\(end)2\";3\(end)4;5"
            let records = try CSVReader.records(in: text.bytes)
            #expect(records.map(\.line) == [1, 3, 5])
            #expect(records.last?.cells == ["4", "5"])
        }
    }

    @Test func everySplitOfTheInputGivesTheSameRecords() throws {
        let bytes = "\u{FEFF}nom;\"a;\"\"b\"\r\n\r\n\"é\r\nè\";x\"y\r\n;\"\"\r\nfin;€\r".bytes
        let whole = try CSVReader.records(in: bytes)
        #expect(whole.map(\.cells) == [["nom", "a;\"b"], ["é\r\nè", "x\"y"], ["", ""], ["fin", "€"]])
        #expect(whole.map(\.line) == [1, 3, 5, 6])
        for cut in 0...bytes.count {
            for second in stride(from: cut, through: bytes.count, by: 5) {
                var reader = CSVReader()
                var records: [CSVRecord] = []
                for piece in [bytes[..<cut], bytes[cut..<second], bytes[second...]] {
                    try reader.feed(Array(piece)) { records.append($0) }
                }
                try reader.finish { records.append($0) }
                #expect(records == whole, "cut at \(cut) and \(second)")
            }
        }
    }

    @Test func aSurveyMeetsTheSameRecordsAndStopsAtTheSameFault() throws {
        let texts = [
            "nom;\"a;\"\"b\"\r\n\r\n\"é\r\nè\";x\"y\r\n;\"\"\r\n\"f\"in;€;trop\r", "a,b\n1,2\n\"jamais fermé", "",
            "a\n123456789\nb",
        ]
        for text in texts {
            for cut in 0...text.utf8.count {
                let (whole, fault) = read(text, cut: cut, isSurvey: false)
                let (survey, surveyed) = read(text, cut: cut, isSurvey: true)
                #expect(surveyed == fault)
                #expect(survey.map(\.line) == whole.map(\.line))
                #expect(survey.map(\.hasStrayQuote) == whole.map(\.hasStrayQuote))
                #expect(survey.map(\.cells.count) == whole.map(\.cells.count))
                #expect(survey.first?.cells == whole.first?.cells)
                #expect(survey.dropFirst().allSatisfy { $0.cells.allSatisfy(\.isEmpty) })
            }
        }
    }

    /// Records of at most eight bytes a cell, from a text in two pieces, until its first fault.
    private func read(_ text: String, cut: Int, isSurvey: Bool) -> ([CSVRecord], CSVProblem?) {
        var reader = CSVReader(limits: CSVLimits(cellBytes: 8), isSurvey: isSurvey)
        var records: [CSVRecord] = []
        do {
            try reader.feed(Array(text.bytes[..<cut])) { records.append($0) }
            try reader.feed(Array(text.bytes[cut...])) { records.append($0) }
            try reader.finish { records.append($0) }
            return (records, nil)
        } catch {
            return (records, error as? CSVProblem)
        }
    }

    @Test(arguments: [
        ("nom;ville\n", ";"), ("nom\tville\n", "\t"), ("nom|ville\n", "|"), ("nom,ville\n", ","), ("nom\n", ","),
        ("\"a,b,c\";d\n", ";"), ("nom, prénom;adresse\n", ";"), ("\n\nnom;ville\n", ";"),
    ])
    func theSeparatorIsFoundInTheFirstLine(text: String, expected: String) throws {
        var reader = CSVReader()
        try reader.feed(text.bytes) { _ in }
        #expect(reader.separator == expected.utf8.first)
    }

    @Test func theSeparatorLineOfSpreadsheetsIsObeyedAndCounted() throws {
        for end in ["\n", "\r\n"] {
            let bytes = "sep=;\(end)a,b;c\(end)1;2".bytes
            for cut in 0...bytes.count {
                var reader = CSVReader()
                var records: [CSVRecord] = []
                try reader.feed(Array(bytes[..<cut])) { records.append($0) }
                try reader.feed(Array(bytes[cut...])) { records.append($0) }
                try reader.finish { records.append($0) }
                #expect(records.map(\.cells) == [["a,b", "c"], ["1", "2"]])
                #expect(records.map(\.line) == [2, 3])
            }
        }
    }

    @Test func raggedRowsAreHandedOverWithTheirShape() throws {
        let (header, rows) = try CSVTableReader.rows(in: "a, b ,c\n1,2\n1,2,3\n1,2,3,4\n".bytes)
        #expect(header.names == ["a", "b", "c"])
        #expect(rows.map(\.shape) == [.short(missing: 1), .exact, .long(extra: 1)])
        #expect(rows.map { $0["c"] } == [nil, "3", "3"])
        #expect(rows.map(\.line) == [2, 3, 4])
    }

    @Test func columnsOfTheSameNameAreReported() throws {
        let (header, rows) = try CSVTableReader.rows(in: "a,b,a\n1,2,3\n".bytes)
        #expect(header.duplicates == ["a"])
        #expect(rows[0]["a"] == "1")
    }

    @Test func textAfterAClosingQuoteIsKeptAndReported() throws {
        let records = try CSVReader.records(in: "a,b\n\"x\"y,z\n1,2\n".bytes)
        #expect(records.map(\.cells) == [["a", "b"], ["xy", "z"], ["1", "2"]])
        #expect(records.map(\.hasStrayQuote) == [false, true, false])
    }

    @Test func limitsAreRefusedWithTheirPlace() throws {
        func problem(_ text: String, _ limits: CSVLimits) -> CSVProblem? {
            #expect(throws: CSVProblem.self) { try CSVReader.records(in: text.bytes, limits: limits) }
        }
        #expect(
            problem("a,b\n1,2345", CSVLimits(cellBytes: 3))
                == CSVProblem(kind: .cellTooLong(limit: 3), line: 2, column: 2))
        #expect(
            problem("a,b\n1,\"2345\"", CSVLimits(cellBytes: 3))
                == CSVProblem(kind: .cellTooLong(limit: 3), line: 2, column: 2))
        #expect(
            problem("a,b\n1,2,3\n", CSVLimits(columns: 2))
                == CSVProblem(kind: .tooManyColumns(limit: 2), line: 2, column: 3))
        #expect(
            problem("a,b\n123,456\n", CSVLimits(recordBytes: 5))
                == CSVProblem(kind: .recordTooLong(limit: 5), line: 2, column: 2))
        #expect(
            problem("a,b\n1,\"2\n3", CSVLimits()) == CSVProblem(kind: .unterminatedQuote, line: 2, column: 2))
    }

    @Test func anEmptyFileHasNoHeader() {
        #expect(throws: CSVProblem(kind: .noHeader, line: 1, column: 1)) { try CSVTableReader.rows(in: []) }
        #expect(throws: CSVProblem(kind: .noHeader, line: 1, column: 1)) { try CSVTableReader.rows(in: "\n\n".bytes) }
    }
}
