import Exchange
import HTTPTypes
import Maillage
import Markup

/// `/appels/{slug}/decisions/{id}`: the decision of one dossier, its letter, what followed.
extension DecisionPages {
    static func show(_ visit: Visit) async throws -> Answer { try await one(visit, Problems()) }

    static func record(_ visit: Visit) async throws -> Answer {
        try await attempt(visit) { reading, id in
            _ = try await visit.perform(
                RecordDecision(
                    candidacy: id, version: visit.form.int("version") ?? 0, words: try DecisionForm.words(visit.form)))
            return .done(
                "La décision est enregistrée. Personne n’en est averti avant la notification.",
                to: Paths.decision(reading.slug, id))
        }
    }

    static func callFromList(_ visit: Visit) async throws -> Answer {
        try await attempt(visit) { reading, id in
            _ = try await visit.perform(
                CallFromWaitingList(
                    candidacy: id, version: visit.form.int("version") ?? 0, words: try DecisionForm.words(visit.form),
                    head: visit.head, shelf: visit.reception.forms))
            return .done("Le dossier est appelé de la liste, et averti.", to: Paths.decision(reading.slug, id))
        }
    }

    static func receiveAppeal(_ visit: Visit) async throws -> Answer {
        try await attempt(visit) { reading, id in
            guard let day = visit.form.text("recu").flatMap({ CivilDate(iso: $0) }) else {
                throw Problems("recu", "Donnez la date de réception.")
            }
            // At noon: a day has no hour, and the notification may be of that morning.
            let noon = Instant(microseconds: CivilZone.paris.utc(of: CivilTime(day, minuteOfDay: 12 * 60)))
            _ = try await visit.perform(
                LodgeAppeal(
                    candidacy: id, channel: visit.form["voie"] == "email" ? .email : .post,
                    grounds: visit.form["motifs"] ?? "", receivedAt: min(noon, visit.now), head: visit.head))
            return .done("Le recours est enregistré.", to: Paths.decision(reading.slug, id))
        }
    }

    static func answerAppeal(_ visit: Visit) async throws -> Answer {
        try await attempt(visit) { reading, id in
            let (appeal, form) = (try visit.identifier("appeal", of: Appeal.ID.self), visit.form)
            guard let choice = form.text("suite") else {
                throw Problems("suite", "Choisissez la suite donnée au recours.")
            }
            _ = try await visit.perform(
                AnswerAppeal(
                    appeal: appeal, answer: form["reponse"] ?? "",
                    words: choice == "accueillir" ? try DecisionForm.words(form) : nil, head: visit.head,
                    shelf: visit.reception.forms))
            return .done("La réponse est enregistrée et envoyée.", to: Paths.decision(reading.slug, id))
        }
    }

    /// The letter of a dossier, to print and post.
    static func print(_ visit: Visit) async throws -> Answer {
        let (reading, dossier) = try await found(visit)
        guard let decision = dossier.line.decision, decision.isNotified else { throw Missing() }
        return try await DecisionPrint.answer(
            decision, dossier.line.candidacy, dossier.call, slug: reading.slug, visit)
    }

    private static func attempt(
        _ visit: Visit, _ body: (CallReading, Candidacy.ID) async throws -> Answer
    ) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        let id = try visit.identifier("id", of: Candidacy.ID.self)
        do {
            return try await body(reading, id)
        } catch let problems as Problems {
            return try await one(visit, problems)
        } catch is Conflict {
            return try await one(visit, Problems("", conflictWords), isConflict: true)
        }
    }

    private static func found(_ visit: Visit) async throws -> (CallReading, DecidedDossier) {
        let reading = try await CallReading.kept(visit)
        let id = try visit.identifier("id", of: Candidacy.ID.self)
        let (principal, call, now) = (visit.principal, reading.call, visit.now)
        return (reading, try await visit.read { try DecidedDossier.of(call, id, principal, at: now, $0) })
    }

    private static func one(_ visit: Visit, _ problems: Problems, isConflict: Bool = false) async throws -> Answer {
        let (reading, dossier) = try await found(visit)
        let (shelf, candidacy, principal) = (visit.reception.forms, dossier.line.candidacy, visit.principal)
        let questions = try await visit.read { reader in
            try DecisionBoard.formQuestions(of: candidacy, shelf: shelf, reader).map { Option($0.key, $0.label) }
        }
        var head = reading.head("Décision\u{202F}: " + Format.excerpt(candidacy.name, limit: 60))
        head.hasErrors = !problems.isEmpty
        let view = DecisionView(
            reading: reading, dossier: dossier, questions: questions, reader: principal.account,
            problems: problems, form: isConflict ? Fields() : visit.form, tokens: FormTokens(visit))
        return visit.page(
            head, status: problems.isEmpty ? .ok : isConflict ? .conflict : .unprocessableContent, view)
    }
}

/// The letter of a decision on paper.
enum DecisionPrint {
    static func document(_ decision: Decision, _ candidacy: Candidacy, _ call: Call, network: String) -> [UInt8] {
        let title = "Décision sur «\u{A0}\(candidacy.name)\u{A0}»"
        let identity = call.settings.identity
        return PrintedDocument(title, footer: "\(network), \(Format.excerpt(call.title, limit: 80))") { html in
            html.p { html in
                html.strong(identity.organiser)
                for line in [identity.service, identity.serviceAddress] where !line.isEmpty {
                    html.br()
                    html.text(line)
                }
            }
            html.h1("Décision")
            html.add(
                DefinitionList([
                    .init("Appel", call.title), .init("Structure", candidacy.structure),
                    .init("Projet", candidacy.title),
                    .init("Décision", decision.outcome.label), .init("Instance", decision.body),
                    .init("Date", DecisionDates.words(decision.decidedOn)),
                    .init("Délibération", decision.deliberation),
                    .init("Montant accordé", decision.amount.map { Cents.words($0) }),
                    .init("Notifiée le", decision.notifiedAt.map { Format.day($0) }),
                ]))
            html.paragraphs(decision.letter)
        }.bytes
    }

    static func answer(
        _ decision: Decision, _ candidacy: Candidacy, _ call: Call, slug: String, _ visit: Visit
    ) async throws -> Answer {
        let unavailable = DoorRefusal(
            .serviceUnavailable, "PDF indisponible",
            "Le PDF ne peut pas être fait en ce moment. La page de la décision s’imprime depuis le navigateur.")
        guard let printer = visit.reception.printer else { throw unavailable }
        do {
            let bytes = try await printer.pdf(
                of: document(decision, candidacy, call, network: visit.reception.settings.networkName))
            return .file(bytes, type: "application/pdf", savedAs: "decision-\(slug)-\(decision.sequence).pdf")
        } catch let failure as PrintingFailure {
            visit.reception.log.warning("print", metadata: ["reason": "\(failure)"])
            throw unavailable
        }
    }
}
