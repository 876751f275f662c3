/// Reads the elements of one array of a JSON file, one at a time, fed by chunks of any size: the file is never whole
/// in memory, only the current element is.
///
/// The array is the file itself, or a member of the object that the file is (`features`, `items`). Each element is
/// parsed strictly, so are the other members, which `finish` returns.
public struct JSONElementReader: Sendable {
    /// Where the array is.
    public enum Source: Sendable, Equatable {
        case array
        /// The member of this name of the object at the top.
        case member(String)
    }

    /// One element of the array.
    public struct Element: Sendable {
        public let value: JSONValue
        /// Its place in the array, from 0.
        public let index: Int
        /// The line, from 1, and the byte in that line, from 1, of its first byte.
        public let line: Int
        public let column: Int
        /// The bytes as they stand in the file; `JSONLocator` finds a member's line in them.
        public let bytes: [UInt8]
    }

    enum State: Sendable {
        /// Between values.
        case start, elementOrEnd, elementOnly, afterElement, keyOrEnd, keyOnly, colon, member, afterMember, done
        /// Inside one.
        case element, key, memberValue
    }

    let source: Source
    let limits: JSONLimits
    let byteOrderMark: ByteOrderMarkPolicy
    var state = State.start
    var capture = JSONCapture()
    var line = 1
    var lineStart = 0
    /// The bytes of all earlier chunks.
    var passed = 0
    var marks = 0
    var count = 0
    /// Whether the announced array has begun.
    public internal(set) var sawArray = false
    var key = ""
    var names = JSONNames()
    var envelope = JSONObject()
    var envelopeBytes = 0
    var failure: JSONProblem?

    public init(
        _ source: Source, limits: JSONLimits = JSONLimits(), byteOrderMark: ByteOrderMarkPolicy = .skip
    ) {
        self.source = source
        self.limits = limits
        self.byteOrderMark = byteOrderMark
    }

    /// Reads the next bytes and hands over each element that they complete.
    ///
    /// - Throws: `JSONProblem`, again at each later call; or what `each` throws.
    public mutating func feed(_ chunk: UnsafeRawBufferPointer, _ each: (Element) throws -> Void) throws {
        if let failure { throw failure }
        try consume(chunk.bindMemory(to: UInt8.self), each)
        passed += chunk.count
    }

    /// The same, for an array.
    public mutating func feed(_ chunk: [UInt8], _ each: (Element) throws -> Void) throws {
        try chunk.withUnsafeBytes { try feed($0, each) }
    }

    /// Says that no byte follows.
    ///
    /// - Parameter requiresArray: whether a file that never held the array is an error.
    /// - Returns: the members beside the array, in file order; none when the file is an array.
    public mutating func finish(requiresArray: Bool = true) throws -> JSONObject {
        if let failure { throw failure }
        guard state == .done else { throw fail(.unexpectedEnd, at: passed) }
        if requiresArray, !sawArray {
            throw JSONProblem(kind: .notTheAnnouncedArray(sourceName), line: 1, column: 1)
        }
        return envelope
    }

    var sourceName: String { if case .member(let name) = source { "“\(name)”" } else { "the file" } }

    mutating func fail(_ kind: JSONProblem.Kind, at offset: Int) -> JSONProblem {
        let problem = JSONProblem(kind: kind, line: line, column: offset - lineStart + 1)
        failure = problem
        return problem
    }
}
