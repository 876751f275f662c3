import Maillage
import Markup

/// The constraints of a selection, to set.
struct SelectionRulesView: View {
    var board: DecisionBoard
    var slug: String
    var problems: Problems
    var form: Fields
    var tokens: FormTokens

    private var rules: SelectionRules {
        if let plan = board.plan { return plan.rules }
        var rules = SelectionRules()
        rules.envelope = board.call.settings.envelope.envelope
        rules.most = board.call.settings.envelope.winners
        return rules
    }

    /// What was typed, or what is kept.
    private func value(_ field: String, _ kept: String?) -> String? { form.has("contraintes") ? form[field] : kept }

    func render(into html: inout HTML) {
        html.section(.id("contraintes")) { html in
            html.h2("2. Les contraintes")
            html.writingForm(to: Paths.selectionRules(slug), tokens) { html in
                html.add(HiddenField("contraintes", "1"))
                html.add(HiddenField("vague", board.wave.id.text))
                html.add(HiddenField("version", form.text("version") ?? String(board.plan?.version ?? 0)))
                renderLimits(into: &html)
                renderQuotas(into: &html)
                renderForced(into: &html)
                html.actions { $0.submit("Enregistrer les contraintes", style: .plain) }
            }
        }
    }

    private func field(
        _ name: String, _ label: String, _ kept: String?, help: String? = nil, into html: inout HTML
    ) {
        html.add(
            TextField(
                name, label, value: value(name, kept), help: help, error: problems.message(name), isRequired: false,
                isShort: true))
    }

    private func renderLimits(into html: inout HTML) {
        let rules = rules
        field("enveloppe", "Enveloppe, en euros", rules.envelope.map(WrittenAmount.text), into: &html)
        field("nombre", "Nombre de retenus, au plus", rules.most.map(String.init), into: &html)
        field("seuil", "Note minimale", rules.threshold.map(ScoreText.words), into: &html)
        field("par_territoire", "Par territoire, au plus", rules.perTerritory.map(String.init), into: &html)
        field(
            "reserve", "Places sur la liste d’attente", rules.reserve > 0 ? String(rules.reserve) : nil, into: &html)
    }

    private func renderQuotas(into html: inout HTML) {
        html.group("Quotas") { html in
            html.p(
                "Un nombre de dossiers («\u{A0}3\u{A0}») ou un montant («\u{A0}40 000\u{A0}»), ou une part («\u{A0}50\u{A0}%\u{A0}») des "
                    + "retenus ou de l’argent, et l’étiquette comptée. Une part de l’argent se cherche sur les montants minimums, et tient "
                    + "aussi sur les montants proposés.")
            for index in 1...SelectionRulesForm.quotas {
                let quota = index <= rules.quotas.count ? rules.quotas[index - 1] : nil
                let name = "quota-\(index)"
                html.div(.class("row")) { html in
                    html.add(
                        Select(
                            name + "-sens", "Quota \(index)",
                            options: [Option("au_moins", "Au moins"), Option("au_plus", "Au plus")],
                            value: value(name + "-sens", quota?.sense.rawValue), prompt: nil, isRequired: false))
                    html.add(
                        Select(
                            name + "-quoi", "De quoi (quota \(index))",
                            options: [Option("dossiers", "Dossiers"), Option("argent", "Argent")],
                            value: value(name + "-quoi", quota.map { $0.isMoney ? "argent" : "dossiers" }), prompt: nil,
                            isRequired: false))
                    field(name, "Combien (quota \(index))", quota.map(words), into: &html)
                    field(name + "-etiquette", "Étiquette (quota \(index))", quota?.tag, into: &html)
                }
            }
        }
    }

    private func words(_ quota: SelectionRules.Quota) -> String {
        if quota.isShare { return WrittenAmount.text(quota.value) + " %" }
        return quota.isMoney ? WrittenAmount.text(quota.value) : String(quota.value)
    }

    private func renderForced(into html: inout HTML) {
        let rules = rules
        func numbers(_ list: [Int]) -> String { list.map(String.init).joined(separator: ", ") }
        html.group("Retenus ou écartés d’office") { html in
            field(
                "retenus", "Retenus d’office", numbers(rules.included), help: "Numéros de récépissés.", into: &html)
            field("ecartes", "Écartés d’office", numbers(rules.excluded), into: &html)
            html.add(
                TextArea(
                    "motif", "Pourquoi", value: value("motif", rules.reason), error: problems.message("motif"),
                    isRequired: false, rows: 2))
        }
    }
}
