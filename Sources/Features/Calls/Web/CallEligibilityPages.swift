import Exchange
import HTTPTypes
import Maillage
import Markup
import Storage

/// `/appels/{slug}/eligibilite`: « Suis-je concerné ? », without an account. The answers are in the address, so that it can be sent
/// to somebody; nothing is kept.
enum CallEligibilityPages {
    static func show(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.find(visit)
        var view = CallEligibilityView(reading: reading, form: visit.query)
        if visit.query.has("verifier") {
            let answers = EligibilityAnswers(visit.query, visit.reception.gazetteer.present, visit.now)
            var facts = answers.facts
            if let commune = facts.commune {
                let day = CivilZone.paris.local(visit.now.microseconds).date
                let (zonings, known) = try await visit.read { reader in
                    (
                        try TerritoryReads.zonings(of: commune.code, on: day, reader),
                        try TerritoryReads.zoningKinds(reader)
                    )
                }
                facts.zonings = zonings.map { .init(kind: $0.kind, code: $0.code, name: $0.name, edition: $0.edition) }
                facts.knownZonings = known
            }
            view.problems = answers.problems
            if answers.problems.isEmpty { view.answer = reading.settings.eligibility(of: facts) }
            view.commune = facts.commune
        }
        var head = reading.head("Suis-je concerné\u{202F}?")
        head.hasErrors = !view.problems.isEmpty
        head.scripts = ["suggest.js"]
        return visit.page(head, status: view.problems.isEmpty ? .ok : .badRequest, view)
    }
}

/// What somebody said of their project, read into facts.
struct EligibilityAnswers {
    var facts: EligibilityFacts
    var problems = Problems()

    init(_ query: Fields, _ gazetteer: Gazetteer, _ now: Instant) {
        facts = EligibilityFacts(today: CivilZone.paris.local(now.microseconds).date)
        facts.edition = gazetteer.edition
        if let text = query.text("commune") {
            let isPostal = text.utf8.count == 5 && text.utf8.allSatisfy { $0 >= 48 && $0 <= 57 }
            // Five digits are a code of INSEE or a postal code: the register says which.
            let found =
                gazetteer.commune(text)
                ?? gazetteer.resolve(
                    name: isPostal ? "" : text, postalCode: isPostal ? text : query.text("code_postal") ?? "", code: ""
                ).commune
            facts.commune = found
            if found == nil {
                problems.add(
                    "commune", "Plusieurs communes portent ce nom, ou aucune\u{202F}: précisez son code postal.")
            }
        }
        facts.legalForm = query.text("forme").flatMap { ReferenceList.legalForms.contains($0) ? $0 : nil }
        facts.maturity = query.text("etape").flatMap { ReferenceList.maturities.contains($0) ? $0 : nil }
        if let text = query.text("creation") {
            facts.createdOn = CivilDate(iso: text)
            if facts.createdOn == nil { problems.add("creation", "Cette date n’existe pas.") }
        }
        facts.isRegistered = query.text("registre").map { $0 == "oui" }
        facts.siret = query.text("siret").map { String($0.filter { !$0.isWhitespace }) }
        if let text = query.text("montant") {
            facts.amount = WrittenAmount.cents(text)
            if facts.amount == nil { problems.add("montant", "Écrivez un montant en euros, par exemple 80 000.") }
        }
        if let text = query.text("aides") {
            facts.publicAid = WrittenAmount.points(text)
            if facts.publicAid == nil { problems.add("aides", "Écrivez un pourcentage, par exemple 70.") }
        }
    }
}

/// The short form and its answer.
struct CallEligibilityView: View {
    var reading: CallReading
    var form: Fields
    var problems = Problems()
    var answer: EligibilityAnswer?
    var commune: Commune?

    private var kinds: Set<EligibilityCondition.Kind> { Set(reading.settings.allConditions.map { $0.predicate.kind }) }

    func render(into html: inout HTML) {
        html.h1("Suis-je concerné\u{202F}?")
        html.p(reading.call.title, .class("lead"))
        html.add(ErrorSummary(problems))
        if let answer { html.add(EligibilityAnswerView(answer: answer, reading: reading)) }
        if reading.settings.allConditions.isEmpty {
            html.p("Cet appel ne pose pas de condition\u{202F}: tout projet de tiers-lieu peut y répondre.")
            html.p { $0.a("Retour à l’appel", .href(Paths.call(reading.slug)), .class("button")) }
            return
        }
        html.h2(answer == nil ? "Votre projet en quelques réponses" : "Changer vos réponses")
        html.p("Rien n’est enregistré. Laissez vide ce que vous ne savez pas encore.")
        html.form(.method("get"), .action(Paths.call(reading.slug, .eligibility)), .class("form"), .novalidate()) {
            html in
            renderFields(into: &html)
            html.add(HiddenField("verifier", "1"))
            html.actions { $0.submit("Vérifier") }
        }
    }

