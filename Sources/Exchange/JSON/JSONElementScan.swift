extension JSONElementReader {
    mutating func consume(_ input: UnsafeBufferPointer<UInt8>, _ each: (Element) throws -> Void) throws {
        var index = 0
        while index < input.count {
            switch state {
            case .element, .key, .memberValue:
                index = try gather(input, from: index, each)
            case .start where input[index] >= 0x80:
                try passMark(input[index], at: passed + index)
                index += 1
            default:
                index += try step(input[index], at: passed + index)
            }
        }
    }

    /// Passes one byte between values; answers 0 when the byte begins a value and is still to be read.
    private mutating func step(_ byte: UInt8, at offset: Int) throws -> Int {
        if byte == 0x0A {
            line += 1
            lineStart = offset + 1
            return 1
        }
        if byte == 0x20 || byte == 0x09 || byte == 0x0D { return 1 }
        switch (state, byte) {
        case (.start, UInt8(ascii: "[")) where source == .array && marks != 1 && marks != 2:
            sawArray = true
            state = .elementOrEnd
        case (.start, UInt8(ascii: "{")) where source != .array && marks != 1 && marks != 2:
            state = .keyOrEnd
        case (.start, UInt8(ascii: "[")), (.start, UInt8(ascii: "{")):
            throw fail(.notTheAnnouncedArray(sourceName), at: offset)
        case (.elementOrEnd, UInt8(ascii: "]")), (.afterElement, UInt8(ascii: "]")):
            state = source == .array ? .done : .afterMember
        case (.elementOrEnd, _), (.elementOnly, _):
            guard byte != UInt8(ascii: "]"), byte != UInt8(ascii: ",") else {
                throw fail(.unexpectedByte(byte), at: offset)
            }
            return begin(.element, at: offset)
        case (.afterElement, UInt8(ascii: ",")): state = .elementOnly
        case (.keyOrEnd, UInt8(ascii: "}")), (.afterMember, UInt8(ascii: "}")): state = .done
        case (.keyOrEnd, 0x22), (.keyOnly, 0x22): return begin(.key, at: offset)
        case (.colon, UInt8(ascii: ":")): state = .member
        case (.member, _):
            guard case .member(let name) = source, key.utf8.elementsEqual(name.utf8) else {
                return begin(.memberValue, at: offset)
            }
            guard byte == UInt8(ascii: "[") else { throw fail(.notTheAnnouncedArray(sourceName), at: offset) }
            sawArray = true
            state = .elementOrEnd
        case (.afterMember, UInt8(ascii: ",")): state = .keyOnly
        case (.done, _): throw fail(.trailingBytes, at: offset)
        default: throw fail(.unexpectedByte(byte), at: offset)
        }
        return 1
    }

    /// Passes one byte of a leading EF BB BF.
    private mutating func passMark(_ byte: UInt8, at offset: Int) throws {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        guard offset == marks, marks < 3, byte == mark[marks] else { throw fail(.unexpectedByte(byte), at: offset) }
        guard byteOrderMark == .skip else { throw fail(.byteOrderMark, at: 0) }
        marks += 1
    }

    private mutating func begin(_ next: State, at offset: Int) -> Int {
        capture.begin(line: line, column: offset - lineStart + 1)
        state = next
        return 0
    }

    /// Goes on gathering the current value, and uses it when it is whole.
    private mutating func gather(
        _ input: UnsafeBufferPointer<UInt8>, from start: Int, _ each: (Element) throws -> Void
    ) throws -> Int {
        let (next, isWhole) = capture.take(input, from: start, offset: passed, line: &line, lineStart: &lineStart)
        guard capture.bytes.count <= limits.elementBytes else {
            throw fail(.tooLong(limit: limits.elementBytes), at: passed + next)
        }
        guard isWhole else { return next }
        let value: JSONValue
        do {
            value = try capture.bytes.withUnsafeBufferPointer {
                try JSONValue.parse(
                    $0, line: capture.line, column: capture.column, limits: limits, byteOrderMark: .refuse)
            }
        } catch let problem as JSONProblem {
            failure = problem
            throw problem
        }
        switch state {
        case .element:
            let element = Element(
                value: value, index: count, line: capture.line, column: capture.column, bytes: capture.bytes)
            count += 1
            state = .afterElement
            try each(element)
        case .key:
            key = value.string ?? ""
            guard names.insert(key) else {
                let problem = JSONProblem(kind: .duplicateKey(key), line: capture.line, column: capture.column)
                failure = problem
                throw problem
            }
            envelopeBytes += capture.bytes.count
            state = .colon
        default:
            envelope.append(key, value)
            envelopeBytes += capture.bytes.count
            state = .afterMember
        }
        guard envelopeBytes <= limits.elementBytes else {
            throw fail(.tooLong(limit: limits.elementBytes), at: passed + next)
        }
        return next
    }
}
