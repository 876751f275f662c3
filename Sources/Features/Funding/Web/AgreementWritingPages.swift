import Exchange
import HTTPTypes
import Maillage
import Markup

/// `/financements/{line}/convention/rediger`: a version of the text with its schedule.
enum AgreementWritingPages {
    /// How many instalments the form shows at least.
    static let rows = 6

    static func show(_ visit: Visit) async throws -> Answer { try await page(visit, Problems()) }

    static func write(_ visit: Visit) async throws -> Answer {
        let reading = try await FundingReading.kept(visit)
        do {
            let act = try act(visit.form, reading)
            _ = try await visit.perform(act)
            return .done("La version est écrite.", to: Paths.funding(reading.line.id, .agreement))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    private static func act(_ form: Fields, _ reading: FundingReading) throws -> WriteAgreement {
        var problems = Problems()
        let amount = form.text("montant").flatMap { WrittenAmount.cents($0) }
        if amount == nil { problems.add("montant", "Donnez un montant, par exemple 12\u{202F}500,00.") }
        let start = form.text("debut").flatMap { CivilDate(iso: $0) }
        if start == nil { problems.add("debut", "Donnez le premier jour, par exemple 2026-04-01.") }
        let months = form.int("duree")
        if months == nil { problems.add("duree", "Donnez la durée en mois.") }
        let schedule = amount.map { plan(form, left: max($0 - reading.line.fold.paid, 0), &problems) } ?? []
        try problems.throwIfAny()
        guard let amount, let start, let months else { throw problems }
        var articles: [AgreementArticle: String] = [:]
        for article in AgreementArticle.allCases { articles[article] = form["article-" + article.rawValue] ?? "" }
        return WriteAgreement(
            line: reading.line.id, edition: form.int("edition") ?? 0, number: form["numero"] ?? "", amount: amount,
            startsOn: start, months: months, articles: articles, schedule: schedule, reason: form["motif"] ?? "")
    }

    /// Instalments in euros, or all of them in percents that make a hundred: cents go to the largest remainders (FUND-11).
    private static func plan(_ form: Fields, left: Int, _ problems: inout Problems) -> [InstalmentPlan] {
        var plan: [InstalmentPlan] = []
        var points: [Int] = []
        for row in 0..<20 {
            let label = form.text("echeance-\(row)") ?? ""
            guard let text = form.text("somme-\(row)") else {
                if !label.isEmpty { problems.add("somme-\(row)", "Donnez un montant ou un pourcentage.") }
                continue
            }
            let trigger = form.text("quand-\(row)").flatMap(Instalment.Trigger.init) ?? .signature
            let day = form.text("jour-\(row)").flatMap { CivilDate(iso: $0) }
            if form.text("jour-\(row)") != nil, day == nil { problems.add("jour-\(row)", "Cette date n’existe pas.") }
            var cents = 0
            if text.contains("%") {
                if let share = WrittenAmount.points(text) { points.append(share) }
            } else if let amount = WrittenAmount.cents(text) {
                cents = amount
            }
            if text.contains("%") ? WrittenAmount.points(text) == nil : WrittenAmount.cents(text) == nil {
                problems.add("somme-\(row)", "«\u{A0}\(text)\u{A0}» n’est ni un montant ni un pourcentage.")
            }
            plan.append(InstalmentPlan(label: label, amount: cents, trigger: trigger, dueOn: day))
        }
        guard !points.isEmpty, problems.isEmpty else { return plan }
        guard points.count == plan.count else {
            problems.add("somme-0", "Donnez toutes les échéances en euros, ou toutes en pourcentage.")
            return plan
        }
        let sum = points.reduce(0, +)
        guard sum == 10_000, let shares = Apportionment.shares(of: left, weights: points) else {
            problems.add(
                "somme-0", "Les pourcentages font \(Format.percent(Double(sum) / 10_000, places: 2)), pas 100\u{A0}%.")
            return plan
        }
        for index in plan.indices { plan[index].amount = shares[index] }
        return plan
    }

    private static func page(_ visit: Visit, _ problems: Problems) async throws -> Answer {
        let reading = try await FundingReading.kept(visit)
        var form = visit.form
        if problems.isEmpty {
            form = reading.agreement == nil ? begin(reading) : fields(try await AgreementReading.find(visit))
        }
        let view = AgreementForm(reading: reading, form: form, problems: problems, tokens: FormTokens(visit))
        return visit.page(
            reading.head(view.title, problems), status: problems.isEmpty ? .ok : .unprocessableContent,
            view)
    }

    /// A first version, half written: what the line already says is not typed again.
    private static func begin(_ reading: FundingReading) -> Fields {
        let (line, facts) = (reading.line, reading.line.facts)
        let today = CivilZone.paris.local(reading.now.microseconds).date
        let amount = Format.amount(cents: line.fold.granted)
        let pairs: [(String, String)] = [
            ("edition", "0"), ("montant", WrittenAmount.text(line.fold.granted)), ("debut", today.description),
            ("duree", "12"),
            (
                "article-parties",
                "\(reading.item.funder), ci-après «\u{A0}le financeur\u{A0}», et \(facts.beneficiary), ci-après «\u{A0}le bénéficiaire\u{A0}»."
            ),
            ("article-objet", facts.object),
            ("article-montant", "Le financeur attribue au bénéficiaire une aide de \(amount)."),
            (
                "article-restitution",
                "Les sommes qui n’ont pas été employées à l’objet de la convention sont rendues au financeur."
            ),
            ("echeance-0", "Avance à la signature"), ("somme-0", "50 %"), ("quand-0", "signature"),
            ("echeance-1", "Solde"), ("somme-1", "50 %"), ("quand-1", "solde"),
        ]
        return Fields(pairs.map { Fields.Field(name: $0.0, value: $0.1) })
    }

    /// The last version, to be written again.
    private static func fields(_ found: AgreementReading) -> Fields {
        var pairs: [(String, String)] = [
            ("edition", "\(found.agreement.edition)"), ("numero", found.agreement.number),
        ]
        if let last = found.last {
            pairs += [
                ("montant", WrittenAmount.text(last.amount)), ("debut", last.startsOn.description),
                ("duree", "\(last.months)"),
            ]
            pairs += last.articles.map { ("article-" + $0.key.rawValue, $0.value) }
        }
        let rest = found.instalments.filter { $0.version == found.agreement.version && $0.state != .paid }
        for (row, instalment) in rest.prefix(20).enumerated() {
            pairs += [
                ("echeance-\(row)", instalment.label), ("somme-\(row)", WrittenAmount.text(instalment.amount)),
                ("quand-\(row)", instalment.trigger.rawValue), ("jour-\(row)", instalment.dueOn?.description ?? ""),
            ]
        }
        return Fields(pairs.map { Fields.Field(name: $0.0, value: $0.1) })
    }
}

/// The form of a version.
struct AgreementForm: View {
    var reading: FundingReading
    var form: Fields
    var problems: Problems
    var tokens: FormTokens

    private var isAmendment: Bool { (reading.agreement?.activeVersion ?? 0) > 0 }

    /// The heading of the page, and what its title begins with.
    var title: String { isAmendment ? "Écrire un avenant" : "Rédiger la convention" }

    func render(into html: inout HTML) {
        html.h1(title)
        html.p(Format.typography(reading.line.facts.object), .class("lead"))
        html.add(ErrorSummary(problems))
        html.writingForm(to: Paths.fundingAct(reading.line.id, .agreement, "rediger"), tokens) { html in
            html.add(HiddenField("edition", form["edition"] ?? "0"))
            if reading.agreement == nil {
                html.add(
                    TextField(
                        "numero", "Numéro", value: form["numero"], error: problems.message("numero"), isShort: true))
            }
            html.add(
                TextField(
                    "montant", "Montant, en euros", value: form["montant"], error: problems.message("montant"),
                    isShort: true, inputMode: "decimal"))
            html.add(DateField("debut", "Premier jour", value: form["debut"], error: problems.message("debut")))
            html.add(
                TextField(
                    "duree", "Durée, en mois", value: form["duree"], error: problems.message("duree"), isShort: true,
                    inputMode: "numeric"))
            if isAmendment {
                html.add(
                    TextField(
                        "motif", "Pourquoi la convention change", value: form["motif"], error: problems.message("motif")
                    ))
            }
            html.group("Échéancier") { renderSchedule(into: &$0) }
            html.group("Articles") { html in
                for article in AgreementArticle.allCases {
                    let name = "article-" + article.rawValue
                    html.add(
                        TextArea(
                            name, article.label, value: form[name], error: problems.message(name),
                            isRequired: article.isRequired(amount: reading.line.fold.granted), rows: 3))
                }
            }
            html.actions { $0.submit("Écrire cette version") }
        }
    }

    private func renderSchedule(into html: inout HTML) {
        html.p(
            "Ce qui reste à verser, échéance par échéance\u{202F}: tout en euros, ou tout en pourcentage (30\u{A0}%). Les lignes vides "
                + "ne comptent pas.")
        if let message = problems.message("echeances") {
            html.p(message, .class("error"), .id(FieldFrame.id(of: "echeances")))
        }
        let count = max(
            AgreementWritingPages.rows, (0..<20).last { form.text("echeance-\($0)") != nil }.map { $0 + 2 } ?? 0)
        for row in 0..<min(count, 20) {
            html.div(.class("row")) { html in
                html.add(
                    TextField(
                        "echeance-\(row)", "Échéance \(row + 1)", value: form["echeance-\(row)"],
                        error: problems.message("echeance-\(row)"), isRequired: false))
                html.add(
                    TextField(
                        "somme-\(row)", "Somme ou part \(row + 1)", value: form["somme-\(row)"],
                        error: problems.message("somme-\(row)"), isRequired: false, isShort: true))
                html.add(
                    Select(
                        "quand-\(row)", "Payable \(row + 1)",
                        options: Instalment.Trigger.allCases.map { Option($0.rawValue, $0.label) },
                        value: form["quand-\(row)"], prompt: nil, isRequired: false))
                html.add(
                    DateField(
                        "jour-\(row)", "À partir du \(row + 1)", value: form["jour-\(row)"],
                        error: problems.message("jour-\(row)"), isRequired: false))
            }
        }
    }
}
