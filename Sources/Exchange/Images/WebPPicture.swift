/// A WebP file reduced to its picture (RFC 9649, section 2.7).
public enum WebPPicture {
    /// The same picture without what is written beside it: colour profile, EXIF, XMP, and whatever a writer added.
    ///
    /// - Throws: `ImageProblem` when the bytes are not one still WebP picture, whole.
    public static func bare(_ bytes: [UInt8]) throws(ImageProblem) -> [UInt8] {
        guard bytes.count >= 12, bytes.starts(with: Array("RIFF".utf8)), bytes[8..<12].elementsEqual(Array("WEBP".utf8))
        else { throw .unknownKind }
        var kept: [UInt8] = []
        kept.reserveCapacity(bytes.count)
        var pictures = 0
        var start = 12
        while start < bytes.count {
            guard bytes.count - start >= 8 else { throw .truncated }
            let length = bytes[start + 4..<start + 8].reversed().reduce(0) { $0 << 8 | Int($1) }
            // Chunks are padded to an even length.
            let end = start + 8 + length + length % 2
            guard end <= bytes.count else { throw .truncated }
            switch String(decoding: bytes[start..<start + 4], as: UTF8.self) {
            case "VP8X":
                guard length == 10, start == 12 else { throw .malformed }
                // Of its flags, transparency alone still holds.
                guard bytes[start + 8] & animated == 0 else { throw .malformed }
                kept += bytes[start..<end]
                kept[8] &= transparent
            case "VP8 ", "VP8L":
                pictures += 1
                kept += bytes[start..<end]
            case "ALPH": kept += bytes[start..<end]
            case "ANIM", "ANMF": throw .malformed
            default: break
            }
            start = end
        }
        guard pictures == 1 else { throw .malformed }
        let size = UInt32(truncatingIfNeeded: kept.count + 4)
        let written = (0..<4).map { UInt8(truncatingIfNeeded: size >> ($0 * 8)) }
        return Array("RIFF".utf8) + written + Array("WEBP".utf8) + kept
    }

    private static let animated: UInt8 = 0x02
    private static let transparent: UInt8 = 0x10
}
