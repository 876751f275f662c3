import Exchange

extension RecordReader {
    func email(_ text: String, _ column: String, _ draft: inout Draft) {
        guard draft.record.values[.email] == nil else { return }
        if WebForm.isEmail(text) {
            draft.record.values[.email] = .text(text)
            return
        }
        // Several addresses, or an address in a sentence.
        let words = text.split { " ;|,/<>()\u{A0}".contains($0) }.map(String.init)
        guard let first = words.first(where: WebForm.isEmail) else {
            return draft.remark(column, text, "not an e-mail address: left out")
        }
        draft.record.values[.email] = .text(first)
        let others = words.filter { WebForm.isEmail($0) && $0 != first }
        let what = others.isEmpty ? "an address among other words" : "several addresses"
        draft.remark(column, text, what + ": the first was kept")
    }

    func phone(_ text: String, _ column: String, _ draft: inout Draft) {
        guard draft.record.values[.phone] == nil else { return }
        let numbers = PhoneWords.numbers(in: text)
        guard let first = numbers.first else { return draft.remark(column, text, "not a telephone number: left out") }
        draft.record.values[.phone] = .text(first.digits)
        if first.isRestored {
            draft.remark(column, text, "the leading zero was lost: restored")
        } else if numbers.count > 1 {
            draft.remark(column, text, "several numbers: the first was kept, the others are in the description")
            draft.note("Téléphones : " + numbers.map(\.digits).joined(separator: ", "), in: .description)
        }
    }

    /// The column `pivot` holds a SIRET, or the RNA of an association; fourteen zeros mean nothing.
    func siret(_ text: String, _ column: String, _ draft: inout Draft) {
        let digits = text.filter { !$0.isWhitespace }
        // No establishment has the number 00000: five zeros at the end are a spreadsheet's rounding, whatever the check digit.
        let isRounded = digits.hasSuffix("00000")
        if !isRounded, OfficialNumbers.isSIRET(digits) {
            draft.record.values[.siret] = .text(digits)
            return
        }
        if digits.utf8.allSatisfy({ $0 == 48 }) { return draft.remark(column, text, "zeros: the SIRET is not known") }
        if OfficialNumbers.isRNA(digits.uppercased()) {
            draft.record.values[.rna] = .text(digits.uppercased())
            return
        }
        let bare = digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits
        let padded = bare.utf8.count == 13 ? "0" + bare : bare
        if !isRounded, padded != digits, OfficialNumbers.isSIRET(padded) {
            draft.record.values[.siret] = .text(padded)
            return draft.remark(column, text, "written as a number: restored")
        }
        let why = isRounded || bare.hasSuffix("0000") ? "rounded by a spreadsheet" : "its digits do not agree"
        draft.remark(column, text, "not a SIRET (\(why)): left out")
    }

    func web(_ text: String, _ field: SheetField, _ column: String, _ draft: inout Draft) {
        guard draft.record.values[field] == nil else { return }
        let found = WebWords.addresses(in: text)
        guard let first = found.first else {
            if field == .accessibilityURL, let code = ReferenceList.accessibility.code(for: text) {
                draft.record.values[.accessibility] = .text(code)
                return
            }
            return draft.remark(column, text, "not a web address: left out")
        }
        draft.record.values[field] = .text(first.address)
        if found.count > 1 {
            let links = found.dropFirst().prefix(10).map { ["adresse": $0.address] }
            draft.record.values[.links] = .rows((draft.record.values[.links]?.rows ?? []) + links)
            draft.remark(column, text, "several addresses: the first is the site, the others are links")
        } else if !first.isWhole {
            draft.remark(column, text, "an address among other words: the words were left out")
        } else if !first.hadScheme {
            draft.remark(column, text, "no https:// before the address: added")
        }
    }

