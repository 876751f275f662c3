/// What the first bytes of a picture say of it.
public struct ImageHeader: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        case jpeg, png, webp
    }

    public let kind: Kind
    /// In pixels, as stored: a photo taken sideways is not turned yet. At least 1.
    public let width: Int
    public let height: Int

    public init(kind: Kind, width: Int, height: Int) {
        self.kind = kind
        self.width = width
        self.height = height
    }

    /// How many pixels a decoder will make. Sides are below 2³¹: the product holds in 64 bits.
    public var pixels: Int { width.multipliedReportingOverflow(by: height).partialValue }
}

/// Why bytes are not a picture that is taken in.
public enum ImageProblem: Error, Sendable, Equatable {
    /// Neither JPEG, PNG nor WebP, by the bytes.
    case unknownKind
    /// The bytes end before the size is known.
    case truncated
    /// A picture of its kind does not begin so.
    case malformed
    /// A side of no pixel.
    case empty
}
