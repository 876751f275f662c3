import Exchange
import Maillage
import Markup

/// Waves and milestones. A limit is typed as people write it; when it may be read in several ways, they are offered.
struct CallCalendarFields: View {
    var form: Fields
    var problems: Problems
    var readings: [Int: [DeadlineReading]]
    var grown: String?
    /// Limits of published waves are shown, and not changed here.
    var isPublished: Bool
    var call: Call

    func render(into html: inout HTML) {
        html.add(
            CheckBox(
                "permanent", "Appel permanent, étudié par vagues", isChecked: form.has("permanent"),
                error: problems.message("permanent")))
        if let error = problems.message("vagues") { html.p(error, .class("error")) }
        html.add(
            CallRowsView(
                "vague", "Dépôt des dossiers",
                help: "Une ligne pour un appel ordinaire\u{202F}; une par vague pour un appel permanent.", form: form,
                grown: grown
            ) { rank, name, html in renderWave(rank, name, into: &html) })
        html.add(
            CallRowsView(
                "date", "Autres dates", help: "Réunion d’information, fin des questions, comité, résultats…",
                form: form,
                grown: grown
            ) { _, name, html in renderDate(name, into: &html) })
    }

    private func renderWave(_ rank: Int, _ name: String, into html: inout HTML) {
        let known = form.text(name + "id").flatMap { CallWave.ID(text: $0) }.flatMap { call.wave($0) }
        if let known { html.add(HiddenField(name + "id", known.id.text)) }
        html.add(
            TextField(
                name + "libelle", "Nom de la vague", value: form[name + "libelle"],
                help: rank == 0 ? "Inutile s’il n’y en a qu’une." : nil, error: problems.message(name + "libelle"),
                isRequired: false))
        if isPublished, let known {
            html.add(HiddenField(name + "limite", known.words))
            html.add(HiddenField(name + "fuseau", known.zone))
            html.p { html in
                html.strong("Limite\u{202F}: ")
                html.text(known.deadlineWords + ". ")
                html.a("La repousser", .href(Paths.call(call.slug, .extend)))
            }
        } else {
            html.add(
                TextField(
                    name + "limite", "Date et heure limites, comme vous l’écririez", value: form[name + "limite"],
                    help:
                        "Par exemple\u{202F}: avant le vendredi 16 octobre à minuit\u{202F}; au plus tard le 30 à 12 h.",
                    error: problems.message(name + "limite"), isRequired: rank == 0))
            renderReadings(rank, name, into: &html)
            if let known { html.p("Aujourd’hui\u{202F}: \(known.deadlineWords).", .class("help")) }
            html.add(
                Select(
                    name + "fuseau", "À l’heure de", options: Self.zones,
                    value: form[name + "fuseau"] ?? "Europe/Paris",
                    prompt: nil, error: problems.message(name + "fuseau"), isRequired: false))
        }
        html.add(
            DateField(
                name + "ouverture", "Ouverture du dépôt", value: form[name + "ouverture"],
                help: "Vide\u{202F}: dès la publication.", error: problems.message(name + "ouverture"),
                isRequired: false,
                withTime: true))
    }

    private func renderReadings(_ rank: Int, _ name: String, into html: inout HTML) {
        guard let found = readings[rank], found.count > 1 else { return }
        html.add(
            Choice(
                name + "lecture", "Vous voulez dire",
                options: found.map { reading in
                    Option(
                        reading.deadline.machineWords, reading.sentence,
                        help: ([reading.explanation] + reading.remarks).joined(separator: " "))
                }, value: form[name + "lecture"]))
    }

    private func renderDate(_ name: String, into html: inout HTML) {
        html.div(.class("inline")) { html in
            html.add(
                Select(
                    name + "genre", "Quoi", options: CallMilestone.Kind.allCases.map { Option($0.rawValue, $0.label) },
                    value: form[name + "genre"], prompt: nil, isRequired: false))
            html.add(
                TextField(
                    name + "libelle", "Autre nom", value: form[name + "libelle"],
                    error: problems.message(name + "libelle"), isRequired: false))
        }
        html.div(.class("inline")) { html in
            html.add(
                DateField(
                    name + "jour", "Jour et heure", value: form[name + "jour"], error: problems.message(name + "jour"),
                    isRequired: false, withTime: true))
            html.add(
                TextField(
                    name + "periode", "Ou la période", value: form[name + "periode"],
                    error: problems.message(name + "periode"), isRequired: false))
        }
        html.div(.class("inline")) { html in
            html.add(
                TextField(
                    name + "lieu", "Lieu", value: form[name + "lieu"], error: problems.message(name + "lieu"),
                    isRequired: false))
            html.add(
                TextField(
                    name + "lien", "Adresse d’une visioconférence ou d’une page", value: form[name + "lien"],
                    error: problems.message(name + "lien"), isRequired: false, kind: .url))
        }
    }

    static let zones: [Option] = [
        Option("Europe/Paris", "Paris"), Option("America/Guadeloupe", "Guadeloupe"),
        Option("America/Martinique", "Martinique"), Option("America/Cayenne", "Guyane"),
        Option("Indian/Reunion", "La Réunion"), Option("Indian/Mayotte", "Mayotte"),
        Option("America/Miquelon", "Saint-Pierre-et-Miquelon"), Option("Pacific/Noumea", "Nouvelle-Calédonie"),
        Option("Pacific/Wallis", "Wallis-et-Futuna"), Option("Pacific/Tahiti", "Tahiti"),
        Option("Pacific/Marquesas", "Îles Marquises"),
    ]
}
