/// An incremental reader of multipart/form-data (RFC 7578), fed by chunks of any size.
///
/// It holds a header, a field or the length of a boundary, never a file: feed it the next chunk once the events of the
/// last one are dealt with, and an upload flows at the pace of the disk.
public struct MultipartReader: Sendable {
    private enum State: Sendable {
        case preamble, afterBoundary, headers, file, done
        case field(String)
    }

    private let delimiter: [UInt8]
    private let limits: MultipartLimits
    private var state = State.preamble
    /// What is still to be read: the tail of a chunk that may be the start of a boundary.
    private var buffer: [UInt8]
    private var value: [UInt8] = []
    private var parts = 0
    private var total = 0
    /// Whether the line end that closes the headers is still to be passed.
    private var skipsLineEnd = false
    private var failure: MultipartProblem?

    /// - Parameter boundary: as `boundary(inContentType:)` gives it.
    /// - Throws: `MultipartProblem.invalidBoundary`.
    public init(boundary: String, limits: MultipartLimits = MultipartLimits()) throws(MultipartProblem) {
        guard MultipartHead.isBoundary(boundary) else { throw .invalidBoundary }
        delimiter = Array("\r\n--\(boundary)".utf8)
        self.limits = limits
        // The first boundary has no line end before it: with one added, it is a boundary like the others.
        buffer = [0x0D, 0x0A]
    }

    /// Reads the next bytes and returns what they say.
    ///
    /// - Throws: `MultipartProblem`, again at each later call.
    public mutating func feed(_ chunk: [UInt8]) throws(MultipartProblem) -> [MultipartEvent] {
        if let failure { throw failure }
        do throws(MultipartProblem) {
            total += chunk.count
            guard total <= limits.totalBytes else { throw .tooLong(limit: limits.totalBytes) }
            if case .done = state { return [] }
            buffer += chunk
            var events: [MultipartEvent] = []
            var start = 0
            while try step(&start, &events) {}
            if start > 0 { buffer.removeFirst(start) }
            return events
        } catch {
            failure = error
            throw error
        }
    }

    /// Says that no byte follows.
    ///
    /// - Throws: `MultipartProblem.unexpectedEnd` before the closing boundary.
    public func finish() throws(MultipartProblem) {
        if let failure { throw failure }
        guard case .done = state else { throw .unexpectedEnd }
    }

    /// Reads one thing from `buffer[start...]`; false when more bytes are needed.
    private mutating func step(_ start: inout Int, _ events: inout [MultipartEvent]) throws(MultipartProblem) -> Bool {
        switch state {
        case .preamble:
            guard buffer.count - start >= delimiter.count else { return false }
            // Browsers write no preamble; one could only hide something.
            guard buffer[start...].starts(with: delimiter) else { throw .noOpeningBoundary }
            start += delimiter.count
            state = .afterBoundary
        case .afterBoundary:
            guard buffer.count - start >= 2 else { return false }
            switch (buffer[start], buffer[start + 1]) {
            case (0x2D, 0x2D):
                state = .done
                events.append(.finished)
                start = buffer.count
                return false
            case (0x0D, 0x0A): state = .headers
            // Section 5.1.1 allows blanks after a boundary.
            case (0x20, _), (0x09, _):
                start += 1
                return true
            default: throw .malformedHeader
            }
        case .headers: return try headers(&start, &events)
        case .field, .file: return try body(&start, &events)
        case .done:
            start = buffer.count
            return false
        }
        return true
    }

    /// Reads the headers of a part; the buffer starts with the line end of the boundary.
    private mutating func headers(
        _ start: inout Int, _ events: inout [MultipartEvent]
    ) throws(MultipartProblem) -> Bool {
        guard let end = ByteSearch.index(of: [0x0D, 0x0A, 0x0D, 0x0A], in: buffer, from: start) else {
            guard buffer.count - start <= limits.headerBytes else {
                throw .headersTooLong(limit: limits.headerBytes)
            }
            return false
        }
        guard end - start <= limits.headerBytes else { throw .headersTooLong(limit: limits.headerBytes) }
        parts += 1
        guard parts <= limits.parts else { throw .tooManyParts(limit: limits.parts) }
        let head = try MultipartHead(buffer[min(start + 2, end)..<end])
        // The line end of an empty body's boundary is the one that closes the headers.
        start = end + 2
        value = []
        if let file = head.file {
            state = .file
            events.append(.fileBegan(file))
        } else {
            state = .field(head.name)
        }
        skipsLineEnd = true
        return true
    }

    /// Reads the content of a part up to its boundary, or to where the boundary may begin.
    private mutating func body(_ start: inout Int, _ events: inout [MultipartEvent]) throws(MultipartProblem) -> Bool {
        if skipsLineEnd {
            // `start` is at the line end that closes the headers, which may also open the boundary.
            guard buffer.count - start >= delimiter.count else { return false }
            if !buffer[start...].starts(with: delimiter) { start += 2 }
            skipsLineEnd = false
        }
        if let end = ByteSearch.index(of: delimiter, in: buffer, from: start) {
            try content(buffer[start..<end], &events)
            start = end + delimiter.count
            try endPart(&events)
            state = .afterBoundary
            return true
        }
        let safe = buffer.count - delimiter.count + 1
        if safe > start {
            try content(buffer[start..<safe], &events)
            start = safe
        }
        return false
    }

    private mutating func content(_ bytes: ArraySlice<UInt8>, _ events: inout [MultipartEvent]) throws(MultipartProblem)
    {
        if case .file = state {
            if !bytes.isEmpty { events.append(.fileBytes(Array(bytes))) }
            return
        }
        guard value.count + bytes.count <= limits.fieldBytes else { throw .fieldTooLong(limit: limits.fieldBytes) }
        value += bytes
    }

    private mutating func endPart(_ events: inout [MultipartEvent]) throws(MultipartProblem) {
        guard case .field(let name) = state else { return events.append(.fileEnded) }
        guard !value.contains(0) else { throw .nullCharacter }
        guard let text = String(validating: value, as: UTF8.self) else { throw .invalidUTF8 }
        events.append(.field(name: name, value: text))
        value = []
    }
}
