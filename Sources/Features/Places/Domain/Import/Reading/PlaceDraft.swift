import Exchange
import Geography

/// The parts of an address as the row gives them, settled against the register at the end of the row.
struct PlaceDraft {
    struct Part {
        var text = ""
        var column = ""
    }

    var address = Part()
    var complement = Part()
    /// As declared first, then as another column has it.
    var communeNames: [Part] = []
    var communeCode = Part()
    var postalCodes: [Part] = []
    var departement = Part()
    var latitude = Part()
    var longitude = Part()
    var geocoded = ""

    mutating func take(_ text: String, _ target: PlaceLayout.Target, _ column: String) {
        let part = Part(text: text, column: column)
        switch target {
        case .address: address = part
        case .complement: complement = part
        case .communeName: communeNames.append(part)
        case .communeCode: communeCode = part
        case .postalCode: postalCodes.append(part)
        case .departement: departement = part
        case .latitude: latitude = part
        case .longitude: longitude = part
        case .latitudeLongitude:
            let parts = text.split(separator: ",")
            guard parts.count == 2 else {
                latitude = part
                return
            }
            latitude = Part(text: TextForm.oneLine(String(parts[0])), column: column)
            longitude = Part(text: TextForm.oneLine(String(parts[1])), column: column)
        case .geocoded: geocoded = text
        default: break
        }
    }

    /// Makes the site of the record out of the parts, and says what it took.
    mutating func settle(_ gazetteer: Gazetteer, _ record: inout IncomingRecord) {
        var site = Site()
        takeCityOutOfAddress()
        site.address = line(address, &record, limit: 200)
        site.complement = line(complement, &record, limit: 200)
        settleCommune(gazetteer, &site, &record)
        settlePoint(gazetteer, &site, &record)
        record.site = site
        let row = site.row
        if !row.isEmpty { record.values[.sites] = .rows([row]) }
    }

    private func line(_ part: Part, _ record: inout IncomingRecord, limit: Int) -> String {
        var text = part.text.split(separator: "\n").joined(separator: ", ")
        if text == "0" { return "" }
        if CellText.looksLikeFormula(text) {
            var rest = Substring(text)
            while let first = rest.first, "=+-@ ".contains(first) { rest.removeFirst() }
            record.remark(
                part.column, text, "began with a sign that spreadsheets take for a formula: the sign was dropped")
            text = String(rest)
        }
        if text.utf8.count > limit, text.count > limit {
            record.remark(part.column, text, "longer than \(limit) characters: cut")
            return text.prefix(limit - 1).trimmedEnd + "…"
        }
        return text
    }

    /// `12 rue du Bac - 33000 Bordeaux`, or a last line `01100 OYONNAX`: the postal code and the city leave the street.
    private mutating func takeCityOutOfAddress() {
        var lines = address.text.split(separator: "\n").map(String.init)
        guard let last = lines.last else { return }
        let words = last.split(separator: " ")
        guard let rank = words.lastIndex(where: { Self.isPostal(Self.bare($0)) }), rank + 1 < words.count,
            rank > 0 || lines.count > 1
        else { return }
        let code = Self.bare(words[rank])
        let city = words[(rank + 1)...].joined(separator: " ")
        // `12 place du 18000` is no postal code: what follows must be a name.
        guard let first = city.unicodeScalars.first, first.properties.isAlphabetic else { return }
        if postalCodes.allSatisfy({ $0.text.isEmpty || $0.text == "0" }) {
            postalCodes.append(Part(text: code, column: address.column))
        } else if !postalCodes.contains(where: { $0.text == code }) {
            guard communeNames.contains(where: { Words.key($0.text) == Words.key(city) }) else { return }
        }
        if communeNames.isEmpty { communeNames.append(Part(text: city, column: address.column)) }
        lines.removeLast()
        var street = words[..<rank].joined(separator: " ")
        while let end = street.last, " -,–".contains(end) { street.removeLast() }
        if !street.isEmpty { lines.append(street) }
        address.text = lines.joined(separator: "\n")
    }

    private static func bare(_ word: Substring) -> String {
        String(word.drop { "-–(,".contains($0) })
    }

    private static func isPostal(_ word: String) -> Bool {
        word.utf8.count == 5 && word.utf8.allSatisfy { $0 >= 48 && $0 <= 57 }
    }
}

extension IncomingRecord {
    mutating func remark(_ column: String, _ value: String, _ reason: String) {
        remarks.append(.init(line: line, column: column, value: value, reason: reason))
    }
}
