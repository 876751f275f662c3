/// Swift text without its comments and without what its string literals say; what they interpolate stays.
struct SwiftCode {
    private let bytes: [UInt8]
    private var place = 0
    private var kept: [UInt8] = []

    static func of(_ text: String) -> String {
        var code = SwiftCode(bytes: Array(text.utf8))
        code.readCode(until: nil)
        return String(decoding: code.kept, as: UTF8.self)
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private func stands(_ word: StaticString) -> Bool {
        word.withUTF8Buffer { bytes[place...].starts(with: $0) }
    }

    /// Reads until the closing parenthesis of an interpolation, or to the end.
    private mutating func readCode(until end: UInt8?) {
        var depth = 0
        while place < bytes.count {
            let byte = bytes[place]
            if stands("//") {
                while place < bytes.count, bytes[place] != UInt8(ascii: "\n") { place += 1 }
            } else if stands("/*") {
                while place < bytes.count, !stands("*/") { place += 1 }
                place = min(place + 2, bytes.count)
            } else if byte == UInt8(ascii: "\"") || stands("#\"") || stands("##\"") {
                readString()
            } else {
                if byte == UInt8(ascii: "(") { depth += 1 }
                if byte == UInt8(ascii: ")") {
                    if depth == 0, end != nil { return }
                    depth -= 1
                }
                kept.append(byte)
                place += 1
            }
        }
    }

    private mutating func readString() {
        var hashes = 0
        while stands("#") {
            hashes += 1
            place += 1
        }
        let isLong = stands("\"\"\"")
        place += isLong ? 3 : 1
        let fence = [UInt8](repeating: UInt8(ascii: "#"), count: hashes)
        let closing = [UInt8](repeating: UInt8(ascii: "\""), count: isLong ? 3 : 1) + fence
        let escape = [UInt8(ascii: "\\")] + fence
        kept.append(UInt8(ascii: "\""))
        while place < bytes.count, !bytes[place...].starts(with: closing) {
            guard bytes[place...].starts(with: escape) else {
                place += 1
                continue
            }
            place += escape.count
            guard place < bytes.count, bytes[place] == UInt8(ascii: "(") else {
                place += 1
                continue
            }
            place += 1
            kept.append(UInt8(ascii: " "))
            readCode(until: UInt8(ascii: ")"))
            kept.append(UInt8(ascii: " "))
            place += 1
        }
        place = min(place + closing.count, bytes.count)
        kept.append(UInt8(ascii: "\""))
    }
}

extension SourceFile {
    var code: String { SwiftCode.of(text) }

    /// The names written with a capital that stand by themselves, not after a dot.
    static func typeNames(in code: String) -> Set<String> {
        var names: Set<String> = []
        var word: [UInt8] = []
        var before: UInt8 = 0
        var previous: UInt8 = 0
        for byte in Array(code.utf8) + [UInt8(ascii: "\n")] {
            let isWord =
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_") || byte >= 128
            if isWord {
                if word.isEmpty { before = previous }
                word.append(byte)
            } else {
                let isType = word.first.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) } ?? false
                if isType, before != UInt8(ascii: ".") { names.insert(String(decoding: word, as: UTF8.self)) }
                word = []
            }
            previous = byte
        }
        return names
    }

    /// What a file declares for others, at its top level; what is private to it is nobody else's.
    static func declaredTypes(in code: String) -> Set<String> {
        types(in: code) { !$0.hasPrefix(" ") && !$0.hasPrefix("private ") && !$0.hasPrefix("fileprivate ") }
    }

    /// Every type a file declares, nested ones and private ones included.
    static func allTypes(in code: String) -> Set<String> {
        types(in: code) { _ in true }
    }

    private static func types(in code: String, where isWanted: (Substring) -> Bool) -> Set<String> {
        let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "actor", "typealias"]
        let modifiers: Set<Substring> = [
            "public", "package", "internal", "private", "fileprivate", "final", "indirect", "open", "nonisolated",
            "case",
        ]
        var names: Set<String> = []
        for line in code.split(separator: "\n") where isWanted(line) {
            let words = line.split(separator: " ")
            guard let kind = words.firstIndex(where: { kinds.contains($0) }), kind + 1 < words.count else { continue }
            guard words[..<kind].allSatisfy({ modifiers.contains($0) || $0.hasPrefix("@") }) else { continue }
            names.insert(String(words[kind + 1].prefix { $0.isLetter || $0.isNumber || $0 == "_" }))
        }
        return names
    }
}
