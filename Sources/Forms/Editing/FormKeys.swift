extension FormKey {
    /// A key made of what people read: `"Montant demandé"` gives `montant_demande`. Never one that is taken or reserved.
    ///
    /// - Parameter fallback: used when nothing of the text can stand in a key; a key itself.
    public static func proposed(from text: String, taken: Set<String>, fallback: String = "question") -> String {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            if bytes.count >= 40 { break }
            if let plain = plain(scalar) {
                bytes += plain
            } else if let last = bytes.last, last != UInt8(ascii: "_") {
                bytes.append(UInt8(ascii: "_"))
            }
        }
        while bytes.last == UInt8(ascii: "_") { bytes.removeLast() }
        while let first = bytes.first, !(97...122).contains(first) { bytes.removeFirst() }
        var base = String(decoding: bytes.prefix(48), as: UTF8.self)
        if base.isEmpty { base = fallback }
        var key = base
        var number = 2
        while taken.contains(key) || FormulaParser.reserved.contains(key) || key == "lignes" || key == "regles" {
            key = base + "_" + String(number)
            number += 1
        }
        return key
    }

    /// The ASCII letters and digits of a letter of French; nil for what separates words.
    private static func plain(_ scalar: Unicode.Scalar) -> [UInt8]? {
        switch scalar.value {
        case 48...57, 97...122: return [UInt8(scalar.value)]
        case 65...90: return [UInt8(scalar.value + 32)]
        default: break
        }
        switch Character(scalar).lowercased() {
        case "à", "â", "ä", "á", "ã": return Array("a".utf8)
        case "ç": return Array("c".utf8)
        case "é", "è", "ê", "ë": return Array("e".utf8)
        case "î", "ï", "í": return Array("i".utf8)
        case "ô", "ö", "ó": return Array("o".utf8)
        case "ù", "û", "ü", "ú": return Array("u".utf8)
        case "ÿ": return Array("y".utf8)
        case "ñ": return Array("n".utf8)
        case "œ": return Array("oe".utf8)
        case "æ": return Array("ae".utf8)
        default: return nil
        }
    }
}

extension Form {
    /// The question or column at a spot.
    public func question(at spot: QuestionSpot) -> Question? {
        guard let question = question(spot.question) else { return nil }
        guard let column = spot.column else { return question }
        return question.kind.columns.first { $0.key == column }
    }

    /// The section of a question.
    public func section(of question: String) -> FormSection? {
        sections.first { $0.questions.contains { $0.key == question } }
    }

    /// Keys that a new question may not take.
    var takenKeys: Set<String> { Set(questions.map(\.key)) }
}

extension QuestionKind {
    /// The same group or table with other columns; itself for the other kinds. Totals of columns that go, go.
    public func with(columns: [Question]) -> QuestionKind {
        switch self {
        case .group(_, let least, let most): return .group(columns: columns, minRows: least, maxRows: most)
        case .table(var layout):
            layout.columns = columns
            layout.totals = layout.totals.filter { total in columns.contains { $0.key == total } }
            return .table(layout)
        default: return self
        }
    }
}
