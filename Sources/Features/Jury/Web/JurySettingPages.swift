import Exchange
import HTTPTypes
import Maillage
import Markup

/// `/appels/{slug}/jury/reglages`: the grid, its weights, the quorum, when the jury meets.
enum JurySettingPages {
    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit, nil, Problems())
    }

    static func save(_ visit: Visit) async throws -> Answer {
        let at = try await JuryVisit.find(visit)
        try at.access.requireKeeper()
        let (settings, version, problems) = read(visit.form, at)
        do {
            try problems.throwIfAny()
            _ = try await visit.perform(
                ComposeJury(call: at.call.id, wave: at.wave?.id, version: version, settings: settings))
            return .done("Les réglages du jury sont enregistrés.", to: Paths.jury(at.address))
        } catch let problems as Problems {
            return try await page(visit, settings, problems)
        }
    }

    /// The rows typed, without those left empty; figures that are none are said field by field.
    private static func read(_ form: Fields, _ at: JuryVisit) -> (JurySettings, Int?, Problems) {
        var problems = Problems()
        func number(_ field: String, _ fallback: Int) -> Int {
            guard let text = form.text(field) else { return fallback }
            guard let number = WrittenNumber.whole(Array(text.utf8)) else {
                problems.add(field, "«\u{A0}\(Format.excerpt(text, limit: 40))\u{A0}» n’est pas un nombre entier.")
                return fallback
            }
            return number
        }
        var settings = at.jury?.settings ?? at.proposal
        if at.jury?.openedAt == nil {
            var criteria: [JuryCriterion] = []
            for row in 0..<JurySettingsView.rows(settings) + 40 where form.has("critere.\(row).libelle") {
                guard form.text("critere.\(row).libelle") != nil else { continue }
                criteria.append(
                    JuryCriterion(
                        form["critere.\(row).code"] ?? "", form["critere.\(row).libelle"] ?? "",
                        guide: form["critere.\(row).guide"] ?? "", weight: number("critere.\(row).poids", 0),
                        maximum: number("critere.\(row).maximum", 4)))
            }
            settings.criteria = criteria
            settings.dispersion = number("ecart", settings.dispersion)
        }
        settings.readings = number("lectures", settings.readings)
        settings.quorum = number("quorum", settings.quorum)
        settings.minutes = number("minutes", settings.minutes)
        settings.place = form["lieu"] ?? settings.place
        if let text = form.text("seance") {
            settings.heldAt = moment(text)
            if settings.heldAt == nil { problems.add("seance", "Cette date n’existe pas.") }
        } else {
            settings.heldAt = nil
        }
        return (settings, form.int("version"), problems)
    }

    /// `2026-10-16T14:05`, by the clocks of Paris.
    static func moment(_ text: String) -> Instant? {
        guard text.utf8.count >= 16, let date = CivilDate(iso: text.prefix(10)),
            let hour = Int(text.dropFirst(11).prefix(2)), let minute = Int(text.dropFirst(14).prefix(2)),
            let time = CivilTime(date, hour: hour, minute: minute)
        else { return nil }
        return Instant(microseconds: CivilZone.paris.utc(of: time))
    }

    /// The same moment as a field holds it.
    static func typed(_ instant: Instant?) -> String? {
        guard let instant else { return nil }
        let local = CivilZone.paris.local(instant.microseconds)
        let (hour, minute) = (local.minuteOfDay / 60, local.minuteOfDay % 60)
        return "\(local.date)T\(Format.twoDigits(hour)):\(Format.twoDigits(minute))"
    }

    private static func page(_ visit: Visit, _ settings: JurySettings?, _ problems: Problems) async throws -> Answer {
        let at = try await JuryVisit.find(visit)
        try at.access.requireKeeper()
        return at.page(
            visit, "Réglages du jury", problems,
            JurySettingsView(
                at: at, settings: settings ?? at.jury?.settings ?? at.proposal, problems: problems,
                form: visit.form, tokens: FormTokens(visit)))
    }
}

/// The form of the settings, with a few empty rows to add criteria without a script.
struct JurySettingsView: View {
    var at: JuryVisit
    var settings: JurySettings
    var problems = Problems()
    var form = Fields()
    var tokens = FormTokens.sample

    /// How many rows the grid shows.
    static func rows(_ settings: JurySettings) -> Int { settings.criteria.count + 3 }

    private var isFrozen: Bool { at.jury?.openedAt != nil }

