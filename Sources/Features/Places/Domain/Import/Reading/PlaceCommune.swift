import Exchange

extension PlaceDraft {
    /// The commune of the site, by its code, its name and its postal code.
    func settleCommune(_ gazetteer: Gazetteer, _ site: inout Site, _ record: inout IncomingRecord) {
        let postal = postalCodes.first { !$0.text.isEmpty && $0.text != "0" } ?? Part()
        if let zero = postalCodes.first(where: { $0.text == "0" }), postal.text.isEmpty {
            record.remark(zero.column, "0", "means nothing")
        }
        let name = communeNames.first { !$0.text.isEmpty && $0.text != "0" } ?? Part()
        let code = Self.code(communeCode, &record)
        site.postalCode = Self.postalCode(postal, code, &record)
        if gazetteer.isEmpty {
            // Without a register nothing can be checked: the words are kept, and no code is invented.
            site.communeName = String(name.text.prefix(120))
            return
        }
        if name.text.isEmpty, site.postalCode.isEmpty, code.isEmpty { return }
        var found = gazetteer.resolve(name: name.text, postalCode: site.postalCode, code: code)
        var resolvedBy = name
        if found.commune == nil {
            for other in communeNames.dropFirst() where !other.text.isEmpty && other.text != "0" {
                let again = gazetteer.resolve(name: other.text, postalCode: site.postalCode, code: "")
                if again.commune != nil { (found, resolvedBy) = (again, other) }
            }
        }
        if case .unknown = found.outcome, !name.text.isEmpty {
            // The postal code may be the mistake: a name that only one commune bears is enough.
            let alone = gazetteer.resolve(name: name.text, postalCode: "", code: "")
            if let commune = alone.commune, agrees(commune) { found = alone }
        }
        guard let commune = found.commune else {
            site.communeName = String(name.text.prefix(120))
            if !code.isEmpty {
                record.remark(communeCode.column, communeCode.text, "no commune has this code: left out")
            }
            return record.remark(
                name.text.isEmpty ? postal.column : name.column, name.text.isEmpty ? postal.text : name.text,
                Self.why(found))
        }
        site.commune = commune.code
        site.communeName = commune.name
        if !found.postalCode.isEmpty { site.postalCode = found.postalCode }
        if !code.isEmpty, gazetteer.current(code).isEmpty, gazetteer.current("0" + code).isEmpty {
            record.remark(communeCode.column, communeCode.text, "no commune has this code: found by its name")
        }
        for repair in found.repairs {
            if let (part, reason) = said(repair, commune, postal, resolvedBy) {
                record.remark(part.column, part.text, reason)
            }
        }
        checkPostalCode(site.postalCode, postal, commune, gazetteer, &record)
    }

    /// Whether nothing in the row says that a commune found by its name alone is another of that name.
    private func agrees(_ commune: Commune) -> Bool {
        departement.text.isEmpty || commune.departement == nil || commune.departement == departement.text
            || commune.departement == "0" + departement.text
    }

    private static func why(_ resolution: Resolution) -> String {
        switch resolution.outcome {
        case .ambiguous(let communes):
            let names = communes.prefix(3).map { "\($0.name) (\($0.code))" }.joined(separator: ", ")
            return "several communes are meant, \(names): the place has no commune until somebody says which"
        default: return "no commune of this name and postal code is known: kept as written"
        }
    }

    private func said(
        _ repair: Resolution.Repair, _ commune: Commune, _ postal: Part, _ name: Part
    ) -> (part: Part, reason: String)? {
        switch repair {
        case .lostZero(let restored):
            let part = restored.hasSuffix(postal.text) && !postal.text.isEmpty ? postal : communeCode
            return (part, "the leading zero was lost: \(restored)")
        case .cedex:
            let reason = "a CEDEX, or a postal code unknown to La Poste: kept, the commune is \(commune.name)"
            return (postal.text.isEmpty ? name : postal, reason)
        case .district: return (name, "the postal code says which district: \(commune.name)")
        case .formerCode(let code):
            return (communeCode, "the code \(code) is of a former commune: now \(commune.name) (\(commune.code))")
        case .formerName(let now): return (name, "a former name: now \(now)")
        case .misspelt(let meant): return (name, "misspelt: \(meant)")
        case .postalCodeOfAnother: return (postal, "this postal code is not of \(commune.name): kept")
        case .nameOfAnother(let now): return (name, "the code is of \(now): the code decides")
        case .fromPostalCode: return (postal, "no commune is named: the postal code serves \(commune.name) only")
        }
    }

    /// Says that a postal code contradicts the commune; the code is kept as it is, it may be right.
    private func checkPostalCode(
        _ code: String, _ part: Part, _ commune: Commune, _ gazetteer: Gazetteer, _ record: inout IncomingRecord
    ) {
        if code.isEmpty || record.remarks.contains(where: { $0.column == part.column && $0.value == part.text }) {
            return
        }
        let served = gazetteer.communes(postalCode: code)
        if served.isEmpty {
            // A register without postal codes says nothing of one.
            if gazetteer.postalCodes(of: commune.code).isEmpty { return }
            let isCode = gazetteer.commune(code) != nil
            record.remark(
                part.column, part.text,
                isCode ? "the code of a commune, not a postal code: kept" : "a postal code unknown to La Poste: kept")
        } else if !served.contains(where: {
            $0.code == commune.code || $0.partOf == commune.code || $0.code == commune.partOf
        }) {
            record.remark(part.column, part.text, "this postal code is not of \(commune.name): kept")
        }
    }

    private static func code(_ part: Part, _ record: inout IncomingRecord) -> String {
        let text = part.text
        if text.isEmpty { return "" }
        let bytes = Array(text.utf8)
        let isCode =
            (bytes.count == 4 || bytes.count == 5)
            && bytes.allSatisfy {
                ($0 >= 48 && $0 <= 57) || $0 == 65 || $0 == 66 || $0 == 97 || $0 == 98
            }
        if isCode { return text.uppercased() }
        record.remark(part.column, text, text == "0" ? "means nothing" : "not the code of a commune: left out")
        return ""
    }

    private static func postalCode(_ part: Part, _ code: String, _ record: inout IncomingRecord) -> String {
        if part.text.isEmpty { return "" }
        var digits = part.text.filter { !$0.isWhitespace }
        if digits.hasSuffix(".0") { digits.removeLast(2) }
        guard digits.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }), digits.utf8.count == 4 || digits.utf8.count == 5 else {
            record.remark(part.column, part.text, "not a postal code: left out")
            return ""
        }
        if digits.utf8.count == 4 {
            record.remark(part.column, part.text, "the leading zero was lost: 0\(digits)")
            return "0" + digits
        }
        return digits
    }
}
