import Exchange
import Forms
import HTTPTypes
import Maillage
import Markup

/// `/candidatures/{id}/complements/{request}`: the questions that are reopened, and nothing else of the dossier.
enum PiecesPages {
    static func show(_ visit: Visit) async throws -> Answer {
        page(visit, PiecesView(reading: try await reading(visit), tokens: FormTokens(visit)))
    }

    static func save(_ visit: Visit) async throws -> Answer {
        let reading = try await reading(visit)
        var view = PiecesView(reading: reading, tokens: FormTokens(visit))
        view.typed = visit.form
        do {
            let saved = try await visit.perform(
                SavePieces(
                    request: reading.request.id, version: visit.form.int("version") ?? 0,
                    fields: CandidacySectionPages.fields(of: visit.form), shelf: visit.reception.forms))
            // What was just typed is sent, never what was there before.
            if visit.form["suite"] == "envoyer" { return try await send(visit, version: saved.version) }
            if let key = AttachmentControl.question(in: visit.form["suite"]) {
                return .redirect(to: Paths.pieces(saved) + "#" + PiecesView.anchor(of: key))
            }
            if let group = visit.form.text(QuestionRows.add) {
                let key = String(group.prefix { $0 != "." })
                return .redirect(
                    to: Paths.path(
                        "candidatures", saved.candidacy.text, "complements", saved.id.text, query: [("ligne", key)])
                        + "#" + QuestionField.anchor(of: key))
            }
            return .done("C’est enregistré. Il reste à l’envoyer.", to: Paths.pieces(saved))
        } catch let problems as Problems {
            view.problems = problems
            return page(visit, view)
        } catch is Conflict {
            return stale(visit, view, try await self.reading(visit))
        }
    }

    static func send(_ visit: Visit) async throws -> Answer {
        try await send(visit, version: visit.form.int("version") ?? 0)
    }

    private static func send(_ visit: Visit, version: Int) async throws -> Answer {
        let reading = try await reading(visit)
        var view = PiecesView(reading: reading, tokens: FormTokens(visit))
        do {
            let sent = try await visit.perform(
                SendPieces(
                    request: reading.request.id, version: version, head: visit.head,
                    shelf: visit.reception.forms))
            return .done("Vos compléments sont envoyés. Merci.", to: Paths.followUp(sent.candidacy))
        } catch let problems as Problems {
            view.problems = problems
            view.showsProblems = true
            return page(visit, view)
        } catch is Conflict {
            return stale(visit, view, try await self.reading(visit))
        }
    }

    private static func stale(_ visit: Visit, _ view: PiecesView, _ fresh: PiecesReading) -> Answer {
        var view = view
        view.reading = fresh
        view.problems = Problems(
            "", "Quelqu’un a écrit entre-temps\u{202F}: relisez ces réponses, puis enregistrez à nouveau.")
        return page(visit, view)
    }

    static func reading(_ visit: Visit) async throws -> PiecesReading {
        let id = try visit.identifier("id", of: Candidacy.ID.self)
        let request = try visit.identifier("request", of: PiecesRequest.ID.self)
        let (principal, now, shelf) = (visit.principal, visit.now, visit.reception.forms)
        return try await visit.read {
            try PiecesReading.own(principal, request, of: id, at: now, shelf: shelf, $0)
        }
    }

    static func page(_ visit: Visit, _ view: PiecesView) -> Answer {
        var view = view
        view.grown = visit.query.text("ligne")
        var head = CandidacyCrumbs.head("Compléments", view.reading.candidacy, hasErrors: !view.problems.isEmpty)
        head.scripts = ["counter.js", "suggest.js", "documents.js"]
        return visit.page(head, status: view.problems.isEmpty ? .ok : .unprocessableContent, view)
    }
}

/// `/candidatures/{id}/complements/{request}/pieces/{question}`: the documents of a reopened question; no script is needed.
enum PiecesFilePages {
    static let bodyLimit = 120 << 20

