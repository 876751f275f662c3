/// Domain names in the form machines use: lower case ASCII, accented letters as punycode (RFC 3492).
enum DomainName {
    /// The ASCII form, or nil when it is not a public domain name. Only Latin letters are accepted beside ASCII:
    /// letters of
    /// other alphabets are how addresses are counterfeited.
    static func ascii(_ text: String) -> String? {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2 else { return nil }
        var result: [String] = []
        for label in labels {
            guard let ascii = ascii(label: Array(label.unicodeScalars)) else { return nil }
            result.append(ascii)
        }
        // A last label of digits would be an IP address.
        guard let top = result.last, !top.utf8.allSatisfy({ (48...57).contains($0) }), top.utf8.count >= 2 else {
            return nil
        }
        let name = result.joined(separator: ".")
        return name.utf8.count <= 253 ? name : nil
    }

    private static func ascii(label: [Unicode.Scalar]) -> String? {
        guard !label.isEmpty, label.count <= 63, label.first != "-", label.last != "-" else { return nil }
        var isPlain = true
        for scalar in label {
            switch scalar.value {
            case 0x61...0x7A, 0x30...0x39, 0x2D: break
            case 0xDF...0xF6, 0xF8...0x17F: isPlain = false
            default: return nil
            }
        }
        if isPlain { return String(String.UnicodeScalarView(label)) }
        guard let encoded = punycode(label) else { return nil }
        let whole = "xn--" + encoded
        return whole.utf8.count <= 63 ? whole : nil
    }

    /// RFC 3492, section 6.3. Labels are at most 63 scalars below U+0180, so nothing overflows.
    static func punycode(_ label: [Unicode.Scalar]) -> String? {
        var output = label.filter { $0.value < 0x80 }.map { UInt8($0.value) }
        let basic = output.count
        if basic > 0 { output.append(45) }
        var code: UInt32 = 128
        var delta = 0
        var bias = 72
        var handled = basic
        while handled < label.count {
            guard let next = label.lazy.map(\.value).filter({ $0 >= code }).min() else { return nil }
            delta += Int(next - code) * (handled + 1)
            code = next
            for scalar in label {
                if scalar.value < code { delta += 1 }
                guard scalar.value == code else { continue }
                output += digits(of: delta, bias: bias)
                bias = adapted(delta, points: handled + 1, isFirst: handled == basic)
                delta = 0
                handled += 1
            }
            delta += 1
            code += 1
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func digits(of delta: Int, bias: Int) -> [UInt8] {
        var output: [UInt8] = []
        var rest = delta
        var place = 36
        while true {
            let threshold = place <= bias ? 1 : place >= bias + 26 ? 26 : place - bias
            guard rest >= threshold else { break }
            output.append(digit(threshold + (rest - threshold) % (36 - threshold)))
            rest = (rest - threshold) / (36 - threshold)
            place += 36
        }
        output.append(digit(rest))
        return output
    }

    private static func digit(_ value: Int) -> UInt8 {
        UInt8(value < 26 ? value + 97 : value + 22)
    }

    private static func adapted(_ delta: Int, points: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / points
        var places = 0
        while delta > 455 {
            delta /= 35
            places += 36
        }
        return places + 36 * delta / (delta + 38)
    }
}
