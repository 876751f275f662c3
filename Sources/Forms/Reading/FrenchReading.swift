import Exchange

/// Reads numbers, amounts and dates as people type them in French. What could be meant in two ways is nil.
public enum FrenchReading {
    /// `12 500,50`, `1 250` (spaces of any width), `12.5`, `1.250.000,5`, `-3`.
    ///
    /// A single point or comma before exactly three digits is nil when `isAmbiguous` is true: `1.250` may be either.
    public static func number(_ text: String, refusesThreeDecimals isAmbiguous: Bool = true) -> ExactNumber? {
        guard text.utf8.count <= 64, var bytes = plain(text) else { return nil }
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative {
            bytes.removeFirst()
            while bytes.first == 0x20 { bytes.removeFirst() }
        }
        let points = bytes.count { $0 == UInt8(ascii: ".") }
        let commas = bytes.count { $0 == UInt8(ascii: ",") }
        var decimal: UInt8?
        var group: UInt8?
        switch (points, commas) {
        case (0, 0): break
        case (1, 0): decimal = UInt8(ascii: ".")
        case (0, 1): decimal = UInt8(ascii: ",")
        case (1..., 1):
            group = UInt8(ascii: ".")
            decimal = UInt8(ascii: ",")
        case (1, 2...):
            group = UInt8(ascii: ",")
            decimal = UInt8(ascii: ".")
        case (2..., 0): group = UInt8(ascii: ".")
        case (0, 2...): group = UInt8(ascii: ",")
        default: return nil
        }
        let parts =
            decimal.map { mark in bytes.split(separator: mark, omittingEmptySubsequences: false) } ?? [bytes[...]]
        guard let whole = parts.first, let digits = grouped(whole, by: group ?? 0x20) else { return nil }
        var written = (isNegative ? "-" : "") + digits
        if parts.count == 2 {
            let decimals = parts[1]
            guard !decimals.isEmpty, decimals.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return nil }
            let hadGroups = group != nil || whole.contains(0x20)
            if isAmbiguous, decimals.count == 3, !hadGroups { return nil }
            written += "." + String(decoding: decimals, as: UTF8.self)
        }
        return ExactNumber(written)
    }

    /// An amount in cents: `12 500,50 €`, `75 k€`, `1 250 euros`; at most two decimals.
    public static func cents(_ text: String) -> Int? {
        var rest = text.lowercased()[...]
        while let last = rest.last, isBlank(last) { rest = rest.dropLast() }
        var factor = 1
        for (suffix, times) in [("k€", 1_000), ("m€", 1_000_000), ("€", 1), ("euros", 1), ("euro", 1), ("eur", 1)]
        where rest.hasSuffix(suffix) {
            rest = rest.dropLast(suffix.count)
            factor = times
            break
        }
        guard let number = number(String(rest), refusesThreeDecimals: factor == 1), let times = ExactNumber(factor),
            let amount = number.multiplied(by: times), amount.decimals <= 2
        else { return nil }
        return amount.cents
    }

    /// `16/10/2020`, `16-10-2020`, `16.10.20`, `2020-10-16`, `16 octobre 2020`, `1er mars 2021`. A year of two digits is of
    /// this century.
    public static func date(_ text: String) -> CivilDate? {
        guard text.utf8.count <= 64 else { return nil }
        let trimmed = String(text.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
        if let date = CivilDate(iso: trimmed) { return date }
        let parts = trimmed.lowercased().split { isBlank($0) || "/-.".contains($0) }
        guard parts.count == 3 else { return nil }
        let day = parts[0] == "1er" ? 1 : whole(parts[0], digits: 1...2)
        let month = whole(parts[1], digits: 1...2) ?? self.month(parts[1])
        let year = whole(parts[2], digits: 4...4) ?? whole(parts[2], digits: 2...2).map { 2_000 + $0 }
        guard let day, let month, let year else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }

    /// `oui`, `non`, and what browsers send for a box.
    public static func flag(_ text: String) -> Bool? {
        switch text.lowercased().filter({ !isBlank($0) }) {
        case "oui", "on", "true", "1": true
        case "non", "off", "false", "0": false
        default: nil
        }
    }

    /// A space of any width, a tab or a line break.
    static func isBlank(_ character: Character) -> Bool { character.isWhitespace || character == "\u{200B}" }

    /// The text in ASCII: spaces of every width as one, signs as `-`; nil when it holds anything but digits and signs.
    private static func plain(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        for character in text {
            if isBlank(character) {
                if !bytes.isEmpty, bytes.last != 0x20 { bytes.append(0x20) }
            } else if character == "-" || character == "−" {
                guard bytes.isEmpty else { return nil }
                bytes.append(UInt8(ascii: "-"))
            } else if let byte = character.asciiValue, (byte >= 48 && byte <= 57) || byte == 46 || byte == 44 {
                bytes.append(byte)
            } else {
                return nil
            }
        }
        if bytes.last == 0x20 { bytes.removeLast() }
        return bytes.isEmpty ? nil : bytes
    }

    /// The digits of a whole number whose groups, if it has any, hold three each.
    private static func grouped(_ bytes: ArraySlice<UInt8>, by mark: UInt8) -> String? {
        let groups = bytes.split(separator: mark, omittingEmptySubsequences: false)
        for (index, group) in groups.enumerated() {
            guard !group.isEmpty, group.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return nil }
            if groups.count > 1, index == 0 ? group.count > 3 : group.count != 3 { return nil }
        }
        return String(decoding: groups.joined(), as: UTF8.self)
    }

    private static func whole(_ text: Substring, digits: ClosedRange<Int>) -> Int? {
        guard digits.contains(text.utf8.count), text.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return nil }
        return Int(text)
    }

    private static func month(_ name: Substring) -> Int? {
        let names = [
            "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
            "décembre",
        ]
        let plain = ["fevrier": 2, "aout": 8, "decembre": 12]
        return names.firstIndex(of: String(name)).map { $0 + 1 } ?? plain[String(name)]
    }
}
