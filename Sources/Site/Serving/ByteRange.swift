import HTTPTypes

/// The part of a file that a request asks for (RFC 9110, § 14): one range of bytes. Several at once, or what is not a range, are
/// the whole, as the standard allows.
enum ByteRange: Equatable, Sendable {
    case whole
    /// Bytes of the file, never empty.
    case part(Range<Int>)
    /// Nothing of the file is there.
    case unsatisfiable

    /// - Parameters:
    ///   - size: of the file, in bytes.
    ///   - tag: its validator, quoted: with `If-Range`, a part is sent of this very file only.
    static func asked(_ headers: HTTPFields, size: Int, tag: String) -> ByteRange {
        guard let header = headers[.range], header.utf8.count <= 200 else { return .whole }
        if let condition = headers[.ifRange], condition != tag { return .whole }
        guard header.lowercased().hasPrefix("bytes=") else { return .whole }
        let parts = header.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false).map { part in
            part.utf8.filter { $0 != UInt8(ascii: " ") }
        }
        guard parts.count == 2, let first = number(parts[0]), let last = number(parts[1]) else { return .whole }
        switch (first, last) {
        case (nil, nil): return .whole
        case (nil, let count?):
            return count > 0 && size > 0 ? .part(max(0, size - min(count, size))..<size) : .unsatisfiable
        case (let start?, nil): return start < size ? .part(start..<size) : .unsatisfiable
        case (let start?, let end?):
            guard start <= end else { return .whole }
            return start < size ? .part(start..<min(end, size - 1) + 1) : .unsatisfiable
        }
    }

    /// A number of digits alone; nil inside when there are none, nil when it is something else. What overflows is beyond any file.
    private static func number(_ digits: [UInt8]) -> Int?? {
        if digits.isEmpty { return .some(nil) }
        var value = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            let (tens, isLong) = value.multipliedReportingOverflow(by: 10)
            let (next, isLonger) = tens.addingReportingOverflow(Int(digit - UInt8(ascii: "0")))
            value = isLong || isLonger ? Int.max - 1 : next
            if isLong || isLonger { return .some(value) }
        }
        return .some(min(value, Int.max - 1))
    }
}

extension Answer {
    /// A file that is sent from its bytes, whole or in part: 200, 206 or 416, with what a download that was cut needs to go on.
    ///
    /// - Parameters:
    ///   - size: of the file, in bytes.
    ///   - tag: its validator, without quotes.
    ///   - send: writes the bytes of a range, in order.
    static func file(
        size: Int, tag: String, headers: HTTPFields, _ visit: Visit,
        send: @escaping @Sendable (Range<Int>, inout ByteSink) async throws -> Void
    ) -> Answer {
        let quoted = "\"\(tag)\""
        var answer = Answer(status: .ok, headers: headers)
        answer.headers[.acceptRanges] = "bytes"
        answer.headers[.eTag] = quoted
        var range = 0..<size
        switch ByteRange.asked(visit.headers, size: size, tag: quoted) {
        case .whole: break
        case .part(let part):
            range = part
            answer.status = .partialContent
            answer.headers[.contentRange] = "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(size)"
        case .unsatisfiable:
            return Answer(
                status: .rangeNotSatisfiable,
                headers: [
                    .contentRange: "bytes */\(size)", .acceptRanges: "bytes", .cacheControl: "no-store",
                    .contentLength: "0",
                ])
        }
        answer.headers[.contentLength] = String(range.count)
        answer.body = .stream { [range] sink in try await send(range, &sink) }
        return answer
    }
}
