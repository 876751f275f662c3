import Exchange

/// Texts as a call keeps them: cleaned, and refused when they are longer than a page can bear. Nothing is cut.
enum CallText {
    static func line(_ text: String, _ field: String, limit: Int = 300, _ problems: inout Problems) -> String {
        measured(TextForm.oneLine(text), field, limit, &problems)
    }

    static func long(_ text: String, _ field: String, limit: Int = 20_000, _ problems: inout Problems) -> String {
        measured(TextForm.paragraphs(text), field, limit, &problems)
    }

    private static func measured(_ text: String, _ field: String, _ limit: Int, _ problems: inout Problems) -> String {
        let count = text.count
        if count > limit {
            problems.add(field, "Ce texte compte \(count) caractères\u{202F}; le maximum est de \(limit).")
        }
        return text
    }
}

extension CallIdentity {
    func canonical(_ problems: inout Problems) -> CallIdentity {
        var clean = self
        clean.title = CallText.line(title, "titre", limit: 200, &problems)
        if clean.title.isEmpty { problems.add("titre", "Donnez un titre à l’appel.") }
        clean.organiser = CallText.line(organiser, "organisateur", &problems)
        clean.service = CallText.line(service, "service", &problems)
        clean.serviceAddress = CallText.line(serviceAddress, "adresse", &problems)
        clean.email = TextForm.oneLine(email)
        if !clean.email.isEmpty {
            do {
                clean.email = try EmailAddress(clean.email, field: "courriel").text
            } catch {
                problems.add("courriel", EmailAddress.shape)
            }
        }
        clean.phone = CallText.line(phone, "telephone", limit: 40, &problems)
        clean.summary = CallText.long(summary, "resume", limit: 1_000, &problems)
        return clean
    }
}

extension CallPresentation {
    func canonical(_ problems: inout Problems) -> CallPresentation {
        var clean = self
        clean.context = CallText.long(context, "contexte", &problems)
        clean.objectives = CallText.long(objectives, "objectifs", &problems)
        clean.definitions = CallText.long(definitions, "definitions", &problems)
        clean.exclusions = CallText.long(exclusions, "exclusions", &problems)
        clean.payment = CallText.long(payment, "versement", &problems)
        clean.provisions = CallText.long(provisions, "dispositions", &problems)
        clean.sectors = ReferenceList.sectors.canonical(sectors)
        return clean
    }
}

extension CallTerritory {
    func canonical(_ problems: inout Problems) -> CallTerritory {
        var clean = self
        var seen: Set<Area> = []
        clean.areas = areas.map { area in
            Area(area.kind, area.code.uppercased(), TextForm.oneLine(area.name))
        }.filter { seen.insert(Area($0.kind, $0.code, "")).inserted }
        for area in clean.areas where !area.isWellFormed {
            problems.add("territoires", "«\u{A0}\(area.code)\u{A0}» n’est pas un code de territoire.")
        }
        if clean.areas.count > 500 { problems.add("territoires", "La liste compte plus de 500 territoires.") }
        clean.words = CallText.long(words, "precision", limit: 2_000, &problems)
        clean.edition = CallText.line(edition, "edition", limit: 40, &problems)
        clean.readOn = TextForm.oneLine(readOn)
        if !clean.readOn.isEmpty, CivilDate(iso: clean.readOn) == nil {
            problems.add("lu_le", "Cette date n’existe pas.")
        }
        return clean
    }
}

extension CallTerritory.Area {
    var isWellFormed: Bool {
        let bytes = Array(code.utf8)
        let isPlain =
            !bytes.isEmpty && bytes.allSatisfy { ($0 >= 48 && $0 <= 57) || ($0 >= 65 && $0 <= 90) || $0 == 45 }
        switch kind {
        case .commune: return isPlain && bytes.count == 5
        case .epci: return isPlain && bytes.count == 9
        case .departement: return isPlain && (2...3).contains(bytes.count)
        case .region: return isPlain && bytes.count == 2
        case .zoning: return isPlain && bytes.count <= 12
        }
    }
}

extension CallEnvelope {
    /// A hundred billion euros: beyond, a zero too many.
    static let most = 10_000_000_000_000

    func canonical(_ problems: inout Problems) -> CallEnvelope {
        for (amount, field) in [(floor, "plancher"), (ceiling, "plafond"), (envelope, "enveloppe")] {
            guard let amount else { continue }
            if !(0...Self.most).contains(amount) { problems.add(field, "Ce montant n’est pas possible.") }
        }
        if let floor, let ceiling, floor > ceiling {
            problems.add("plafond", "Le plafond est inférieur au plancher.")
        }
        if let months, !(1...240).contains(months) { problems.add("duree", "La durée va de 1 à 240 mois.") }
        for (rate, field) in [(aidRate, "taux"), (publicAidRate, "taux_public")] {
            guard let rate else { continue }
            if !(1...10_000).contains(rate) { problems.add(field, "Un taux va de 0,01 à 100\u{A0}%.") }
        }
        if let winners, !(1...100_000).contains(winners) { problems.add("laureats", "Ce nombre n’est pas possible.") }
        var clean = self
        clean.remark = CallText.long(remark, "remarque", limit: 2_000, &problems)
        return clean
    }
}