    private func renderFields(into html: inout HTML) {
        if kinds.contains(.territory) || kinds.contains(.zoning) {
            html.add(
                TextField(
                    "commune", "Commune du projet", value: commune?.name ?? form["commune"],
                    help: "Son nom, ou son code postal.", error: problems.message("commune"), isRequired: false,
                    suggestions: "commune"))
        }
        if kinds.contains(.legalForm) {
            html.add(
                Select(
                    "forme", "Forme juridique",
                    options: ReferenceList.legalForms.entries.map { Option($0.code, $0.label) }, value: form["forme"],
                    prompt: "Je ne sais pas encore", isRequired: false))
        }
        if kinds.contains(.maturity) {
            html.add(
                Choice(
                    "etape", "Où en est le projet",
                    options: ReferenceList.maturities.entries.filter { $0.code != "ferme" }.map {
                        Option($0.code, $0.label)
                    },
                    value: form["etape"], isRequired: false))
        }
        if kinds.contains(.age) {
            html.add(
                DateField(
                    "creation", "Création de la structure", value: form["creation"],
                    error: problems.message("creation"),
                    isRequired: false))
        }
        if kinds.contains(.registered) {
            html.add(
                Choice(
                    "registre", "Le lieu a-t-il sa fiche dans le réseau\u{202F}?",
                    options: [Option("oui", "Oui"), Option("non", "Non")], value: form["registre"], isRequired: false))
        }
        if kinds.contains(.amount) {
            html.add(
                TextField(
                    "montant", "Montant demandé, en euros", value: form["montant"], error: problems.message("montant"),
                    isRequired: false, isShort: true, inputMode: "decimal"))
        }
        if kinds.contains(.publicAid) {
            html.add(
                TextField(
                    "aides", "Part des aides publiques dans le plan, en pourcentage", value: form["aides"],
                    error: problems.message("aides"), isRequired: false, isShort: true, inputMode: "decimal"))
        }
        if kinds.contains(.siret) {
            html.add(
                TextField(
                    "siret", "Numéro SIRET", value: form["siret"], isRequired: false, isShort: true,
                    inputMode: "numeric"))
        }
    }
}

/// The answer, in one sentence then condition by condition.
struct EligibilityAnswerView: View {
    var answer: EligibilityAnswer
    var reading: CallReading

    func render(into html: inout HTML) {
        html.section(.class("verdict verdict-\(answer.outcome.rawValue)"), .role("status")) { html in
            html.h2(title)
            html.p(advice)
            html.ul(.class("plain findings")) { html in
                for finding in answer.findings {
                    html.li { html in
                        html.add(Badge(finding.outcome.label, tone(finding.outcome)))
                        html.p { $0.strong(Format.typography(finding.condition.sentence)) }
                        html.p(Format.typography(finding.evidence), .class("muted"))
                    }
                }
            }
            html.p(
                "Réponse du \(CallWords.date(answer.findings.first?.on ?? CivilDate(daysSince1970: 0))), à titre indicatif\u{202F}: "
                    + "l’organisateur vérifie sur le dossier.", .class("muted"))
        }
    }

    private var title: String {
        switch answer.outcome {
        case .satisfied: "Oui, d’après vos réponses, votre projet entre dans cet appel"
        case .unsatisfied: "Non, une condition au moins n’est pas remplie"
        case .toCheck: "Peut-être\u{202F}: il reste des points à vérifier"
        }
    }

    private var advice: String {
        switch answer.outcome {
        case .satisfied: "Lisez le règlement, puis préparez votre dossier."
        case .unsatisfied: "Regardez ci-dessous laquelle. En cas de doute, posez la question à l’organisateur."
        case .toCheck: "Complétez vos réponses, ou posez la question à l’organisateur."
        }
    }

    private func tone(_ outcome: EligibilityOutcome) -> Badge.Tone {
        switch outcome {
        case .satisfied: .good
        case .unsatisfied: .bad
        case .toCheck: .warn
        }
    }
}
