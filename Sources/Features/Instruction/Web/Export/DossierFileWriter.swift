import Exchange
import Maillage

/// Writes an export while it is sent: a page of dossiers is in memory at a time, and the titles leave before the first is read.
enum DossierFileWriter {
    /// The line of titles holds the keys, for programs.
    static func csv(_ start: DossierBatches, columns: [DossierColumn], savedAs name: String) -> Answer {
        csv(start, titles: columns.map(\.key), savedAs: name) { line in [columns.map { $0.cell(of: line) }] }
    }

    static func csv(_ start: DossierBatches, sheet: DossierSheet, savedAs name: String) -> Answer {
        csv(start, titles: sheet.columns.map(\.key), savedAs: name) { sheet.rows(of: $0) }
    }

    private static func csv(
        _ start: DossierBatches, titles: [String], savedAs name: String,
        rows: @escaping @Sendable (DossierLine) -> [[WorkbookCell]]
    ) -> Answer {
        Answer.stream(type: "text/csv; charset=utf-8", savedAs: name) { sink in
            var csv = CSVWriter()
            csv.record(titles)
            try await sink.write(csv.take())
            var batches = start
            while let lines = try await batches.next() {
                for line in lines {
                    for row in rows(line) {
                        for cell in row { csv.cell(cell.csv) }
                        csv.endRecord()
                    }
                }
                try await sink.write(csv.take())
            }
        }
    }

    /// The titles are in French, the keys stand on the second line of each sheet.
    static func workbook(
        _ format: WorkbookStream.Format, _ start: DossierBatches, columns: [DossierColumn], sheets: [DossierSheet],
        at now: Instant, savedAs name: String
    ) -> Answer {
        Answer.stream(type: format.mediaType, savedAs: name) { sink in
            let workbook = try WorkbookStream(
                format,
                sheets: [.init("Dossiers", columns: columns.map { WorkbookColumn($0.label) })]
                    + sheets.map { sheet in
                        WorkbookStream.Sheet(
                            sheet.label, columns: sheet.columns.map { WorkbookColumn($0.label) })
                    },
                modified: now.seconds)
            try workbook.appendKeys(columns.map(\.key))
            for (index, sheet) in sheets.enumerated() {
                try workbook.appendKeys(sheet.columns.map(\.key), to: index + 1)
            }
            try await sink.write(workbook.take())
            var batches = start
            while let lines = try await batches.next() {
                for line in lines {
                    try workbook.append(columns.map { $0.cell(of: line) })
                    for (index, sheet) in sheets.enumerated() {
                        for row in sheet.rows(of: line) { try workbook.append(row, to: index + 1) }
                    }
                }
                try await sink.write(workbook.take())
            }
            try workbook.close()
            while let piece = try workbook.rest() { try await sink.write(piece) }
        }
    }
}