    func render(into html: inout HTML) {
        html.h1("Réglages du jury")
        html.add(JuryNavigation(at: at, current: .settings))
        html.add(ErrorSummary(problems))
        if at.jury == nil {
            html.p(
                "Cette grille reprend celle de la vague précédente, ou les critères de l’appel. Corrigez-la, puis enregistrez\u{202F}: le jury commence là."
            )
        }
        html.writingForm(to: Paths.jury(at.address, .settings), tokens) { html in
            if let jury = at.jury { html.add(HiddenField("version", String(jury.version))) }
            if isFrozen {
                html.p("Les fiches sont ouvertes\u{202F}: la grille, les poids et l’écart à signaler ne changent plus.")
                html.add(JuryGrid(criteria: settings.criteria))
            } else {
                renderCriteria(into: &html)
            }
            renderRules(into: &html)
            html.actions { $0.submit("Enregistrer") }
        }
    }

    private func renderCriteria(into html: inout HTML) {
        let sum = settings.criteria.reduce(0) { $0 + $1.weight }
        html.group("La grille") { html in
            html.p(
                "Les poids font 100 points à eux tous"
                    + (sum == 100 ? "." : "\u{202F}: ils en font \(sum) pour l’instant."), .id("champ-criteres"))
            for row in 0..<Self.rows(settings) {
                let criterion = row < settings.criteria.count ? settings.criteria[row] : nil
                let field = "critere.\(row)"
                html.details(.open(criterion != nil || row == settings.criteria.count)) { html in
                    html.summary(criterion?.label ?? "Ajouter un critère")
                    html.add(HiddenField(field + ".code", criterion?.code ?? ""))
                    html.add(
                        TextField(
                            field + ".libelle", "Critère", value: form[field + ".libelle"] ?? criterion?.label,
                            error: problems.message(field + ".libelle"), isRequired: false))
                    html.add(
                        TextArea(
                            field + ".guide", "Guide pour noter", value: form[field + ".guide"] ?? criterion?.guide,
                            help: "Ce que veut dire chaque note.", error: problems.message(field + ".guide"),
                            isRequired: false, rows: 2))
                    html.add(
                        TextField(
                            field + ".poids", "Poids, en points de 100",
                            value: form[field + ".poids"] ?? criterion.map { String($0.weight) },
                            error: problems.message(field + ".poids"), isRequired: false, isShort: true,
                            inputMode: "numeric"))
                    html.add(
                        TextField(
                            field + ".maximum", "Note la plus haute",
                            value: form[field + ".maximum"] ?? criterion.map { String($0.maximum) } ?? "4",
                            error: problems.message(field + ".maximum"), isRequired: false, isShort: true,
                            inputMode: "numeric"))
                }
            }
        }
    }

    private func renderRules(into html: inout HTML) {
        html.group("Les règles") { html in
            func figure(_ name: String, _ label: String, _ value: Int, _ help: String? = nil) {
                html.add(
                    TextField(
                        name, label, value: form[name] ?? String(value), help: help, error: problems.message(name),
                        isShort: true, inputMode: "numeric"))
            }
            figure("lectures", "Lectures par dossier", settings.readings)
            figure("quorum", "Quorum", settings.quorum, "Membres présents et sans conflit pour donner un avis.")
            if !isFrozen {
                figure(
                    "ecart", "Écart à signaler", settings.dispersion,
                    "Au-delà de tant de points de 100 entre deux fiches, le dossier est à discuter.")
            }
        }
        html.group("La séance") { html in
            html.add(
                DateField(
                    "seance", "Date et heure, à Paris",
                    value: form["seance"] ?? JurySettingPages.typed(settings.heldAt),
                    error: problems.message("seance"), isRequired: false, withTime: true))
            html.add(
                TextField(
                    "lieu", "Lieu ou lien de visioconférence", value: form["lieu"] ?? settings.place,
                    error: problems.message("lieu"), isRequired: false))
            html.add(
                TextField(
                    "minutes", "Minutes par dossier", value: form["minutes"] ?? String(settings.minutes),
                    error: problems.message("minutes"), isShort: true, inputMode: "numeric"))
        }
    }
}

/// The grid, to read.
struct JuryGrid: View {
    var criteria: [JuryCriterion]

    func render(into html: inout HTML) {
        html.add(
            DataTable(
                "La grille du jury", rows: criteria, id: "grille",
                columns: [
                    .init("Critère") { criterion, html in
                        html.strong(criterion.label)
                        if !criterion.guide.isEmpty { html.span(Format.typography(criterion.guide), .class("help")) }
                    },
                    .init("Points de 100", isNumber: true) { String($0.weight) },
                    .init("Noté sur", isNumber: true) { String($0.maximum) },
                ]))
    }
}
