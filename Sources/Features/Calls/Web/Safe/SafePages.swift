import Exchange
import Forms
import HTTPTypes
import Maillage
import Markup

/// `/lieux/{slug}/coffre`: the documents of the structure that carries a place, for those who answer for it alone.
enum SafePages {
    /// One document at a time, and what a form adds around it; a larger one is read to its end, to be told what is wrong.
    static let bodyLimit = 64 << 20

    static func show(_ visit: Visit) async throws -> Answer {
        page(visit, try await view(visit))
    }

    static func add(_ visit: Visit) async throws -> Answer {
        guard let upload = visit.upload else { throw Missing() }
        var begun: (view: SafeView, arrival: DocumentArrival)?
        do {
            try await upload.read { event in
                if begun == nil {
                    begun = (
                        try await Self.view(visit),
                        DocumentArrival(
                            AttachmentIntake(vault: visit.reception.photos.vault), accepted: FileFamily.allCases,
                            longest: SafeLimits.longest, mostFiles: 1, room: SafeLimits.mostBytes)
                    )
                }
                try await begun?.arrival.take(event)
            }
        } catch {
            await begun?.arrival.discard()
            throw error
        }
        guard let (shown, arrival) = begun else { throw Malformed() }
        var view = shown
        view.form = arrival.fields
        for refusal in arrival.refusals { view.problems.add("fichier", refusal) }
        do {
            let dates = try typedDates(view.form)
            let replaced = view.form.text("remplace").flatMap { SafeDocument.ID(text: $0) }
            guard view.problems.isEmpty else { return page(visit, view) }
            let added = try await visit.perform(
                AddSafeDocument(
                    place: view.reading.place.id, kind: view.form.text("nature").flatMap(SafeDocument.Kind.init),
                    file: arrival.kept.first, datedOn: dates.datedOn, validUntil: dates.validUntil,
                    replacing: replaced))
            return .done(
                "\(AttachmentWords.quoted(added.name)) est au coffre.", to: Paths.safe(view.reading.slug))
        } catch let problems as Problems {
            for problem in problems.list { view.problems.add(problem.field, problem.message) }
            return page(visit, view)
        }
    }

    static func edit(_ visit: Visit) async throws -> Answer {
        var view = try await view(visit)
        let id = try document(visit, view).id
        do {
            let suffix = SafeView.suffix(id)
            let dates = try typedDates(visit.form, suffix)
            try await visit.perform(
                EditSafeDocument(
                    document: id, kind: visit.form.text("nature" + suffix).flatMap(SafeDocument.Kind.init),
                    datedOn: dates.datedOn, validUntil: dates.validUntil))
            return .done("C’est enregistré.", to: Paths.safe(view.reading.slug))
        } catch let problems as Problems {
            view.problems = Problems()
            for problem in problems.list { view.problems.add("", problem.message) }
            view.opened = id
            return page(visit, view)
        }
    }

    static func remove(_ visit: Visit) async throws -> Answer {
        let view = try await view(visit)
        let found = try document(visit, view)
        try await visit.perform(RemoveSafeDocument(document: found.id))
        return .done(
            "\(AttachmentWords.quoted(found.name)) est retiré du coffre. Les candidatures qui le contiennent le gardent.",
            to: Paths.safe(view.reading.slug))
    }

    static func download(_ visit: Visit) async throws -> Answer {
        let found = try document(visit, try await view(visit))
        return try await DocumentDownload.answer(found.digest, found.family, named: found.name, visit)
    }

    private static func typedDates(
        _ form: Fields, _ suffix: String = ""
    ) throws -> (datedOn: CivilDate?, validUntil: CivilDate?) {
        var problems = Problems()
        var found: [String: CivilDate] = [:]
        for field in ["date", "validite"] {
            guard let text = form.text(field + suffix) else { continue }
            if let day = CivilDate(iso: text) {
                found[field] = day
            } else {
                problems.add(field, "Écrivez la date ainsi\u{202F}: 2026-10-16.")
            }
        }
        try problems.throwIfAny()
        return (found["date"], found["validite"])
    }

    private static func document(_ visit: Visit, _ view: SafeView) throws -> SafeDocument {
        let id = try visit.identifier("document", of: SafeDocument.ID.self)
        guard let found = view.documents.first(where: { $0.id == id }) else { throw Missing() }
        return found
    }

    private static func view(_ visit: Visit) async throws -> SafeView {
        let reading = try await PlaceReading.find(visit)
        let (principal, place) = (visit.principal, reading.place.id)
        guard SafeRights.keeps(principal, place) else {
            throw Denied("Le coffre d’un lieu ne s’ouvre qu’aux personnes qui en répondent.")
        }
        let documents = try await visit.read { try SafeDocumentStore.documents(principal, of: [place], $0) }
        return SafeView(
            reading: reading, documents: documents, today: CivilZone.paris.local(visit.now.microseconds).date,
            tokens: FormTokens(visit))
    }

    private static func page(_ visit: Visit, _ view: SafeView) -> Answer {
        var head = PageHead(
            "Coffre à documents\u{202F}: \(view.reading.name)", section: "Lieux",
            breadcrumbs: view.reading.crumbs("Coffre à documents"))
        head.isIndexed = false
        head.hasErrors = !view.problems.isEmpty
        return visit.page(head, status: view.problems.isEmpty ? .ok : .unprocessableContent, view)
    }
}
