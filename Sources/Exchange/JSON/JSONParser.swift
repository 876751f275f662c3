extension JSONValue {
    /// Reads one JSON text, strictly: RFC 8259, no duplicate member, no U+0000, nothing before or after.
    ///
    /// - Throws: `JSONProblem`.
    public static func parse(
        _ bytes: [UInt8], limits: JSONLimits = JSONLimits(), byteOrderMark: ByteOrderMarkPolicy = .refuse
    ) throws -> JSONValue {
        try bytes.withUnsafeBufferPointer {
            try parse($0, line: 1, column: 1, limits: limits, byteOrderMark: byteOrderMark)
        }
    }

    /// The same for a piece of a longer text, whose first byte is at the given place.
    static func parse(
        _ bytes: UnsafeBufferPointer<UInt8>, line: Int, column: Int, limits: JSONLimits,
        byteOrderMark: ByteOrderMarkPolicy
    ) throws -> JSONValue {
        var parser = JSONParser(bytes: bytes, limits: limits)
        do throws(JSONParser.Stop) {
            return try parser.whole(byteOrderMark)
        } catch {
            var place = (line: line, column: column)
            for byte in bytes.prefix(error.offset) {
                place = byte == 0x0A ? (place.line + 1, 1) : (place.line, place.column + 1)
            }
            throw JSONProblem(kind: error.kind, line: place.line, column: place.column)
        }
    }
}

/// A recursive descent over bytes in memory; recursion is bounded by `JSONLimits.depth`.
struct JSONParser {
    /// A problem by offset; the line is only counted when it is needed.
    struct Stop: Error {
        let kind: JSONProblem.Kind
        let offset: Int
    }

    let bytes: UnsafeBufferPointer<UInt8>
    let limits: JSONLimits
    var index = 0
    private var values = 0

    init(bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func whole(_ byteOrderMark: ByteOrderMarkPolicy) throws(Stop) -> JSONValue {
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
            guard byteOrderMark == .skip else { throw Stop(kind: .byteOrderMark, offset: 0) }
            index = 3
        }
        skipBlanks()
        let value = try value(depth: 0)
        skipBlanks()
        guard index == bytes.count else { throw stop(.trailingBytes) }
        return value
    }

    @inline(__always)
    mutating func skipBlanks() {
        while index < bytes.count {
            let byte = bytes[index]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            index += 1
        }
    }

    func stop(_ kind: JSONProblem.Kind) -> Stop { Stop(kind: kind, offset: index) }

    /// What cannot come here: the end, or a byte.
    func unexpected() -> Stop {
        index < bytes.count ? stop(.unexpectedByte(bytes[index])) : stop(.unexpectedEnd)
    }

    mutating func value(depth: Int) throws(Stop) -> JSONValue {
        values += 1
        guard values <= limits.values else { throw stop(.tooManyValues(limit: limits.values)) }
        guard index < bytes.count else { throw stop(.unexpectedEnd) }
        switch bytes[index] {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return .object(try object(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try array(depth: depth + 1))
        case UInt8(ascii: "t"):
            try word("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try word("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try word("null")
            return .null
        case UInt8(ascii: "-"), 0x30...0x39: return .number(try number())
        default: throw unexpected()
        }
    }

    private mutating func word(_ word: StaticString) throws(Stop) {
        for offset in 0..<word.utf8CodeUnitCount {
            guard index < bytes.count, bytes[index] == word.utf8Start[offset] else { throw unexpected() }
            index += 1
        }
    }

    private mutating func number() throws(Stop) -> JSONNumber {
        let start = index
        guard let end = JSONNumberText.end(in: bytes, from: start) else { throw stop(.invalidNumber) }
        guard end - start <= 512 else { throw stop(.tooLong(limit: 512)) }
        index = end
        return JSONNumber(validated: String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self))
    }

    private mutating func array(depth: Int) throws(Stop) -> [JSONValue] {
        guard depth <= limits.depth else { throw stop(.tooDeep(limit: limits.depth)) }
        index += 1
        skipBlanks()
        var items: [JSONValue] = []
        if index < bytes.count, bytes[index] == UInt8(ascii: "]") {
            index += 1
            return items
        }
        while true {
            items.append(try value(depth: depth))
            skipBlanks()
            guard index < bytes.count else { throw stop(.unexpectedEnd) }
            if bytes[index] == UInt8(ascii: "]") { break }
            guard bytes[index] == UInt8(ascii: ",") else { throw unexpected() }
            index += 1
            skipBlanks()
        }
        index += 1
        return items
    }

    private mutating func object(depth: Int) throws(Stop) -> JSONObject {
        guard depth <= limits.depth else { throw stop(.tooDeep(limit: limits.depth)) }
        index += 1
        skipBlanks()
        var members: [JSONObject.Member] = []
        var names = JSONNames()
        if index < bytes.count, bytes[index] == UInt8(ascii: "}") {
            index += 1
            return JSONObject(members)
        }
        while true {
            guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { throw unexpected() }
            let start = index
            let name = try string()
            guard names.insert(name) else { throw Stop(kind: .duplicateKey(name), offset: start) }
            skipBlanks()
            guard index < bytes.count, bytes[index] == UInt8(ascii: ":") else { throw unexpected() }
            index += 1
            skipBlanks()
            members.append(JSONObject.Member(name, try value(depth: depth)))
            skipBlanks()
            guard index < bytes.count else { throw stop(.unexpectedEnd) }
            if bytes[index] == UInt8(ascii: "}") { break }
            guard bytes[index] == UInt8(ascii: ",") else { throw unexpected() }
            index += 1
            skipBlanks()
        }
        index += 1
        return JSONObject(members)
    }
}

/// The names of one object seen so far: a short list is searched, a long one is hashed.
struct JSONNames {
    private var few: [String] = []
    private var many: Set<[UInt8]> = []

    /// False when the same bytes came before.
    mutating func insert(_ name: String) -> Bool {
        if many.isEmpty, few.count < 16 {
            // Bytes, as PostgreSQL and SQLite see them: `é` composed and decomposed are two names. Swift's equality,
            // which is wider and faster, goes first.
            for known in few where known == name && known.utf8.elementsEqual(name.utf8) { return false }
            few.append(name)
            return true
        }
        if many.isEmpty { many = Set(few.map { Array($0.utf8) }) }
        return many.insert(Array(name.utf8)).inserted
    }
}
