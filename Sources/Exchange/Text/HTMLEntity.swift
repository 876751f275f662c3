/// HTML character references: numbers, and the names that French pages use.
enum HTMLEntity {
    /// The characters of the reference whose `&` is at `start`, and the index after it; nil when there is none.
    ///
    /// Numbers of 0x80 to 0x9F are read as Windows-1252, as browsers do. References to U+0000, surrogates and control
    /// characters are left as text.
    static func decode(_ input: UnsafeBufferPointer<UInt8>, at start: Int) -> ([UnicodeScalar], Int)? {
        var end = start + 1
        // The longest name here has 8 letters, the longest useful number 8 signs.
        while end < input.count, end - start <= 12, input[end] != UInt8(ascii: ";") { end += 1 }
        guard end < input.count, input[end] == UInt8(ascii: ";"), end > start + 1 else { return nil }
        let name = String(decoding: input[(start + 1)..<end], as: UTF8.self)
        if name.utf8.first == UInt8(ascii: "#") {
            guard let scalar = numeric(name.dropFirst()) else { return nil }
            return ([scalar], end + 1)
        }
        guard let code = named[name], let scalar = UnicodeScalar(code) else { return nil }
        return ([scalar], end + 1)
    }

    private static func numeric(_ digits: Substring) -> UnicodeScalar? {
        let isHexadecimal = digits.utf8.first.map { $0 | 0x20 == UInt8(ascii: "x") } ?? false
        let text = isHexadecimal ? digits.dropFirst() : digits
        guard text.utf8.first != UInt8(ascii: "+"), let code = UInt32(text, radix: isHexadecimal ? 16 : 10) else {
            return nil
        }
        if (0x80...0x9F).contains(code) { return Windows1252.scalar(UInt8(truncatingIfNeeded: code)) }
        guard code >= 0x20 || code == 0x0A || code == 0x0D || code == 0x09 else { return nil }
        return UnicodeScalar(code)
    }

    /// ISO 8859-1 from U+00A0 on, in order, then the others.
    private static let latin = """
        nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute \
        micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring \
        AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml \
        times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil \
        egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash \
        ugrave uacute ucirc uuml yacute thorn yuml
        """

    private static let named: [String: UInt32] = {
        var table: [String: UInt32] = [
            "amp": 0x26, "lt": 0x3C, "gt": 0x3E, "quot": 0x22, "apos": 0x27, "OElig": 0x152, "oelig": 0x153,
            "Scaron": 0x160, "scaron": 0x161, "Yuml": 0x178, "ensp": 0x2002, "emsp": 0x2003, "thinsp": 0x2009,
            "zwnj": 0x200C, "zwj": 0x200D, "ndash": 0x2013, "mdash": 0x2014, "lsquo": 0x2018, "rsquo": 0x2019,
            "sbquo": 0x201A, "ldquo": 0x201C, "rdquo": 0x201D, "bdquo": 0x201E, "dagger": 0x2020, "bull": 0x2022,
            "hellip": 0x2026, "permil": 0x2030, "lsaquo": 0x2039, "rsaquo": 0x203A, "euro": 0x20AC, "trade": 0x2122,
            "larr": 0x2190, "uarr": 0x2191, "rarr": 0x2192, "darr": 0x2193, "le": 0x2264, "ge": 0x2265, "ne": 0x2260,
        ]
        for (offset, name) in latin.split(separator: " ").enumerated() {
            table[String(name)] = 0xA0 + UInt32(offset)
        }
        return table
    }()
}
