import Exchange

/// The names and values of a query or of a form, decoded strictly, in the order they came.
///
/// Reading is by name, so a field nobody asks for changes nothing.
public struct Fields: Sendable, Equatable {
    public struct Field: Sendable, Equatable {
        public let name: String
        public let value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    public private(set) var all: [Field]

    public init(_ all: [Field] = []) {
        self.all = all
    }

    /// The most pairs a query or a form may hold.
    static let cap = 1_000

    /// Reads `application/x-www-form-urlencoded` (WHATWG URL, § 5). Throws `Malformed` on a broken escape, bytes that are not
    /// UTF-8, U+0000 or more than `cap` pairs: a browser sends none of these.
    public init(urlencoded bytes: some Collection<UInt8>) throws(Malformed) {
        do {
            let form = try URLEncodedForm(parsing: bytes, maxFields: Self.cap)
            all = form.fields.map {
                Field(name: PercentDecoding.composed($0.name), value: PercentDecoding.composed($0.value))
            }
        } catch {
            throw Malformed()
        }
    }

    /// The first value under the name, as it came.
    public subscript(name: String) -> String? {
        all.first { $0.name == name }?.value
    }

    /// Every value under the name, in order: boxes ticked, choices of a list.
    public func values(_ name: String) -> [String] {
        all.compactMap { $0.name == name ? $0.value : nil }
    }

    /// The first value without the white space around it; nil when absent or empty.
    public func text(_ name: String) -> String? {
        guard let value = self[name] else { return nil }
        let bytes = value.unicodeScalars
        guard let first = bytes.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = bytes.lastIndex(where: { !$0.properties.isWhitespace })
        else { return nil }
        return String(bytes[first...last])
    }

    /// The first value as a whole number; nil when absent or not one.
    public func int(_ name: String) -> Int? {
        text(name).flatMap { Int($0) }
    }

    /// The first value as a finite decimal number; nil when absent or not one. A French comma is read as a point.
    public func double(_ name: String) -> Double? {
        guard let text = text(name), text.utf8.count <= 40 else { return nil }
        let number = Double(String(text.map { $0 == "," ? "." : $0 }))
        return number.flatMap { $0.isFinite ? $0 : nil }
    }

    /// Whether the name is there at all: a box ticked, a button pressed.
    public func has(_ name: String) -> Bool {
        all.contains { $0.name == name }
    }

    public var isEmpty: Bool { all.isEmpty }

    /// The same fields without those of a name.
    public func without(_ name: String) -> Fields {
        Fields(all.filter { $0.name != name })
    }
}

/// What was sent cannot be read: an escape, an encoding or a size that no honest client sends. Answered by 400.
public struct Malformed: Error, Sendable, Equatable {
    public init() {}
}
