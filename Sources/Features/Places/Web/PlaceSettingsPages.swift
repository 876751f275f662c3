import HTTPTypes
import Maillage
import Markup

/// `/lieux/{slug}/reglages`: visibility, circles, address, publication, merge; each a form of its own.
enum PlaceSettingsPages {
    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit, Problems())
    }

    static func visibility(_ visit: Visit) async throws -> Answer {
        try await act(visit, "La visibilité est enregistrée.") { reading in
            guard let visibility = visit.form.text("visibilite").flatMap(Place.Visibility.init) else {
                throw Problems("visibilite", "Choisissez qui peut voir la fiche.")
            }
            try await visit.perform(SetPlaceVisibility(place: reading.place.id, visibility: visibility))
            return reading.slug
        }
    }

    static func circles(_ visit: Visit) async throws -> Answer {
        try await act(visit, "Les cercles sont enregistrés.") { reading in
            var circles = visit.form.values("cercle").prefix(50).compactMap { Circle.ID(text: $0) }
            // The main circle comes first; it is one of those chosen.
            if let main = visit.form.text("principal").flatMap({ Circle.ID(text: $0) }),
                let index = circles.firstIndex(of: main)
            {
                circles.swapAt(0, index)
            }
            try await visit.perform(SetPlaceCircles(place: reading.place.id, circles: circles))
            return reading.slug
        }
    }

    static func address(_ visit: Visit) async throws -> Answer {
        try await act(visit, "L’adresse de la page a changé\u{202F}; l’ancienne continue d’y mener.") { reading in
            try await visit.perform(RenamePlaceAddress(place: reading.place.id, slug: visit.form.text("adresse") ?? ""))
        }
    }

    static func state(_ visit: Visit) async throws -> Answer {
        let publishes = visit.form.text("etat") == "publier"
        return try await act(visit, publishes ? "La fiche est publiée." : "La fiche est dépubliée.") { reading in
            try await visit.perform(
                SetPlaceState(place: reading.place.id, isPublished: publishes, reason: visit.form["motif"] ?? ""))
            return reading.slug
        }
    }

    static func merge(_ visit: Visit) async throws -> Answer {
        try await act(visit, "Les deux fiches n’en font plus qu’une\u{202F}; l’ancienne adresse mène ici.") { reading in
            let typed = visit.form.text("lieu") ?? ""
            let slug = String(typed.split(separator: "/").last ?? "")
            let principal = visit.principal
            guard let other = try await visit.read({ try PlaceStore.place(principal, slug: slug, $0) }) else {
                throw Problems("lieu", "Aucune fiche n’a cette adresse.")
            }
            guard visit.form.has("sur") else {
                throw Problems("sur", "Confirmez la réunion de «\u{A0}\(other.sheet.name)\u{A0}» à cette fiche.")
            }
            try await visit.perform(MergePlaces(kept: reading.place.id, merged: other.id))
            return reading.slug
        }
    }

    private static func act(
        _ visit: Visit, _ words: String, _ body: (PlaceReading) async throws -> String
    ) async throws -> Answer {
        let reading = try await PlaceReading.find(visit)
        do {
            return .done(words, to: Paths.place(try await body(reading)))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    private static func page(_ visit: Visit, _ problems: Problems) async throws -> Answer {
        let reading = try await PlaceReading.find(visit)
        guard reading.rights.manages || reading.rights.moderates else {
            throw Denied("Cela revient à la personne responsable du lieu ou à la coordination.")
        }
        let circles = try await visit.read { try CircleStore.all($0) }
        let view = PlaceSettingsView(
            reading: reading, circles: circles, form: visit.form, problems: problems, tokens: FormTokens(visit))
        var head = PageHead(
            "Réglages\u{202F}: \(reading.name)", section: "Lieux", breadcrumbs: reading.crumbs("Réglages"))
        head.isIndexed = false
        head.hasErrors = !problems.isEmpty
        return visit.page(head, status: problems.isEmpty ? .ok : .unprocessableContent, view)
    }
}

struct PlaceSettingsView: View {
    var reading: PlaceReading
    var circles: [Circle]
    var form: Fields
    var problems: Problems
    var tokens: FormTokens

    private var slug: String { reading.slug }

    func render(into html: inout HTML) {
        html.h1("Réglages de la fiche")
        html.p(reading.name, .class("lead"))
        html.add(ErrorSummary(problems))
        if reading.rights.moderates { renderState(into: &html) }
        if reading.rights.manages {
            renderVisibility(into: &html)
            renderCircles(into: &html)
            renderAddress(into: &html)
        }
        if reading.rights.moderates { renderMerge(into: &html) }
    }

    private func renderState(into html: inout HTML) {
        html.section { html in
            html.h2("Publication")
            html.p("La fiche est aujourd’hui\u{202F}: \(reading.place.state.label.lowercased()).")
            html.writingForm(to: Paths.place(slug, .state), tokens) { html in
                if reading.place.state == .published {
                    html.add(HiddenField("etat", "depublier"))
                    html.add(
                        TextField(
                            "motif", "Pourquoi la retirer", value: form["motif"], help: "L’équipe du lieu le lira.",
                            error: problems.message("motif"), maximumLength: 500))
                    html.submit("Dépublier", style: .danger)
                } else {
                    html.add(HiddenField("etat", "publier"))
                    html.submit("Publier la fiche")
                }
            }
        }
    }

    private func renderVisibility(into html: inout HTML) {
        html.section { html in
            html.h2("Qui peut voir cette fiche")
            html.writingForm(to: Paths.place(slug, .visibility), tokens) { html in
                html.add(
                    Choice(
                        "visibilite", "Visibilité",
                        options: Place.Visibility.allCases.reversed().map {
                            Option($0.rawValue, Format.typography($0.label))
                        },
                        value: form.text("visibilite") ?? reading.place.visibility.rawValue,
                        error: problems.message("visibilite")))
                html.submit("Enregistrer la visibilité", style: .plain)
            }
        }
    }

    private func renderCircles(into html: inout HTML) {
        guard !circles.isEmpty else { return }
        html.section { html in
            html.h2("Cercles")
            html.writingForm(to: Paths.place(slug, .circles), tokens) { html in
                html.add(
                    CheckList(
                        "cercle", "Ce lieu est de ces cercles", options: circles.map { Option($0.id.text, $0.name) },
                        values: Set(reading.circles.map(\.id.text)), error: problems.message("cercles")))
                html.add(
                    Select(
                        "principal", "Cercle principal", options: circles.map { Option($0.id.text, $0.name) },
                        value: reading.circles.first?.id.text, prompt: "Le premier coché", isRequired: false))
                html.submit("Enregistrer les cercles", style: .plain)
            }
        }
    }

    private func renderAddress(into html: inout HTML) {
        html.section { html in
            html.h2("Adresse de la page")
            html.writingForm(to: Paths.place(slug, .address), tokens) { html in
                html.add(
                    TextField(
                        "adresse", "La fin de l’adresse", value: form["adresse"] ?? slug,
                        help: "Des mots séparés par des tirets. L’ancienne adresse continuera de mener ici.",
                        error: problems.message("adresse"), maximumLength: 70))
                html.submit("Changer l’adresse", style: .plain)
            }
        }
    }

    private func renderMerge(into html: inout HTML) {
        html.section { html in
            html.h2("Réunir deux fiches du même lieu")
            html.p(
                "Cette fiche est gardée\u{202F}: elle prend à l’autre ce qui lui manque, et l’adresse de l’autre mène ici."
            )
            html.writingForm(to: Paths.place(slug, .merge), tokens) { html in
                html.add(
                    TextField(
                        "lieu", "Adresse de l’autre fiche", value: form["lieu"],
                        help: "Par exemple\u{202F}: /lieux/le-grand-tri.",
                        error: problems.message("lieu")))
                html.add(
                    CheckBox(
                        "sur", "C’est bien le même lieu", isChecked: form.has("sur"), error: problems.message("sur")))
                html.submit("Réunir les fiches", style: .danger)
            }
        }
    }
}
