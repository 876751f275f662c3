/// What a sentence about a limit is made of: folded words, numbers, and the few marks that hold dates together.
struct DeadlineToken: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        /// Lower case ASCII letters, without accents.
        case word(String)
        /// Its value, and how many digits it was written with.
        case number(Int, digits: Int)
        case mark(UInt8)
    }

    let kind: Kind
    /// As it was typed.
    let text: String
    /// Nothing stands between it and the one before.
    let isGlued: Bool

    var word: String? { if case .word(let word) = kind { word } else { nil } }
    var number: Int? { if case .number(let value, _) = kind { value } else { nil } }
    var digits: Int { if case .number(_, let digits) = kind { digits } else { 0 } }

    func isMark(_ mark: Unicode.Scalar) -> Bool { kind == .mark(UInt8(truncatingIfNeeded: mark.value)) }
}

extension DeadlineToken {
    /// Longest sentence read, in bytes, and longest number, in digits.
    static let longest = 400
    static let longestNumber = 6

    /// Cuts a sentence. Throws when it is too long, or holds a number that no date has.
    static func cut(_ text: String) throws(DeadlineRefusal) -> [DeadlineToken] {
        guard text.utf8.count <= longest else {
            throw DeadlineRefusal("Cette phrase est trop longue\u{202F}: gardez seulement la date et l’heure limites.")
        }
        var tokens: [DeadlineToken] = []
        var raw = String.UnicodeScalarView()
        var folded: [UInt8] = []
        var isNumber = false
        var isGlued = false

        func close() throws(DeadlineRefusal) {
            guard !folded.isEmpty else { return }
            let typed = String(raw)
            if isNumber {
                guard folded.count <= longestNumber, let value = Int(String(decoding: folded, as: UTF8.self)) else {
                    throw DeadlineRefusal(
                        "«\u{202F}\(typed.prefix(40))\u{202F}» n’est ni un jour, ni une année, ni une heure.")
                }
                tokens.append(
                    DeadlineToken(kind: .number(value, digits: folded.count), text: typed, isGlued: isGlued))
            } else {
                let word = String(decoding: folded, as: UTF8.self)
                tokens.append(DeadlineToken(kind: .word(word), text: typed, isGlued: isGlued))
            }
            raw = String.UnicodeScalarView()
            folded = []
            isGlued = true
        }

        for scalar in text.unicodeScalars {
            let value = scalar.value
            switch value {
            case 0x300...0x36F, 0xAD, 0x200B...0x200D: continue
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A:
                let isDigit = value <= 0x39
                if isDigit != isNumber { try close() }
                isNumber = isDigit
                folded.append(UInt8(value) + (0x41...0x5A ~= value ? 32 : 0))
                raw.append(scalar)
            case 0x3A, 0x2F, 0x2D, 0x2E, 0x2C, 0x28, 0x29, 0x3D:
                try close()
                tokens.append(
                    DeadlineToken(kind: .mark(UInt8(value)), text: String(scalar), isGlued: isGlued))
                isGlued = true
            default:
                if let letters = Words.latin(value) {
                    if isNumber { try close() }
                    isNumber = false
                    folded += letters
                    raw.append(scalar)
                } else {
                    try close()
                    // Digits of other scripts, halves and circled numbers are numbers too.
                    guard scalar.properties.numericType == nil else {
                        throw DeadlineRefusal(
                            "«\u{202F}\(scalar)\u{202F}» n’est pas un chiffre que nous lisons\u{202F}: écrivez 0 à 9.")
                    }
                    // An apostrophe parts two words that still stand together.
                    isGlued = value == 0x27 || value == 0x2019
                }
            }
        }
        try close()
        return tokens
    }
}

/// Why a sentence cannot be read as a limit, in plain French: what was met, and what to write instead.
public struct DeadlineRefusal: Error, Sendable, Equatable {
    public let reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}
