import HTTPTypes
import Maillage
import Markup

/// `/lieux/{slug}/modifier`: the sheet as a form. What was typed is never lost: problems, conflicts and added rows show it again.
enum PlaceEditPages {
    static func show(_ visit: Visit) async throws -> Answer {
        let reading = try await editable(visit)
        let fields = editableFields(reading)
        let form = SheetForm.fields(of: reading.place.sheet, fields)
        return page(
            PlaceEditView(reading: reading, fields: fields, form: form, version: reading.place.version), visit)
    }

    static func save(_ visit: Visit) async throws -> Answer {
        let reading = try await editable(visit)
        let fields = editableFields(reading)
        let version = visit.form.int("version") ?? reading.place.version
        var view = PlaceEditView(reading: reading, fields: fields, form: visit.form, version: version)
        if let group = visit.form.text(SheetFormView.addRow).flatMap(SheetField.init) {
            view.grown = group
            return page(view, visit)
        }
        if let (form, placing) = await SheetPlacing.answer(to: visit.form, visit.reception) {
            (view.form, view.placing) = (form, placing)
            return page(view, visit)
        }
        let id = reading.place.id
        let history = try await visit.read { try PlaceHistory.changes(of: id, $0) }
        let base = PlaceEditView.sheet(reading.place.sheet, before: history, at: version)
        var problems = Problems()
        let values = SheetForm.changes(in: visit.form, allowed: fields, from: base, problems: &problems)
        if !problems.isEmpty {
            view.problems = problems
            return page(view, visit)
        }
        if values.isEmpty {
            return .redirect(to: Paths.place(reading.slug), flash: FlashMessage(.information, "Rien n’a changé."))
        }
        do {
            let place = try await visit.perform(
                EditPlace(place: id, version: version, values: values, comment: visit.form["commentaire"] ?? ""))
            return .done("La fiche est enregistrée.", to: Paths.place(place.slug))
        } catch let problems as Problems {
            view.problems = problems
            return page(view, visit)
        } catch let conflict as Conflict {
            view.version = conflict.current
            view.conflicts = try await conflicts(values, base, reading, visit)
            return page(view, visit)
        }
    }

    /// The fields that both changed, with what stands now.
    private static func conflicts(
        _ values: [SheetField: SheetValue?], _ base: Sheet, _ reading: PlaceReading, _ visit: Visit
    ) async throws -> [PlaceEditView.Clash] {
        let now = try await PlaceReading.find(visit).place.sheet
        return SheetField.allCases.compactMap { field in
            guard let mine = values[field], now[field] != base[field] else { return nil }
            return PlaceEditView.Clash(
                field: field, mine: SheetWords.text(mine, of: field), theirs: SheetWords.text(now[field], of: field))
        }
    }

    /// The fields this person may change: sharing is the team's, and what is kept from them is not shown.
    private static func editableFields(_ reading: PlaceReading) -> [SheetField] {
        let hidden = reading.rights.readsPrivate ? [] : reading.place.sheet.privateFields
        return SheetField.definitions.map(\.field).filter { field in
            if hidden.contains(field) { return false }
            return reading.rights.readsPrivate || field.definition.section != .sharing
        }
    }

    private static func editable(_ visit: Visit) async throws -> PlaceReading {
        let reading = try await PlaceReading.find(visit)
        guard reading.rights.edits else {
            throw Denied("Seule l’équipe du lieu modifie cette fiche. Vous pouvez proposer une correction.")
        }
        return reading
    }

    private static func page(_ view: PlaceEditView, _ visit: Visit) -> Answer {
        var view = view
        view.tokens = FormTokens(visit)
        view.canPlace = visit.reception.geocoder.isSet
        view.account = visit.principal.account?.text ?? ""
        var head = PageHead(
            "Modifier\u{202F}: \(view.reading.name)", section: "Lieux", breadcrumbs: view.reading.crumbs("Modifier"))
        head.isIndexed = false
        head.hasErrors = !view.problems.isEmpty
        head.scripts = ["autosave.js", "counter.js", "suggest.js"]
        let status: HTTPResponse.Status =
            !view.conflicts.isEmpty ? .conflict : view.problems.isEmpty ? .ok : .unprocessableContent
        return visit.page(head, status: status, view)
    }
}

