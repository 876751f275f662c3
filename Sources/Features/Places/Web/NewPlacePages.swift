import HTTPTypes
import Maillage
import Markup

/// `/lieux/nouveau`: declare a place or a project. Places that might be the same are shown before anything is created.
enum NewPlacePages {
    static let fields: [SheetField] = [
        .name, .maturity, .summary, .families, .sites, .hours, .services, .structure, .siret, .email, .phone, .website,
    ]

    static func show(_ visit: Visit) async throws -> Answer {
        let stage = visit.query.text("etape").flatMap(Maturity.init) ?? .open
        let form = Fields([Fields.Field(name: SheetField.maturity.rawValue, value: stage.rawValue)])
        return try await page(NewPlaceView(form: form), visit)
    }

    static func create(_ visit: Visit) async throws -> Answer {
        var view = NewPlaceView(form: visit.form)
        if let group = visit.form.text(SheetFormView.addRow).flatMap(SheetField.init) {
            view.grown = group
            return try await page(view, visit)
        }
        if let (form, placing) = await SheetPlacing.answer(to: visit.form, visit.reception) {
            (view.form, view.placing) = (form, placing)
            return try await page(view, visit)
        }
        var problems = Problems()
        let changes = SheetForm.changes(in: visit.form, allowed: fields, from: Sheet(), problems: &problems)
        if !problems.isEmpty {
            view.problems = problems
            return try await page(view, visit)
        }
        let values = changes.compactMapValues { $0 }
        if !visit.form.has("confirme") {
            view.alike = try await alike(values, visit)
            if !view.alike.isEmpty { return try await page(view, visit) }
        }
        do {
            let place = try await visit.perform(
                CreatePlace(
                    values: values,
                    visibility: visit.form.text("visibilite").flatMap(Place.Visibility.init) ?? .everyone,
                    circles: visit.form.values("cercle").prefix(20).compactMap { Circle.ID(text: $0)?.number }))
            let words =
                place.state == .published
                ? "La fiche est publiée."
                : "Merci\u{202F}! La fiche est créée\u{202F}: la coordination va la relire et la publier."
            return .done(words, to: Paths.place(place.slug))
        } catch let problems as Problems {
            view.problems = problems
            return try await page(view, visit)
        }
    }

    /// Places of nearly the same name, in the same commune when it is known, and those of the same SIRET.
    private static func alike(_ values: [SheetField: SheetValue], _ visit: Visit) async throws -> [PlaceCard] {
        let name = values[.name]?.text ?? ""
        let site = values[.sites]?.rows?.first ?? [:]
        let commune = visit.reception.gazetteer.present.resolve(
            name: site["commune_nom"] ?? "", postalCode: site["code_postal"] ?? "", code: site["commune"] ?? ""
        ).commune
        var query = PlaceQuery()
        query.text = name
        query.limit = 5
        query.near = commune?.centre
        query.radius = commune?.centre == nil ? nil : 20_000
        var found =
            name.isEmpty
            ? [] : visit.reception.directory.find(query, for: visit.principal, withFacets: false).found.map(\.card)
        if let siret = values[.siret]?.text, !siret.isEmpty {
            let principal = visit.principal
            let same = try await visit.read {
                try PlaceStore.ids(principal, siret: siret.filter { !$0.isWhitespace }, $0)
            }
            let known = Set(found.map(\.id))
            found = visit.reception.directory.cards(same.filter { !known.contains($0) }, for: principal) + found
        }
        return found
    }

    private static func page(_ view: NewPlaceView, _ visit: Visit) async throws -> Answer {
        var view = view
        view.circles = try await visit.read { try CircleStore.all($0) }
        view.tokens = FormTokens(visit)
        view.canPlace = visit.reception.geocoder.isSet
        view.account = visit.principal.account?.text ?? ""
        view.publishes = PlaceRights.mayModerate(visit.principal)
        var head = PageHead(
            "Déclarer un lieu ou un projet", section: "Lieux",
            breadcrumbs: Breadcrumbs([("Lieux", Link(path: "lieux"))], current: "Déclarer un lieu ou un projet"))
        head.isIndexed = false
        head.hasErrors = !view.problems.isEmpty
        head.scripts = ["autosave.js", "counter.js", "suggest.js"]
        return visit.page(head, status: view.problems.isEmpty ? .ok : .unprocessableContent, view)
    }
}

/// The short form by which a place enters the network.
struct NewPlaceView: View {
    var form: Fields
    var problems = Problems()
    var alike: [PlaceCard] = []
    var circles: [Circle] = []
    var grown: SheetField?
    var placing: SheetPlacing?
    var canPlace = false
    var publishes = false
    var tokens = FormTokens.sample
    var account = ""

    func render(into html: inout HTML) {
        html.h1("Déclarer un lieu ou un projet")
        html.p(
            publishes
                ? "La fiche sera publiée tout de suite."
                : "Un nom suffit pour commencer. Vous seul et la coordination verrez la fiche jusqu’à sa publication, et vous pourrez la "
                    + "compléter à tout moment.", .class("lead"))
        html.add(ErrorSummary(problems))
        if let placing { html.add(PlacingNotice(placing: placing)) }
        html.postForm(
            to: Link(path: "lieux", "nouveau"), token: tokens.token(Paths.newPlace), draft: "lieu-nouveau-\(account)"
        ) { html in
            html.button(
                "Créer la fiche", .type("submit"), .class("visually-hidden"), .tabindex(-1), .aria("hidden", true))
            if !alike.isEmpty { renderAlike(into: &html) }
            html.add(
                SheetFormView(
                    fields: NewPlacePages.fields, form: form, problems: problems, grown: grown, placing: placing,
                    canPlace: canPlace))
            html.group("Qui peut voir cette fiche") { html in
                html.add(
                    Choice(
                        "visibilite", "Visibilité",
                        options: Place.Visibility.allCases.reversed().map {
                            Option($0.rawValue, Format.typography($0.label))
                        },
                        value: form.text("visibilite") ?? Place.Visibility.everyone.rawValue,
                        help: "Un projet peut rester discret tant qu’il le faut."))
                if !circles.isEmpty {
                    html.add(
                        CheckList(
                            "cercle", "Cercles", options: circles.map { Option($0.id.text, $0.name) },
                            values: Set(form.values("cercle")), error: problems.message("cercle")))
                }
            }
            html.actions { html in
                html.submit("Créer la fiche")
                html.a("Annuler", .href(Paths.places))
            }
        }
    }

    private func renderAlike(into html: inout HTML) {
        html.div(.class("flash flash-warning"), .role("alert")) { html in
            html.h2("Ce lieu est-il déjà dans le réseau\u{202F}?")
            html.p(
                "Nous en connaissons qui lui ressemblent. Si c’est l’un d’eux, ouvrez sa fiche\u{202F}: vous pourrez la corriger."
            )
            html.ul { html in
                for card in alike {
                    html.li { html in
                        html.a(card.name, .href(Paths.place(card.slug)))
                        html.text(" – \(card.postalCode) \(card.communeName)")
                    }
                }
            }
            html.add(CheckBox("confirme", "Aucun de ceux-là\u{202F}: c’est un autre lieu"))
        }
    }
}
