/// What a multipart/form-data body says, in order.
public enum MultipartEvent: Sendable, Equatable {
    /// A whole field of text.
    case field(name: String, value: String)
    /// A file begins; its bytes follow.
    case fileBegan(MultipartFile)
    /// Bytes of the file, as many as the chunk held.
    case fileBytes([UInt8])
    case fileEnded
    /// The closing boundary has been read.
    case finished
}

/// The head of a file in a form.
public struct MultipartFile: Sendable, Equatable {
    /// The name of the form's field.
    public let field: String
    /// The last component of the name that the browser gave: a label, never a path to write to. Empty when the person
    /// chose no file.
    public let name: String
    /// The media type that the browser claims, in lower case, without parameters; `application/octet-stream` if none.
    public let mediaType: String

    public init(field: String, name: String, mediaType: String) {
        self.field = field
        self.name = name
        self.mediaType = mediaType
    }
}

/// Why a multipart body is refused.
public enum MultipartProblem: Error, Sendable, Equatable {
    /// RFC 2046, section 5.1.1: 1 to 70 characters of a short list.
    case invalidBoundary
    /// The body does not begin with the boundary.
    case noOpeningBoundary
    case malformedHeader
    /// A part without a form-data disposition and a name.
    case unnamedPart
    /// A Content-Transfer-Encoding other than 7bit, 8bit or binary.
    case unsupportedEncoding
    case invalidUTF8
    /// U+0000 in a name or a field.
    case nullCharacter
    case headersTooLong(limit: Int)
    case fieldTooLong(limit: Int)
    case tooManyParts(limit: Int)
    case tooLong(limit: Int)
    /// The body ended before its closing boundary.
    case unexpectedEnd
}

/// What a multipart body may at most hold.
public struct MultipartLimits: Sendable {
    /// Bytes of the headers of one part.
    public var headerBytes: Int
    /// Bytes of one field that is not a file.
    public var fieldBytes: Int
    public var parts: Int
    /// Bytes of the whole body.
    public var totalBytes: Int

    /// 8 KiB of headers, 1 MiB a field, 1,000 parts, 64 MiB in all.
    public init(headerBytes: Int = 8_192, fieldBytes: Int = 1 << 20, parts: Int = 1_000, totalBytes: Int = 64 << 20) {
        self.headerBytes = headerBytes
        self.fieldBytes = fieldBytes
        self.parts = parts
        self.totalBytes = totalBytes
    }
}
