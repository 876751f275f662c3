/// Tells the kind and the size of a picture from its first bytes, fed by chunks of any size, without decoding anything.
///
/// It holds a few dozen bytes at most: what metadata fill is passed over by their announced length. Sources: JPEG, ITU T.81,
/// annex B; PNG, third edition, section 11.2; WebP, RFC 9649, section 2.
public struct ImageHeaderReader: Sendable {
    private enum State: Sendable {
        case signature, jpegMarker, png, webp, done
    }

    private var state = State.signature
    private var buffer: [UInt8] = []
    /// Bytes to come that say nothing of the size.
    private var skip = 0
    private var failure: ImageProblem?

    /// The answer, once the bytes have given it.
    public private(set) var header: ImageHeader?

    public init() {}

    /// Reads the next bytes.
    ///
    /// - Throws: `ImageProblem`, again at each later call.
    public mutating func feed(_ bytes: some Collection<UInt8>) throws(ImageProblem) {
        if let failure { throw failure }
        do throws(ImageProblem) {
            for byte in bytes {
                if case .done = state { return }
                if skip > 0 {
                    skip -= 1
                    continue
                }
                buffer.append(byte)
                try step()
            }
        } catch {
            failure = error
            throw error
        }
    }

    /// The answer, when no byte follows.
    ///
    /// - Throws: `ImageProblem.truncated` when the bytes did not give it.
    public func finish() throws(ImageProblem) -> ImageHeader {
        if let failure { throw failure }
        if let header { return header }
        if case .signature = state { throw .unknownKind }
        throw .truncated
    }

    private mutating func step() throws(ImageProblem) {
        switch state {
        case .signature: try signature()
        case .jpegMarker: try jpegMarker()
        case .png: try png()
        case .webp: try webp()
        case .done: return
        }
    }

    private mutating func signature() throws(ImageProblem) {
        guard buffer.count == 12 else { return }
        if buffer.starts(with: [0xFF, 0xD8, 0xFF]) {
            state = .jpegMarker
            // What followed the first marker is read again as markers.
            let rest = buffer.dropFirst(2)
            buffer = []
            for byte in rest {
                if skip > 0 {
                    skip -= 1
                } else {
                    buffer.append(byte)
                    try jpegMarker()
                }
            }
        } else if buffer.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            state = .png
        } else if buffer.starts(with: Array("RIFF".utf8)), buffer[8...].elementsEqual(Array("WEBP".utf8)) {
            state = .webp
            buffer = []
        } else {
            throw .unknownKind
        }
    }

    /// A marker, and the length of its segment when it has one.
    private mutating func jpegMarker() throws(ImageProblem) {
        guard buffer[0] == 0xFF else { throw .malformed }
        guard buffer.count >= 2 else { return }
        switch buffer[1] {
        case 0xFF:
            // B.1.1.2: any number of fill bytes before a marker.
            buffer.removeFirst()
        case 0x01:
            buffer = []
        case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF:
            // B.2.2: length, precision, lines, samples a line, components.
            guard buffer.count == 10 else { return }
            guard number(2, 2) >= 11 else { throw .malformed }
            try found(.jpeg, width: number(7, 2), height: number(5, 2))
        case 0x00, 0x02...0xBF, 0xD0...0xDA:
            // Restart, image start, image end or scan: there is no frame before them.
            throw .malformed
        default:
            guard buffer.count == 4 else { return }
            let length = number(2, 2)
            guard length >= 2 else { throw .malformed }
            skip = length - 2
            buffer = []
        }
    }

    private mutating func png() throws(ImageProblem) {
        guard buffer.count == 24 else { return }
        guard number(8, 4) == 13, buffer[12..<16].elementsEqual(Array("IHDR".utf8)) else { throw .malformed }
        let (width, height) = (number(16, 4), number(20, 4))
        guard width <= Int32.max, height <= Int32.max else { throw .malformed }
        try found(.png, width: width, height: height)
    }

    /// The first chunk: its name and length, then what its kind says.
    private mutating func webp() throws(ImageProblem) {
        guard buffer.count >= 8 else { return }
        switch String(decoding: buffer[..<4], as: UTF8.self) {
        case "VP8 ":
            guard buffer.count == 18 else { return }
            // A key frame, then its start code (RFC 6386, section 9.1).
            guard buffer[8] & 1 == 0, buffer[11...13].elementsEqual([0x9D, 0x01, 0x2A]) else { throw .malformed }
            try found(.webp, width: lowFirst(14, 2) & 0x3FFF, height: lowFirst(16, 2) & 0x3FFF)
        case "VP8L":
            guard buffer.count == 13 else { return }
            guard buffer[8] == 0x2F else { throw .malformed }
            let bits = lowFirst(9, 4)
            try found(.webp, width: (bits & 0x3FFF) + 1, height: (bits >> 14 & 0x3FFF) + 1)
        case "VP8X":
            guard buffer.count == 18 else { return }
            try found(.webp, width: lowFirst(12, 3) + 1, height: lowFirst(15, 3) + 1)
        default:
            throw .malformed
        }
    }

    private mutating func found(_ kind: ImageHeader.Kind, width: Int, height: Int) throws(ImageProblem) {
        guard width > 0, height > 0 else { throw .empty }
        header = ImageHeader(kind: kind, width: width, height: height)
        state = .done
        buffer = []
    }

    /// A number of `count` bytes, high byte first. The caller has made sure that the bytes are there.
    private func number(_ start: Int, _ count: Int) -> Int {
        buffer[start..<start + count].reduce(0) { $0 << 8 | Int($1) }
    }

    /// The same, low byte first.
    private func lowFirst(_ start: Int, _ count: Int) -> Int {
        buffer[start..<start + count].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
