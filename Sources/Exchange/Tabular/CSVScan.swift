extension CSVReader {
    /// The loop over bytes. Cells that begin and end in one chunk are made into text in place; others go through `carry`.
    mutating func consume(_ input: UnsafeBufferPointer<UInt8>, _ each: (CSVRecord) throws -> Void) throws {
        let separator = self.separator ?? .comma
        let count = input.count
        var index = 0
        while index < count {
            let byte = input[index]
            switch state {
            case .cellStart:
                if cells.isEmpty, byte == .lineFeed || byte == .carriageReturn {
                    countLine(byte, at: index, of: input)
                    index += 1
                    continue
                }
                if cells.isEmpty { recordLine = line }
                cellLine = line
                if byte == .quote {
                    state = .quoted
                    index += 1
                } else {
                    state = .plain
                }
            case .plain:
                let start = index
                while index < count {
                    let next = input[index]
                    if next == separator || next == .lineFeed || next == .carriageReturn { break }
                    index += 1
                }
                let span = UnsafeBufferPointer(rebasing: input[start..<index])
                guard index < count else {
                    try keep(span)
                    break
                }
                try endCell(span)
                try pass(input[index], at: index, of: input, each)
                index += 1
            case .quoted:
                index = try scanQuoted(input, from: index, separator, each)
            case .quoteInQuoted:
                if byte == .quote {
                    carry.append(.quote)
                    state = .quoted
                    index += 1
                } else {
                    if byte != separator, byte != .lineFeed, byte != .carriageReturn { strayQuote = true }
                    state = .plain
                }
            }
        }
        if let last = input.last { lastByte = last }
    }

    /// Goes to the closing quote or the end of the chunk, counting lines; answers where to go on.
    private mutating func scanQuoted(
        _ input: UnsafeBufferPointer<UInt8>, from start: Int, _ separator: UInt8, _ each: (CSVRecord) throws -> Void
    ) throws -> Int {
        var index = start
        while index < input.count {
            let byte = input[index]
            if byte <= .quote {
                if byte == .quote { break }
                if byte == .lineFeed || byte == .carriageReturn { countLine(byte, at: index, of: input) }
            }
            index += 1
        }
        let span = UnsafeBufferPointer(rebasing: input[start..<index])
        if index + 1 < input.count {
            // The common case, a cell without quotes inside that ends in this chunk, needs no copy.
            let next = input[index + 1]
            if next == separator || next == .lineFeed || next == .carriageReturn {
                try endCell(span)
                try pass(next, at: index + 1, of: input, each)
                return index + 2
            }
        }
        try keep(span)
        guard index < input.count else { return index }
        state = .quoteInQuoted
        return index + 1
    }

    /// CRLF counts once, on its first byte, even when a chunk ends between the two.
    @inline(__always)
    private mutating func countLine(_ byte: UInt8, at index: Int, of input: UnsafeBufferPointer<UInt8>) {
        if byte == .lineFeed, (index > 0 ? input[index - 1] : lastByte) == .carriageReturn { return }
        line += 1
    }

    /// Passes what ended a cell: the separator opens the next one, a line end closes the record.
    @inline(__always)
    private mutating func pass(
        _ byte: UInt8, at index: Int, of input: UnsafeBufferPointer<UInt8>, _ each: (CSVRecord) throws -> Void
    ) throws {
        state = .cellStart
        guard byte == .lineFeed || byte == .carriageReturn else {
            // The separator was last: an empty cell follows, even if nothing else does.
            return
        }
        countLine(byte, at: index, of: input)
        try endRecord(each)
    }

    private mutating func keep(_ span: UnsafeBufferPointer<UInt8>) throws {
        guard carry.count + span.count <= limits.cellBytes else {
            throw fail(.cellTooLong(limit: limits.cellBytes), line: cellLine)
        }
        carry.append(contentsOf: span)
    }

    mutating func endCell(_ span: UnsafeBufferPointer<UInt8>) throws {
        let size = carry.count + span.count
        guard size <= limits.cellBytes else { throw fail(.cellTooLong(limit: limits.cellBytes), line: cellLine) }
        guard cells.count < limits.columns else { throw fail(.tooManyColumns(limit: limits.columns), line: line) }
        cellsBytes += size
        guard cellsBytes <= limits.recordBytes else {
            throw fail(.recordTooLong(limit: limits.recordBytes), line: recordLine)
        }
        if cells.isEmpty { cells.reserveCapacity(width) }
        if isSurvey, hasRecord {
            cells.append("")
            carry.removeAll(keepingCapacity: carry.count <= 65_536)
        } else if carry.isEmpty {
            cells.append(String(decoding: span, as: UTF8.self))
        } else {
            carry.append(contentsOf: span)
            cells.append(String(decoding: carry, as: UTF8.self))
            carry.removeAll(keepingCapacity: carry.count <= 65_536)
        }
    }

    mutating func endRecord(_ each: (CSVRecord) throws -> Void) throws {
        let record = CSVRecord(line: recordLine, cells: cells, hasStrayQuote: strayQuote)
        width = cells.count
        cells = []
        cellsBytes = 0
        strayQuote = false
        state = .cellStart
        hasRecord = true
        try each(record)
    }
}

extension UInt8 {
    static let tab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let space: UInt8 = 0x20
    static let quote: UInt8 = 0x22
    static let comma: UInt8 = 0x2C
    static let semicolon: UInt8 = 0x3B
    static let bar: UInt8 = 0x7C
}
