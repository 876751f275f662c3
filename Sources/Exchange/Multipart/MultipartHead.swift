extension MultipartReader {
    /// The boundary of a multipart/form-data content type; nil when it is another type or has no valid boundary.
    public static func boundary(inContentType contentType: String) -> String? {
        let header = HeaderValue(Array(contentType.utf8.prefix(1_024)))
        guard header.value == "multipart/form-data", let boundary = header["boundary"],
            MultipartHead.isBoundary(boundary)
        else { return nil }
        return boundary
    }
}

/// The headers of one part.
struct MultipartHead {
    let name: String
    /// Nil for a plain field.
    let file: MultipartFile?

    /// RFC 2046, section 5.1.1; without the blank, which nobody sends.
    static func isBoundary(_ boundary: String) -> Bool {
        (1...70).contains(boundary.utf8.count)
            && boundary.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: "'()+_,-./:=?".utf8.contains(byte)
                }
            }
    }

    init(_ bytes: ArraySlice<UInt8>) throws(MultipartProblem) {
        guard !bytes.contains(0) else { throw .nullCharacter }
        var disposition: HeaderValue?
        var mediaType = ""
        for line in bytes.split(separator: 0x0A) {
            let line = line.last == 0x0D ? line.dropLast() : line
            guard !line.contains(0x0D), let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
                throw .malformedHeader
            }
            guard String(validating: line, as: UTF8.self) != nil else { throw .invalidUTF8 }
            let value = HeaderValue(Array(line[(colon + 1)...]))
            switch String(decoding: line[..<colon], as: UTF8.self).lowercased() {
            case "content-disposition":
                guard disposition == nil else { throw .malformedHeader }
                disposition = value
            case "content-type": mediaType = value.value
            case "content-transfer-encoding":
                guard ["7bit", "8bit", "binary"].contains(value.value) else { throw .unsupportedEncoding }
            default: break
            }
        }
        guard let disposition, disposition.value == "form-data", let name = disposition["name"], !name.isEmpty else {
            throw .unnamedPart
        }
        self.name = Self.unescaped(name)
        guard let filename = disposition["filename"] else {
            file = nil
            return
        }
        file = MultipartFile(
            field: self.name, name: Self.lastComponent(Self.unescaped(filename)),
            mediaType: mediaType.isEmpty ? "application/octet-stream" : mediaType)
    }

    /// Browsers write `"`, CR and LF in names as `%22`, `%0D`, `%0A` (WHATWG, multipart/form-data encoding); line ends
    /// have no business in a name and become blanks.
    private static func unescaped(_ text: String) -> String {
        var output: [UInt8] = []
        let input = Array(text.utf8)
        var index = 0
        while index < input.count {
            let rest = input[index...].prefix(3)
            if rest.elementsEqual([0x25, 0x32, 0x32]) {
                output.append(0x22)
                index += 3
            } else if rest.starts(with: [0x25, 0x30]), let last = rest.dropFirst(2).first,
                [0x44, 0x64, 0x41, 0x61].contains(last)
            {
                output.append(0x20)
                index += 3
            } else {
                output.append(input[index])
                index += 1
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func lastComponent(_ path: String) -> String {
        let tail = path.utf8.split(omittingEmptySubsequences: false) { $0 == 0x2F || $0 == 0x5C }.last
        let name = tail.map { String(decoding: $0, as: UTF8.self) } ?? ""
        return name == "." || name == ".." ? "" : name
    }
}

/// A header's value with its parameters: `form-data; name="a"; filename="b"`.
struct HeaderValue {
    /// The value before the first `;`, in lower case.
    private(set) var value = ""
    private var parameters: [(name: String, value: String)] = []

    subscript(name: String) -> String? { parameters.first { $0.name == name }?.value }

    init(_ bytes: [UInt8]) {
        for (index, piece) in Self.pieces(bytes).enumerated() {
            if index == 0 {
                value = String(decoding: Self.trimmed(piece), as: UTF8.self).lowercased()
            } else if let equals = piece.firstIndex(of: UInt8(ascii: "=")) {
                let name = String(decoding: Self.trimmed(piece[..<equals]), as: UTF8.self).lowercased()
                parameters.append((name, Self.unquoted(Self.trimmed(piece[(equals + 1)...]))))
            }
        }
    }

    /// Splits at each `;` outside quotes.
    private static func pieces(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var pieces: [ArraySlice<UInt8>] = []
        var start = 0
        var quoted = false
        var escaped = false
        for (index, byte) in bytes.enumerated() {
            if escaped {
                escaped = false
            } else if quoted, byte == 0x5C, index + 1 < bytes.count, bytes[index + 1] == 0x22 {
                escaped = true
            } else if byte == 0x22 {
                quoted.toggle()
            } else if byte == UInt8(ascii: ";"), !quoted {
                pieces.append(bytes[start..<index])
                start = index + 1
            }
        }
        pieces.append(bytes[start...])
        return pieces
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes
        while let first = bytes.first, first == 0x20 || first == 0x09 { bytes.removeFirst() }
        while let last = bytes.last, last == 0x20 || last == 0x09 { bytes.removeLast() }
        return bytes
    }

    /// Without its quotes; `\"` is a quote, other backslashes stay: old browsers send Windows paths.
    private static func unquoted(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.count >= 2, bytes.first == 0x22, bytes.last == 0x22 else {
            return String(decoding: bytes, as: UTF8.self)
        }
        var output: [UInt8] = []
        for byte in bytes.dropFirst().dropLast() {
            if byte == 0x22, output.last == 0x5C { output.removeLast() }
            output.append(byte)
        }
        return String(decoding: output, as: UTF8.self)
    }
}
