import CQREncode

/// A text as a QR code, drawn as SVG.
public struct QRCode: Sendable {
    /// How much of the drawing may be dirty or torn and still be read: about 7, 15, 25 and 30 %.
    public enum Correction: Sendable {
        case low, medium, quartile, high
    }

    /// The text is empty, or longer than a QR code can hold (2,953 bytes at the lowest correction).
    public struct TooLong: Error, Sendable {}

    /// Modules on a side, without the quiet zone.
    public let side: Int
    /// Whether each module is dark, row by row.
    public let modules: [Bool]

    /// Encodes the UTF-8 bytes of a text.
    public init(_ text: String, correction: Correction = .medium) throws(TooLong) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, bytes.count <= 2953 else { throw TooLong() }
        let level: QRecLevel =
            switch correction {
            case .low: QR_ECLEVEL_L
            case .medium: QR_ECLEVEL_M
            case .quartile: QR_ECLEVEL_Q
            case .high: QR_ECLEVEL_H
            }
        guard let code = QRcode_encodeData(Int32(bytes.count), bytes, 0, level) else { throw TooLong() }
        defer { QRcode_free(code) }
        guard let data = code.pointee.data, code.pointee.width > 0 else { throw TooLong() }
        let side = Int(code.pointee.width)
        self.side = side
        // The lowest bit of each byte is the module; the others tell how it was made.
        modules = UnsafeBufferPointer(start: data, count: side * side).map { $0 & 1 == 1 }
    }

    /// A drawing in black on white with its quiet zone of four modules, to be sized by the page.
    ///
    /// `title` says what the code leads to: it is the text alternative (`role="img"`).
    public func svg(title: String) -> [UInt8] {
        let size = side + 8
        var out: [UInt8] = []
        out.reserveCapacity(side * side * 4)
        out += Array("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 \(size) \(size)\"".utf8)
        out += Array(" shape-rendering=\"crispEdges\" aria-label=\"".utf8)
        XMLText.append(title, to: &out)
        out += Array("\"><title>".utf8)
        XMLText.append(title, to: &out)
        out += Array("</title><path fill=\"#fff\" d=\"M0 0h\(size)v\(size)H0z\"/><path d=\"".utf8)
        for row in 0..<side {
            var column = 0
            while column < side {
                guard modules[row * side + column] else {
                    column += 1
                    continue
                }
                let start = column
                while column < side, modules[row * side + column] { column += 1 }
                out += Array("M\(start + 4) \(row + 4)h\(column - start)v1h-\(column - start)z".utf8)
            }
        }
        out += Array("\"/></svg>\n".utf8)
        return out
    }
}
