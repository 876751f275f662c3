/// Texts in which a tool wrote each byte it could not print as `<e9>`, as R does.
public enum EscapedBytes {
    /// Replaces each run of `<80>` to `<ff>` by what those bytes say: UTF-8 when the run is well formed, else
    /// Windows-1252. Escapes of ASCII (`<3c>`) are left as they are: they would make markup out of text.
    ///
    /// - Returns: the text, and how many bytes were decoded.
    public static func decode(_ text: String) -> (text: String, decodedBytes: Int) {
        guard text.utf8.contains(UInt8(ascii: "<")) else { return (text, 0) }
        let input = Array(text.utf8)
        var output: [UInt8] = []
        output.reserveCapacity(input.count)
        var index = 0
        var decoded = 0
        while index < input.count {
            var run: [UInt8] = []
            while let byte = escape(in: input, at: index + run.count * 4) { run.append(byte) }
            if run.isEmpty {
                output.append(input[index])
                index += 1
            } else {
                output += TextEncoding.decode(run).utf8
                decoded += run.count
                index += run.count * 4
            }
        }
        return (String(decoding: output, as: UTF8.self), decoded)
    }

    private static func escape(in input: [UInt8], at index: Int) -> UInt8? {
        guard index + 3 < input.count, input[index] == UInt8(ascii: "<"), input[index + 3] == UInt8(ascii: ">"),
            let high = digit(input[index + 1]), let low = digit(input[index + 2]), high >= 8
        else { return nil }
        return high << 4 | low
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x61...0x66: byte - 0x61 + 10
        case 0x41...0x46: byte - 0x41 + 10
        default: nil
        }
    }
}
