import Exchange
import Maillage

/// The sections of a call as fields, and back. What cannot be read becomes a problem beside its field; nothing typed is lost.
struct CallSectionForm {
    /// What an editor typed.
    let form: Fields
    let call: Call
    let now: Instant
    let gazetteer: Gazetteer
    /// A wave that is not known yet gets its identity here.
    let newWave: () -> CallWave.ID
    var problems = Problems()
    /// The readings of the limits that may be read in several ways, by row.
    var readings: [Int: [DeadlineReading]] = [:]

    init(_ form: Fields, _ call: Call, now: Instant, gazetteer: Gazetteer, newWave: @escaping () -> CallWave.ID) {
        self.form = form
        self.call = call
        self.now = now
        self.gazetteer = gazetteer
        self.newWave = newWave
    }

    init(_ form: Fields, _ call: Call, _ visit: Visit) {
        let surroundings = visit.reception.surroundings
        self.init(
            form, call, now: visit.now, gazetteer: visit.reception.gazetteer.present,
            newWave: { surroundings.identifier() })
    }

    /// The section that the form says; its own problems are in `problems`.
    mutating func section(_ name: CallSection.Name) -> CallSection? {
        switch name {
        case .identity: .identity(identity())
        case .presentation: .presentation(presentation())
        case .territory: .territory(territory())
        case .calendar: .calendar(calendar())
        case .envelope: .envelope(envelope())
        case .conditions: .conditions(conditions())
        case .attachments: .attachments(attachments())
        case .criteria: .criteria(criteria())
        case .committee: .committee(committee())
        case .deposit: .deposit(deposit())
        case .forms: nil
        }
    }

    private func identity() -> CallIdentity {
        CallIdentity(
            title: form["titre"] ?? "", nature: form.text("nature").flatMap(CallNature.init) ?? call.nature,
            organiser: form["organisateur"] ?? "", service: form["service"] ?? "",
            serviceAddress: form["adresse"] ?? "", email: form["courriel"] ?? "", phone: form["telephone"] ?? "",
            summary: form["resume"] ?? "")
    }

    private func presentation() -> CallPresentation {
        var texts = CallPresentation()
        texts.context = form["contexte"] ?? ""
        texts.objectives = form["objectifs"] ?? ""
        texts.definitions = form["definitions"] ?? ""
        texts.exclusions = form["exclusions"] ?? ""
        texts.payment = form["versement"] ?? ""
        texts.provisions = form["dispositions"] ?? ""
        texts.sectors = form.values("secteurs")
        return texts
    }

    private func deposit() -> CallDeposit {
        var deposit = CallDeposit()
        deposit.isOnline = form.has("en_ligne")
        deposit.isByEmail = form.has("par_courriel")
        deposit.isByPost = form.has("par_courrier")
        deposit.takesLate = form.has("hors_delai")
        deposit.isConsortium = form.has("consortium")
        deposit.isSealed = form.has("scelle")
        deposit.silence = form["silence"] ?? ""
        return deposit
    }

    private mutating func envelope() -> CallEnvelope {
        var money = CallEnvelope()
        money.floor = amount("plancher")
        money.ceiling = amount("plafond")
        money.envelope = amount("enveloppe")
        money.months = whole("duree", "Écrivez un nombre de mois.")
        money.aidRate = rate("taux")
        money.publicAidRate = rate("taux_public")
        money.winners = whole("laureats", "Écrivez un nombre de projets.")
        money.remark = form["remarque"] ?? ""
        return money
    }

    /// One territory a line: a name, a code, or both (« Lens (62498) »).
    private mutating func territory() -> CallTerritory {
        var territory = CallTerritory()
        for line in (form["territoires"] ?? "").split(whereSeparator: \.isNewline).prefix(600) {
            let text = String(line).trimmed
            guard !text.isEmpty else { continue }
            if let area = CallAreaWords.area(text, gazetteer) {
                territory.areas.append(area)
            } else {
                problems.add(
                    "territoires",
                    "«\u{A0}\(text.prefix(80))\u{A0}» n’est ni un territoire ni un zonage que nous connaissons.")
            }
        }
        territory.words = form["precision"] ?? ""
        territory.edition = form["edition"] ?? ""
        territory.readOn = form["lu_le"] ?? ""
        return territory
    }

