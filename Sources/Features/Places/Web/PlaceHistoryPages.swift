import Maillage
import Markup

/// `/lieux/{slug}/historique`: who changed what, when, from which source; and a button to put back.
enum PlaceHistoryPages {
    static func show(_ visit: Visit) async throws -> Answer {
        let reading = try await PlaceReading.find(visit)
        guard reading.rights.edits else { throw Denied("L’historique se lit par ceux qui tiennent la fiche.") }
        let id = reading.place.id
        let (changes, names, photos) = try await visit.read { reader in
            let changes = try PlaceHistory.changes(of: id, reader)
            let actors = Set(changes.compactMap { $0.actor.map { Account.ID($0.number) } })
            return (
                changes, try AccountStore.names(actors.sorted(), reader),
                try PlacePhotoStore.presence(of: id, reader)
            )
        }
        var head = PageHead(
            "Historique\u{202F}: \(reading.name)", section: "Lieux", breadcrumbs: reading.crumbs("Historique"))
        head.isIndexed = false
        return visit.page(
            head,
            PlaceHistoryView(
                reading: reading, changes: changes, names: names, photos: photos, tokens: FormTokens(visit)))
    }

    static func undo(_ visit: Visit) async throws -> Answer {
        let reading = try await PlaceReading.find(visit)
        let change = try visit.identifier("change", of: PlaceChange.ID.self)
        do {
            _ = try await visit.perform(UndoPlaceChange(place: reading.place.id, change: change))
            return .done("Le changement est annulé.", to: Paths.place(reading.slug, .history))
        } catch let problems as Problems {
            let words = problems.list.first?.message ?? "Ce changement ne peut pas être annulé."
            return .redirect(to: Paths.place(reading.slug, .history), flash: FlashMessage(.error, words))
        }
    }
}

struct PlaceHistoryView: View {
    var reading: PlaceReading
    var changes: [PlaceChange]
    var names: [Account.ID: String]
    /// The photos that are not erased, with the moment when they were removed.
    var photos: [PlacePhoto.ID: Instant?] = [:]
    var tokens: FormTokens

    func render(into html: inout HTML) {
        html.h1("Historique")
        html.p(reading.name, .class("lead"))
        html.ol(.class("timeline")) { html in
            for change in changes { html.li { render(change, into: &$0) } }
        }
    }

    private func render(_ change: PlaceChange, into html: inout HTML) {
        html.time(Format.moment(change.at), .datetime(Format.machine(change.at)))
        html.p { html in
            html.strong(change.kind.label)
            html.text(", \(who(change))")
            if !change.comment.isEmpty, ![.proposal, .merge].contains(change.kind) {
                html.text("\u{202F}: «\u{A0}\(change.comment)\u{A0}»")
            }
        }
        let fields = change.fields.filter {
            reading.rights.readsPrivate || !reading.place.sheet.privateFields.contains($0.field)
        }
        if !fields.isEmpty {
            html.details { html in
                html.summary(fields.map(\.field.label).joined(separator: ", "))
                html.add(FieldComparison(changes: fields, version: change.version))
            }
        }
        if canUndo(change) {
            html.writingButton("Annuler ce changement", to: Paths.undo(reading.slug, change.id), tokens)
        }
    }

    /// Offered where it would work: nothing it touched has changed since.
    private func canUndo(_ change: PlaceChange) -> Bool {
        if let photo = change.photo {
            guard let removed = photos[photo] else { return false }
            return change.kind == .photoAdded && removed == nil || change.kind == .photoRemoved && removed != nil
        }
        return !change.fields.isEmpty && change.kind != .merge
            && change.fields.allSatisfy { reading.place.sheet[$0.field] == $0.after }
    }

    private func who(_ change: PlaceChange) -> String {
        if change.source != Origin.person { return SheetWords.source(change.source) }
        return change.actor.flatMap { names[Account.ID($0.number)] }.map { "par \($0)" } ?? "par le réseau"
    }
}

/// Values before and after, field by field.
struct FieldComparison: View {
    var changes: [PlaceChange.FieldChange]
    var version: Int

    func render(into html: inout HTML) {
        html.add(
            DataTable(
                "Ce qui change à la version \(version)", rows: changes, id: "version-\(version)",
                columns: [
                    .init("Champ") { $0.field.label },
                    .init("Avant") { change, html in Self.write(change.before, change.field, &html) },
                    .init("Après") { change, html in Self.write(change.after, change.field, &html) },
                ]))
    }

    static func write(_ value: SheetValue?, _ field: SheetField, _ html: inout HTML) {
        let text = SheetWords.text(value, of: field)
        if text.isEmpty { html.span("(vide)", .class("muted")) } else { html.paragraphs(text) }
    }
}
