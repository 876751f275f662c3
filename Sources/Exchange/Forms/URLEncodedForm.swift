/// Why a form or a query string is refused.
public enum FormProblem: Error, Sendable, Equatable {
    case tooLong(limit: Int)
    case tooManyFields(limit: Int)
    /// A `%` that two hexadecimal digits do not follow; the offset is in bytes.
    case invalidPercent(offset: Int)
    /// The decoded bytes of a name or value are not UTF-8.
    case invalidUTF8(offset: Int)
    /// U+0000, which no database text can hold.
    case nullCharacter(offset: Int)
}

/// A form as browsers send it (application/x-www-form-urlencoded), or the query of a URL: pairs of text, in order.
public struct URLEncodedForm: Sendable, Equatable {
    /// One field.
    public struct Field: Sendable, Equatable {
        public let name: String
        public let value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    public var fields: [Field]

    public init(_ fields: [Field] = []) { self.fields = fields }

    /// Reads a body or a query, without its `?`: `+` is a space, a field without `=` has an empty value, empty fields
    /// (`a=1&&b=2`) are passed.
    ///
    /// - Throws: `FormProblem`.
    public init(parsing bytes: some Collection<UInt8>, maxBytes: Int = 2 << 20, maxFields: Int = 2_000)
        throws(FormProblem)
    {
        guard bytes.count <= maxBytes else { throw .tooLong(limit: maxBytes) }
        fields = []
        var cursor = FormCursor(bytes: Array(bytes))
        while let (name, value) = try cursor.next() {
            guard fields.count < maxFields else { throw .tooManyFields(limit: maxFields) }
            fields.append(Field(name, value))
        }
    }

    /// The value of the first field of this name.
    public subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    /// The values of all the fields of this name, in order.
    public func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    /// The fields as text for a URL or a body; it reads back as the same fields.
    public var encoded: String {
        var bytes: [UInt8] = []
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: "&")) }
            Self.encode(field.name, to: &bytes)
            bytes.append(UInt8(ascii: "="))
            Self.encode(field.value, to: &bytes)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The bytes that the WHATWG URL standard leaves bare; a space becomes `+`.
    private static func encode(_ text: String, to bytes: inout [UInt8]) {
        let digits: StaticString = "0123456789ABCDEF"
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2A, 0x2D, 0x2E, 0x5F: bytes.append(byte)
            case 0x20: bytes.append(UInt8(ascii: "+"))
            default:
                bytes.append(UInt8(ascii: "%"))
                bytes.append(digits.utf8Start[Int(byte >> 4)])
                bytes.append(digits.utf8Start[Int(byte & 15)])
            }
        }
    }
}

/// A walk over the fields of an encoded form.
private struct FormCursor {
    let bytes: [UInt8]
    var index = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func next() throws(FormProblem) -> (String, String)? {
        while index < bytes.count, bytes[index] == UInt8(ascii: "&") { index += 1 }
        guard index < bytes.count else { return nil }
        let name = try text(stopAtEquals: true)
        guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else { return (name, "") }
        index += 1
        return (name, try text(stopAtEquals: false))
    }

    private mutating func text(stopAtEquals: Bool) throws(FormProblem) -> String {
        let start = index
        var decoded: [UInt8] = []
        scan: while index < bytes.count {
            var byte = bytes[index]
            switch byte {
            case UInt8(ascii: "&"): break scan
            case UInt8(ascii: "=") where stopAtEquals: break scan
            case UInt8(ascii: "+"): byte = 0x20
            case UInt8(ascii: "%"):
                guard index + 2 < bytes.count, let high = digit(bytes[index + 1]), let low = digit(bytes[index + 2])
                else { throw .invalidPercent(offset: index) }
                byte = high << 4 | low
                index += 2
            default: break
            }
            guard byte != 0 else { throw .nullCharacter(offset: index) }
            decoded.append(byte)
            index += 1
        }
        guard let text = String(validating: decoded, as: UTF8.self) else { throw .invalidUTF8(offset: start) }
        return text
    }

    private func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}
