import Maillage
import Markup

/// The form of a line: who gives, who receives, for what.
struct FundingForm: View {
    var title: String
    var action: String
    /// The version that was read; nil for a new line.
    var version: Int?
    var form: Fields
    var problems: Problems
    var tokens: FormTokens
    var funders: [Funder]
    var envelopes: [FundingEnvelope]
    var calls: [Call]
    var places: [Option]
    var reading: FundingReading?

    /// A line as its form shows it.
    static func fields(of reading: FundingReading) -> Fields {
        let facts = reading.line.facts
        var pairs: [(String, String)] = [
            ("beneficiaire", facts.beneficiary), ("siret", facts.siret), ("rna", facts.rna), ("objet", facts.object),
            ("dispositif", facts.scheme), ("forme", facts.form.rawValue), ("sert_a", facts.purpose.rawValue),
            ("annee", "\(facts.year)"), ("reference", facts.reference), ("enveloppe", facts.envelope?.text ?? ""),
            ("assiette", facts.base.map(WrittenAmount.text) ?? ""), ("lieu", facts.place?.text ?? ""),
        ]
        if facts.isPerson { pairs.append(("personne", "oui")) }
        if facts.isDeMinimis { pairs.append(("minimis", "oui")) }
        return Fields(pairs.map { Fields.Field(name: $0.0, value: $0.1) })
    }

    func render(into html: inout HTML) {
        html.h1(title)
        if let reading {
            html.p(Format.typography(reading.line.facts.object), .class("lead"))
            html.add(FundingTabs(reading: reading, path: action))
        }
        html.add(ErrorSummary(problems))
        if reading == nil, funders.isEmpty {
            html.add(
                EmptyState(
                    "Aucun financeur encore", "Inscrivez d’abord l’organisme qui finance.",
                    actions: [("Inscrire un financeur", Link(path: "financements", "financeurs"))]))
            return
        }
        html.writingForm(to: action, tokens) { html in
            if let version { html.add(HiddenField("version", "\(version)")) }
            html.group("Qui donne") { renderGiver(into: &$0) }
            html.group("Qui reçoit") { renderReceiver(into: &$0) }
            html.group("Pour quoi") { renderObject(into: &$0) }
            html.actions { $0.submit("Enregistrer") }
        }
    }

    private func renderGiver(into html: inout HTML) {
        if reading == nil {
            html.add(
                Select(
                    "financeur", "Financeur", options: funders.map { Option($0.id.text, $0.name) },
                    value: form["financeur"], error: problems.message("financeur")))
            if !calls.isEmpty {
                html.add(
                    Select(
                        "appel", "Appel", options: calls.map { Option($0.id.text, $0.title) }, value: form["appel"],
                        prompt: "Aucun", isRequired: false))
            }
        }
        html.add(
            TextField(
                "dispositif", "Dispositif", value: form["dispositif"],
                help: "Fonds, programme ou appel\u{202F}: DSIL, Fabriques…",
                error: problems.message("dispositif"), isRequired: false))
        html.add(
            Select(
                "enveloppe", "Enveloppe", options: envelopes.map { Option($0.id.text, "\($0.label) \($0.year)") },
                value: form["enveloppe"], prompt: "Aucune", error: problems.message("enveloppe"), isRequired: false))
    }

    private func renderReceiver(into html: inout HTML) {
        html.add(
            TextField(
                "beneficiaire", "Bénéficiaire", value: form["beneficiaire"],
                help: "Le nom officiel de la structure\u{202F}; pour un consortium, celui du chef de file.",
                error: problems.message("beneficiaire")))
        html.add(
            CheckBox(
                "personne", "C’est une personne, pas une structure", isChecked: form.has("personne"),
                help: "Son nom ne sera jamais publié."))
        html.add(
            TextField(
                "siret", "SIRET", value: form["siret"], error: problems.message("siret"), isRequired: false,
                isShort: true,
                inputMode: "numeric"))
        html.add(
            TextField(
                "rna", "Numéro RNA", value: form["rna"],
                help: "Pour une association sans SIRET\u{202F}: W et neuf chiffres.",
                error: problems.message("rna"), isRequired: false, isShort: true))
        html.add(
            Select(
                "lieu", "Lieu du réseau", options: places, value: form["lieu"], prompt: "Aucun",
                help: "Ses responsables liront la ligne dès que l’aide est demandée.", error: problems.message("lieu"),
                isRequired: false))
    }

    private func renderObject(into html: inout HTML) {
        html.add(
            TextField(
                "objet", "Objet de l’aide", value: form["objet"], help: "En une phrase de 256 caractères au plus.",
                error: problems.message("objet"), maximumLength: 256))
        html.add(
            TextField(
                "annee", "Année", value: form["annee"], error: problems.message("annee"), isShort: true,
                inputMode: "numeric"))
        html.add(
            Select(
                "forme", "Forme", options: FundingFacts.Form.allCases.map { Option($0.rawValue, $0.label) },
                value: form["forme"] ?? "subvention", prompt: nil))
        html.add(
            Select(
                "sert_a", "Sert à", options: FundingFacts.Purpose.allCases.map { Option($0.rawValue, $0.label) },
                value: form["sert_a"] ?? "", prompt: nil, isRequired: false))
        html.add(
            TextField(
                "assiette", "Dépenses prises en compte, en euros", value: form["assiette"],
                help: "Le taux de l’aide en est calculé.", error: problems.message("assiette"), isRequired: false,
                isShort: true, inputMode: "decimal"))
        html.add(
            CheckBox("minimis", "Aide de minimis, au sens du règlement européen", isChecked: form.has("minimis")))
        if reading != nil {
            html.add(
                TextField(
                    "reference", "Numéro de la décision", value: form["reference"],
                    error: problems.message("reference"),
                    isRequired: false))
        }
    }
}