    static func attach(_ visit: Visit) async throws -> Answer {
        guard let upload = visit.upload else { throw Missing() }
        var begun: (reading: PiecesReading, key: String, arrival: DocumentArrival)?
        do {
            // Nothing is handed over before the form is found ours; only then is the request looked for.
            try await upload.read { event in
                if begun == nil { begun = try await begin(visit) }
                try await begun?.arrival.take(event)
            }
        } catch {
            await begun?.arrival.discard()
            throw error
        }
        guard let (reading, key, arrival) = begun else { throw Malformed() }
        var problems = Problems()
        for refusal in arrival.refusals { problems.add(key, refusal) }
        var fresh = reading
        if !arrival.kept.isEmpty || arrival.refusals.isEmpty {
            do {
                let saved = try await visit.perform(
                    AttachPieces(
                        request: reading.request.id, question: key, files: arrival.kept, shelf: visit.reception.forms))
                if problems.isEmpty {
                    return .done("Le document est joint.", to: Paths.pieces(saved) + "#" + PiecesView.anchor(of: key))
                }
                fresh = try await PiecesPages.reading(visit)
            } catch let wrong as Problems {
                for problem in wrong.list { problems.add(problem.field, problem.message) }
            }
        }
        return PiecesPages.page(visit, PiecesView(reading: fresh, problems: problems, tokens: FormTokens(visit)))
    }

    static func remove(_ visit: Visit) async throws -> Answer {
        let reading = try await PiecesPages.reading(visit)
        let key = try visit.parameter("question")
        guard let file = visit.form.text("fichier").flatMap({ CandidacyFile.ID(text: $0) }) else { throw Missing() }
        do {
            let saved = try await visit.perform(
                AttachPieces(request: reading.request.id, question: key, removed: file, shelf: visit.reception.forms))
            return .done("Le document est retiré.", to: Paths.pieces(saved) + "#" + PiecesView.anchor(of: key))
        } catch let problems as Problems {
            return PiecesPages.page(visit, PiecesView(reading: reading, problems: problems, tokens: FormTokens(visit)))
        }
    }

    /// A document in several requests: see `CandidacyUploadPages`, which keeps its pieces.
    static func beginUpload(_ visit: Visit) async throws -> Answer {
        let reading = try await PiecesPages.reading(visit)
        let form = visit.form
        return try await CandidacyUploadPages.begin(visit) { part in
            try await visit.perform(
                BeginPiecesUpload(
                    request: reading.request.id, question: form.text("question") ?? "", name: form["nom"] ?? "",
                    size: form.int("taille") ?? 0, part: part, shelf: visit.reception.forms))
        }
    }

    static func finishUpload(_ visit: Visit) async throws -> Answer {
        let reading = try await PiecesPages.reading(visit)
        let shelf = visit.reception.forms
        return try await CandidacyUploadPages.finish(visit) { upload in
            guard case .attachment(let rules) = reading.form.question(upload.question)?.kind else { throw Missing() }
            return rules.accepted
        } attach: { upload, received in
            _ = try await visit.perform(
                FinishPiecesUpload(
                    request: reading.request.id, candidacy: upload.candidacy, upload: upload.id, file: received,
                    shelf: shelf))
            return (received.name, false)
        }
    }

    private static func begin(_ visit: Visit) async throws -> (PiecesReading, String, DocumentArrival) {
        let reading = try await PiecesPages.reading(visit)
        let key = try visit.parameter("question")
        guard case .attachment(let rules) = reading.form.question(key)?.kind else { throw Missing() }
        guard reading.isWritable else {
            throw Problems("", "La date limite de cette demande est passée.")
        }
        return (
            reading, key,
            DocumentArrival(
                AttachmentIntake(vault: visit.reception.photos.vault), accepted: rules.accepted,
                longest: rules.maxBytes, mostFiles: rules.maxCount, room: bodyLimit)
        )
    }
}