extension PlaceReading {
    func crumbs(_ current: String) -> Breadcrumbs {
        Breadcrumbs([("Lieux", Link(path: "lieux")), (name, Link(path: "lieux", slug))], current: current)
    }
}

/// The form of a sheet.
struct PlaceEditView: View {
    var reading: PlaceReading
    var fields: [SheetField]
    var form: Fields
    /// The version the person is looking at.
    var version: Int
    var problems = Problems()
    var conflicts: [Clash] = []
    var grown: SheetField?
    var placing: SheetPlacing?
    var canPlace = false
    var tokens = FormTokens.sample
    var account = ""

    /// A field that somebody else changed meanwhile.
    struct Clash: Sendable, Equatable {
        var field: SheetField
        var mine: String
        var theirs: String
    }

    /// The sheet as it stood at a version, from what stands and the changes since.
    static func sheet(_ sheet: Sheet, before history: [PlaceChange], at version: Int) -> Sheet {
        var sheet = sheet
        for change in history.sorted(by: { $0.version > $1.version }) where change.version > version {
            for field in change.fields { sheet[field.field] = field.before }
        }
        return sheet
    }

    func render(into html: inout HTML) {
        html.h1("Modifier la fiche")
        html.p(reading.name, .class("lead"))
        html.p { html in
            html.text("Les photos ont leur page\u{202F}: ")
            html.a("photos de ce lieu", .href(Paths.place(reading.slug, .photos)))
            html.text(".")
        }
        html.add(ErrorSummary(problems))
        if let placing { html.add(PlacingNotice(placing: placing)) }
        if !conflicts.isEmpty { renderConflicts(into: &html) }
        let action = Paths.place(reading.slug, .edit)
        html.postForm(
            to: Link(path: "lieux", reading.slug, "modifier"), token: tokens.token(action),
            draft: "lieu-\(reading.place.id.text)-\(account)"
        ) { html in
            html.add(HiddenField("version", String(version)))
            // The first button of a form answers the Enter key: it must not be the one that adds a row.
            html.button("Enregistrer", .type("submit"), .class("visually-hidden"), .tabindex(-1), .aria("hidden", true))
            html.add(
                SheetFormView(
                    fields: fields, form: form, problems: problems, grown: grown, placing: placing, canPlace: canPlace))
            html.add(
                TextField(
                    "commentaire", "Un mot sur ce changement", value: form["commentaire"],
                    help: "Il est gardé dans l’historique, par exemple\u{202F}: «\u{A0}nouveaux horaires d’été\u{A0}».",
                    isRequired: false,
                    maximumLength: 500))
            html.actions { html in
                html.submit("Enregistrer")
                html.a("Annuler", .href(Paths.place(reading.slug)))
            }
        }
    }

    private func renderConflicts(into html: inout HTML) {
        html.div(.class("error-summary"), .id("erreurs"), .role("alert"), .tabindex(-1)) { html in
            html.h2("La fiche a changé pendant que vous écriviez")
            html.p(
                "Rien n’est perdu\u{202F}: votre texte est toujours dans le formulaire. Comparez, corrigez, puis enregistrez à nouveau."
            )
            html.add(
                DataTable(
                    "Ce qui a changé des deux côtés", rows: conflicts, id: "conflits",
                    columns: [
                        .init("Champ") { clash, html in
                            html.a(clash.field.label, .href("#" + FieldFrame.id(of: clash.field.rawValue)))
                        },
                        .init("Votre texte") { clash, html in
                            html.paragraphs(clash.mine.isEmpty ? "(vide)" : clash.mine)
                        },
                        .init("Enregistré entre-temps") { clash, html in
                            html.paragraphs(clash.theirs.isEmpty ? "(vide)" : clash.theirs)
                        },
                    ]))
        }
    }
}