    private mutating func attachments() -> [CallAttachment] {
        var rows: [CallAttachment] = []
        for rank in CallRows.ranks("piece", in: form) {
            let name = "piece.\(rank)."
            guard !CallRows.isBlank(name, ["libelle", "si"], in: form) else { continue }
            rows.append(
                CallAttachment(
                    form[name + "code"] ?? "", form[name + "libelle"] ?? "",
                    isRequired: form.has(name + "obligatoire"), requiredIf: form[name + "si"] ?? "",
                    kinds: form.values(name + "formats")))
        }
        return rows
    }

    private mutating func criteria() -> [CallCriterion] {
        var rows: [CallCriterion] = []
        for rank in CallRows.ranks("critere", in: form) {
            let name = "critere.\(rank)."
            guard !CallRows.isBlank(name, ["libelle", "guide"], in: form) else { continue }
            rows.append(
                CallCriterion(
                    form[name + "code"] ?? "", form[name + "libelle"] ?? "", guide: form[name + "guide"] ?? "",
                    weight: whole(name + "poids", "Écrivez un nombre entier.") ?? 0,
                    maximum: whole(name + "maximum", "Écrivez un nombre entier.") ?? 5))
        }
        return rows
    }

    private func committee() -> [CallJuror] {
        CallRows.ranks("siege", in: form).compactMap { rank in
            let name = "siege.\(rank)."
            guard !CallRows.isBlank(name, ["organisme", "role"], in: form) else { return nil }
            return CallJuror(form[name + "organisme"] ?? "", role: form[name + "role"] ?? "")
        }
    }

    mutating func amount(_ name: String) -> Int? {
        guard let text = form.text(name) else { return nil }
        let cents = WrittenAmount.cents(text)
        if cents == nil { problems.add(name, "Écrivez un montant en euros, par exemple 80 000.") }
        return cents
    }

    mutating func rate(_ name: String) -> Int? {
        guard let text = form.text(name) else { return nil }
        let points = WrittenAmount.points(text)
        if points == nil { problems.add(name, "Écrivez un pourcentage, par exemple 80.") }
        return points
    }

    mutating func whole(_ name: String, _ message: String) -> Int? {
        guard let text = form.text(name) else { return nil }
        let number = WrittenNumber.whole(text.utf8)
        if number == nil { problems.add(name, message) }
        return number
    }
}

/// Rows of a form: `critere.0.libelle`, `critere.1.libelle`…
enum CallRows {
    static let most = 60

    /// The numbers of the rows that the form holds, in order.
    static func ranks(_ prefix: String, in form: Fields) -> [Int] {
        let start = prefix + "."
        var ranks: Set<Int> = []
        for field in form.all where field.name.hasPrefix(start) {
            let rest = field.name.utf8.dropFirst(start.utf8.count)
            if let number = WrittenNumber.whole(rest.prefix { $0 != UInt8(ascii: ".") }), number < most {
                ranks.insert(number)
            }
        }
        return ranks.sorted()
    }

    /// Whether nothing was typed in the columns that matter: the row is to be left out.
    static func isBlank(_ name: String, _ columns: [String], in form: Fields) -> Bool {
        columns.allSatisfy { form.text(name + $0) == nil }
    }
}

/// Territories as an editor writes them.
enum CallAreaWords {
    static func text(_ area: CallTerritory.Area) -> String {
        let code = area.kind == .region ? "r" + area.code : area.code
        return "\(area.name) (\(code))"
    }

    static func area(_ text: String, _ gazetteer: Gazetteer) -> CallTerritory.Area? {
        var code = text
        if text.hasSuffix(")"), let open = text.lastIndex(of: "(") {
            code = String(text[text.index(after: open)...].dropLast())
        }
        if ZoningWords.kinds.contains(code.uppercased()) {
            return CallTerritory.Area(.zoning, code.uppercased(), ZoningWords.name(code))
        }
        if let found = TerritoryCode(code), let sheet = gazetteer.sheet(found) { return area(found, sheet.name) }
        let key = Words.key(text)
        if let found = gazetteer.epcis.first(where: { Words.key($0.name) == key }) {
            return CallTerritory.Area(.epci, found.siren, found.name)
        }
        let question = CallQuestionnaire(Fields([Fields.Field(name: "territoire", value: text)]), gazetteer)
        return question.areas.first
    }

    private static func area(_ code: TerritoryCode, _ name: String) -> CallTerritory.Area {
        switch code {
        case .commune(let text): .init(.commune, text, name)
        case .departement(let text): .init(.departement, text, name)
        case .region(let text): .init(.region, text, name)
        case .epci(let text): .init(.epci, text, name)
        }
    }
}

extension String {
    /// Without the white space around it.
    fileprivate var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
