/// `maillage.toml`: a flat list of `name = value`, the part of TOML 1.0 that settings need: comments, bare names, texts in
/// double or single quotes on one line, whole numbers.
///
/// Read by hand: the file is a person's, and whatever is in it must end in one clear line.
public enum SettingsText {
    /// Bytes of the longest file.
    public static let limit = 65_536

    /// Why a file is not read, in one line of English, after the name of the file.
    public struct Refusal: Error, Sendable, Equatable {
        public let reason: String
    }

    /// The values by name.
    public static func values(_ bytes: [UInt8]) throws(Refusal) -> [String: String] {
        guard bytes.count <= limit else { throw Refusal(reason: "not TOML of ours: more than \(limit / 1_024) kB") }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Refusal(reason: "not UTF-8 text") }
        var values: [String: String] = [:]
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            do throws(Fault) {
                guard let (name, value) = try entry(Array(line.utf8)) else { continue }
                guard values.updateValue(value, forKey: name) == nil else { throw Fault("\(name) is given twice") }
            } catch {
                throw Refusal(reason: "not TOML of ours: line \(index + 1): \(error.reason)")
            }
        }
        return values
    }

    private struct Fault: Error {
        let reason: String

        init(_ reason: String) {
            self.reason = reason
        }
    }

    /// The name and value of a line; nil when it is blank or a comment.
    private static func entry(_ line: [UInt8]) throws(Fault) -> (name: String, value: String)? {
        var rest = line[...].drop(while: isBlank)
        guard let first = rest.first, first != UInt8(ascii: "#") else { return nil }
        guard first != UInt8(ascii: "[") else {
            throw Fault("settings have no sections: \"\(String(decoding: line.prefix(40), as: UTF8.self))\"")
        }
        let name = String(decoding: rest.prefix(while: isOfName), as: UTF8.self)
        guard !name.isEmpty else { throw Fault("a name is expected") }
        rest = rest.dropFirst(name.utf8.count).drop(while: isBlank)
        guard rest.first == UInt8(ascii: "=") else { throw Fault("\"=\" is expected after \(name.prefix(40))") }
        rest = rest.dropFirst().drop(while: isBlank)
        let value = try value(&rest, of: name)
        rest = rest.drop(while: isBlank)
        guard rest.isEmpty || rest.first == UInt8(ascii: "#") else {
            throw Fault("\(name.prefix(40)): nothing may follow the value")
        }
        return (name, value)
    }

    private static func value(_ rest: inout ArraySlice<UInt8>, of name: String) throws(Fault) -> String {
        let name = name.prefix(40)
        guard let first = rest.first else { throw Fault("\(name) has no value") }
        if first == UInt8(ascii: "'") {
            guard let end = rest.dropFirst().firstIndex(of: first) else {
                throw Fault("\(name): the closing ' is missing")
            }
            defer { rest = rest[(end + 1)...] }
            return String(decoding: rest[(rest.startIndex + 1)..<end], as: UTF8.self)
        }
        if first == UInt8(ascii: "\"") {
            rest = rest.dropFirst()
            return try quoted(&rest, of: name)
        }
        let word = rest.prefix { !isBlank($0) && $0 != UInt8(ascii: "#") }
        rest = rest[word.endIndex...]
        guard let number = Int(String(decoding: word, as: UTF8.self)) else {
            throw Fault("\(name) must be a text in quotes or a whole number")
        }
        return String(number)
    }

    /// A text up to its closing quote, with TOML's escapes.
    private static func quoted(_ rest: inout ArraySlice<UInt8>, of name: Substring) throws(Fault) -> String {
        let escapes: [UInt8: UInt8] = [
            0x22: 0x22, 0x5C: 0x5C, 0x6E: 0x0A, 0x74: 0x09, 0x72: 0x0D, 0x62: 0x08, 0x66: 0x0C,
        ]
        var text: [UInt8] = []
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let letter = rest.popFirst() else { throw Fault("\(name): the closing \" is missing") }
                if let plain = escapes[letter] {
                    text.append(plain)
                } else {
                    text += try scalar(&rest, digits: letter == 0x75 ? 4 : letter == 0x55 ? 8 : 0, of: name)
                }
            default: text.append(byte)
            }
        }
        throw Fault("\(name): the closing \" is missing")
    }

    private static func scalar(_ rest: inout ArraySlice<UInt8>, digits: Int, of name: Substring) throws(Fault)
        -> String.UTF8View
    {
        let written = String(decoding: rest.prefix(digits), as: UTF8.self)
        // A sign, which a number in Swift may begin with, is no digit.
        guard digits > 0, written.utf8.count == digits, written.allSatisfy(\.isHexDigit),
            let number = UInt32(written, radix: 16), let scalar = Unicode.Scalar(number)
        else { throw Fault("\(name): an escape that TOML does not know") }
        rest = rest.dropFirst(digits)
        return String(Character(scalar)).utf8
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
    }
}