    func link(_ text: String, _ label: String, _ host: String?, _ column: String, _ draft: inout Draft) {
        var address: String?
        if let host {
            let bare = text.hasPrefix("@") ? String(text.dropFirst()) : text
            let isAccount =
                !bare.isEmpty && bare.utf8.count <= 80
                && bare.utf8.allSatisfy {
                    ($0 >= 48 && $0 <= 57) || ($0 >= 65 && $0 <= 90) || ($0 >= 97 && $0 <= 122) || $0 == 95 || $0 == 46
                        || $0 == 45
                }
            if isAccount, !bare.contains(".") || text.hasPrefix("@") {
                address = "https://\(host)/\(bare)"
                draft.remark(column, text, "an account's name: made into the address of its page")
            }
        }
        guard let address = address ?? WebWords.addresses(in: text).first?.address else {
            return draft.remark(column, text, "not a web address: left out")
        }
        let rows = draft.record.values[.links]?.rows ?? []
        if rows.count < 20 { draft.record.values[.links] = .rows(rows + [["nom": label, "adresse": address]]) }
    }
}

/// Telephone numbers as people write them.
enum PhoneWords {
    struct Number: Equatable {
        let digits: String
        var isRestored = false
    }

    static func numbers(in text: String) -> [Number] {
        if let whole = number(text) { return [whole] }
        var found: [Number] = []
        var rest = text
        for word in [" ET ", " et ", " ou ", " OU ", " - "] { rest = rest.replacing(word, with: "|") }
        for part in rest.split(whereSeparator: { "|;/,\n".contains($0) }) {
            if let number = number(String(part)), !found.contains(number) { found.append(number) }
        }
        return found
    }

    private static func number(_ text: String) -> Number? {
        var digits = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "0"..."9": digits.unicodeScalars.append(scalar)
            case "+" where digits.isEmpty: digits = "+"
            case " ", ".", "-", "(", ")", "\u{A0}", "\u{202F}": continue
            default: return nil
            }
        }
        if digits.hasPrefix("+33"), digits.utf8.count == 12 { digits = "0" + digits.dropFirst(3) }
        if digits.hasPrefix("0033"), digits.utf8.count == 13 { digits = "0" + digits.dropFirst(4) }
        switch digits.utf8.count {
        case 4 where digits.utf8.first == 0x33: return Number(digits: digits)
        case 9 where digits.utf8.first != 0x30 && digits.utf8.first != 0x2B:
            return Number(digits: "0" + digits, isRestored: true)
        case 10 where digits.utf8.first == 0x30: return Number(digits: digits)
        case 9...16 where digits.utf8.first == 0x2B: return Number(digits: digits)
        default: return nil
        }
    }
}

/// Web addresses as people write them.
enum WebWords {
    struct Found: Equatable {
        let address: String
        let hadScheme: Bool
        /// Whether the cell held nothing else.
        let isWhole: Bool
    }

    static func addresses(in text: String) -> [Found] {
        if !text.contains("@"), let address = WebForm.address(text) {
            // `a.fr|b.fr` is refused by the bar; a lone word with a dot is an address.
            return [Found(address: address, hadScheme: hasScheme(text), isWhole: true)]
        }
        var found: [Found] = []
        for word in text.split(whereSeparator: { $0.isWhitespace || "|;()<>,\"«»".contains($0) }) {
            let bare = String(word)
            guard bare.contains("."), !bare.contains("@") || hasScheme(bare), let address = WebForm.address(bare),
                hasScheme(bare) || isHostLike(address)
            else { continue }
            let one = Found(address: address, hadScheme: hasScheme(bare), isWhole: false)
            if !found.contains(where: { $0.address == address }) { found.append(one) }
        }
        return found
    }

    private static func hasScheme(_ text: String) -> Bool {
        let head = text.prefix(8).lowercased()
        return head.hasPrefix("http://") || head.hasPrefix("https://")
    }

    /// A word of a sentence with a dot in it is no site: the last label must be letters.
    private static func isHostLike(_ address: String) -> Bool {
        let host = address.dropFirst(8).prefix { !"/?#:".contains($0) }
        guard let last = host.split(separator: ".").last else { return false }
        return last.utf8.count >= 2 && last.utf8.allSatisfy { $0 >= 97 && $0 <= 122 }
    }
}
