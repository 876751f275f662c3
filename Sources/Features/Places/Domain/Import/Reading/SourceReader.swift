import Exchange

/// Goes through a file from end to end, whatever its shape, in bounded memory.
final class SourceReader {
    enum Event {
        /// Columns met, by name.
        case columns([String])
        case row(SourceRow)
        case end(TextEncoding, repairedBytes: Int)
    }

    private enum Parser {
        case csv(CSVTableReader)
        case json(JSONElementReader)
        case geojson(GeoJSONReader)
    }

    private let file: FileChunks
    private var transcoder = TextTranscoder()
    private var parser: Parser
    private var header: CSVHeader?
    private var slots: [(cell: Int, slot: Int)] = []
    private var isAtEnd = false
    /// Nil for the survey, whose rows have no cells.
    private let binding: LayoutBinding?

    init(_ path: String, _ shape: FileShape, binding: LayoutBinding?) throws {
        file = try FileChunks(path)
        self.binding = binding
        parser =
            switch shape {
            case .csv: .csv(CSVTableReader(isSurvey: binding == nil))
            case .geojson: .geojson(GeoJSONReader())
            case .list: .json(JSONElementReader(.array))
            case .member(let name): .json(JSONElementReader(.member(name)))
            }
    }

    /// Reads the next piece of the file; false when there was none left.
    func advance(_ each: (Event) throws -> Void) throws -> Bool {
        if isAtEnd { return false }
        do {
            if let chunk = try file.next() {
                try take(transcoder.feed(chunk), each)
                return true
            }
            isAtEnd = true
            try take(transcoder.finish(), each)
            try finish(each)
            try each(.end(transcoder.encoding ?? .utf8, repairedBytes: transcoder.repairedBytes))
            return false
        } catch let problem as CSVProblem {
            let reason = problem.description.split(separator: ": ", maxSplits: 1).last.map(String.init) ?? ""
            throw PlaceImportRefusal(reason, line: problem.line, column: problem.column)
        } catch let problem as JSONProblem {
            throw PlaceImportRefusal(problem.reason, line: problem.line, column: problem.column)
        } catch let problem as GeoJSONProblem {
            throw PlaceImportRefusal(problem.reason, line: problem.line, column: problem.column)
        }
    }

    private func take(_ utf8: [UInt8], _ each: (Event) throws -> Void) throws {
        switch parser {
        case .csv(var reader):
            // Out of the enum while it works, or its buffers would be copied.
            parser = .csv(CSVTableReader())
            try reader.feed(utf8) { try take($0, each) }
            parser = .csv(reader)
        case .json(var reader):
            parser = .json(JSONElementReader(.array))
            try reader.feed(utf8) { try take($0, each) }
            parser = .json(reader)
        case .geojson(var reader):
            parser = .geojson(GeoJSONReader())
            try reader.feed(utf8) { try take($0, each) }
            parser = .geojson(reader)
        }
    }

    private func finish(_ each: (Event) throws -> Void) throws {
        switch parser {
        case .csv(var reader):
            try reader.finish { try take($0, each) }
            if header == nil { try each(.columns(reader.header?.names ?? [])) }
        case .json(var reader): _ = try reader.finish()
        case .geojson(var reader): try reader.finish { try take($0, each) }
        }
    }

    private func take(_ row: CSVRow, _ each: (Event) throws -> Void) throws {
        if header == nil {
            header = row.header
            slots = binding?.slots(of: row.header) ?? []
            try each(.columns(row.header.names))
        }
        try each(.row(self.row(row, slots)))
    }

    private func take(_ element: JSONElementReader.Element, _ each: (Event) throws -> Void) throws {
        guard let object = element.value.object else {
            let reason = "an object is expected, not \(element.value.kind)"
            return try each(.row(SourceRow(line: element.line, column: "", fault: reason)))
        }
        guard let binding else {
            try each(.columns(LayoutBinding.names(of: object)))
            return try each(.row(SourceRow(line: element.line, cells: [])))
        }
        try each(.row(SourceRow(line: element.line, cells: binding.cells(of: object))))
    }

    private func take(_ outcome: GeoJSONReader.Outcome, _ each: (Event) throws -> Void) throws {
        switch outcome {
        case .failure(let problem):
            try each(.row(SourceRow(line: problem.line, column: problem.path, fault: problem.reason)))
        case .success(let feature):
            if let binding { return try each(.row(row(feature, binding))) }
            var names = LayoutBinding.names(of: feature.properties)
            if feature.id != nil, !names.contains("id") { names.append("id") }
            try each(.columns(names))
            try each(.row(SourceRow(line: feature.line, cells: [])))
        }
    }

    private func row(_ row: CSVRow, _ slots: [(cell: Int, slot: Int)]) -> SourceRow {
        guard let binding else { return SourceRow(line: row.line, cells: []) }
        var cells = [String?](repeating: nil, count: binding.names.count)
        for (cell, slot) in slots where cell < row.cells.count { cells[slot] = row.cells[cell] }
        var result = SourceRow(line: row.line, cells: cells)
        switch row.shape {
        case .exact: break
        case .short(let missing) where missing >= row.header.names.count - 1 && row.header.names.count > 2:
            result.fault = (
                row.header.names.first ?? "", "the row holds one cell where \(row.header.names.count) are expected"
            )
        case .short(let missing):
            result.remarks.append(
                .init(
                    line: row.line, column: row.header.names.last ?? "", value: "",
                    reason: "\(missing) cells are missing"))
        case .long(let extra):
            if row.cells.suffix(extra).contains(where: { !$0.isEmpty }) {
                result.fault = (
                    row.header.names.last ?? "",
                    "\(extra) more cells than columns: a separator inside a cell is not between quotes"
                )
            }
        }
        if row.record.hasStrayQuote {
            result.remarks.append(
                .init(
                    line: row.line, column: "", value: "", reason: "text after a closing quote: the quote was dropped"))
        }
        return result
    }

    private func row(_ feature: GeoJSONFeature, _ binding: LayoutBinding) -> SourceRow {
        var row = SourceRow(line: feature.line, cells: binding.cells(of: feature.properties))
        if feature.geometry != nil, feature.geometry?.point == nil {
            row.remarks.append(
                .init(
                    line: feature.line, column: "geometry", value: "", reason: "not a point: the drawing was left out"))
        }
        for (slot, column) in binding.layout.columns.enumerated() {
            switch column.target {
            case .latitude: row.cells[slot] = feature.geometry?.point.map { String($0.latitude) } ?? row.cells[slot]
            case .longitude: row.cells[slot] = feature.geometry?.point.map { String($0.longitude) } ?? row.cells[slot]
            case .key where row.cells[slot] == nil: row.cells[slot] = feature.id
            default: break
            }
        }
        return row
    }
}
