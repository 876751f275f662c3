import Exchange
import HTTPTypes
import Maillage
import Markup
import Storage

/// `/appels/{slug}/candidatures`: what was deposited, for those who keep the call. Nothing tells of drafts (CAND-2).
enum CallCandidacyPages {
    static func list(_ visit: Visit) async throws -> Answer {
        try await page(visit, Problems())
    }

    static func export(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        let (principal, call) = (visit.principal, reading.call)
        let found = try await visit.scan { try CallCandidacies.of(call, principal, $0) }
        var csv = CSVWriter()
        csv.record([
            "numero", "arrivee", "delai", "etat", "structure", "siret", "projet", "deposant", "voie", "version",
            "empreinte",
        ])
        for line in found.lines {
            csv.record([
                String(line.deposit.number), Format.machine(line.deposit.arrival), line.deposit.verdict.rawValue,
                line.candidacy.state.rawValue, line.candidacy.structure, line.candidacy.siret, line.candidacy.title,
                line.depositor, line.candidacy.channel.rawValue, String(line.deposit.version), line.deposit.digest,
            ])
        }
        return .file(csv.take(), type: "text/csv; charset=utf-8", savedAs: "candidatures-\(reading.slug).csv")
    }

    static func record(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        guard let signer = visit.reception.receiptKeys else { throw StorageError.unavailable("no key signs receipts") }
        let form = visit.form
        do {
            guard let arrival = arrival(form) else {
                throw Problems("arrivee", "Donnez la date et l’heure d’arrivée, ou celle du cachet de la poste.")
            }
            let outcome = try await visit.perform(
                RecordPaperCandidacy(
                    call: reading.call.id, channel: Receipt.Channel(rawValue: form["voie"] ?? "") ?? .online,
                    depositor: form["deposant"] ?? "", structure: form["structure"] ?? "", siret: form["siret"] ?? "",
                    title: form["titre"] ?? "", arrival: arrival, contents: form["contenu"] ?? "",
                    office: DepositOffice(head: visit.head, keys: signer, shelf: visit.reception.forms)))
            _ = await DepositCopy.keep(outcome, visit.reception)
            // A sealed one has no page before it is opened.
            return .done(
                "Enregistrée, récépissé n°\u{A0}\(outcome.deposit.number).",
                to: reading.call.settings.deposit.isSealed
                    ? Paths.callCandidacies(reading.slug)
                    : Paths.callCandidacy(reading.slug, outcome.deposit.candidacy))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    static func open(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        guard let wave = visit.form.text("vague").flatMap({ CallWave.ID(text: $0) }) else { throw Missing() }
        do {
            let opening = try await visit.perform(OpenSealedCandidacies(call: reading.call.id, wave: wave))
            return .done(
                "Les plis sont ouverts\u{202F}: \(Format.count(opening.deposits, "candidature", "candidatures")).",
                to: Paths.callCandidacies(reading.slug))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    /// `2026-10-16T14:05`, by the clocks of Paris.
    private static func arrival(_ form: Fields) -> Instant? {
        guard let text = form.text("arrivee"), text.utf8.count >= 16, let date = CivilDate(iso: text.prefix(10)),
            let hour = Int(text.dropFirst(11).prefix(2)), let minute = Int(text.dropFirst(14).prefix(2)),
            let time = CivilTime(date, hour: hour, minute: minute)
        else { return nil }
        return Instant(microseconds: CivilZone.paris.utc(of: time))
    }

    static func show(_ visit: Visit) async throws -> Answer {
        try await opened(visit, Problems())
    }

    static func decide(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        let id = try visit.identifier("id", of: Candidacy.ID.self)
        do {
            guard let choice = visit.form.text("decision") else {
                throw Problems("decision", "Choisissez\u{202F}: admise ou écartée.")
            }
            _ = try await visit.perform(
                DecideLateCandidacy(
                    candidacy: id, admits: choice == "admettre", reason: visit.form["motif"] ?? "", head: visit.head))
            return .done("La décision est enregistrée et envoyée.", to: Paths.callCandidacy(reading.slug, id))
        } catch let problems as Problems {
            return try await opened(visit, problems)
        }
    }

    private static func page(_ visit: Visit, _ problems: Problems) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        let (principal, call) = (visit.principal, reading.call)
        let found = try await visit.read { try CallCandidacies.of(call, principal, $0) }
        var head = reading.head("Candidatures reçues")
        head.hasErrors = !problems.isEmpty
        let view = CallCandidaciesView(
            reading: reading, lines: found.lines, sealed: found.sealed, openings: found.openings,
            pointers: try await visit.reception.rooms.onCall(visit, call), problems: problems, form: visit.form,
            tokens: FormTokens(visit))
        return visit.page(head, status: problems.isEmpty ? .ok : .unprocessableContent, view)
    }

    private static func opened(_ visit: Visit, _ problems: Problems) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        let id = try visit.identifier("id", of: Candidacy.ID.self)
        let (principal, call, now, shelf) = (visit.principal, reading.call, visit.now, visit.reception.forms)
        let opened = try await visit.read {
            try OpenedCandidacy.open(principal, id, in: call, at: now, shelf: shelf, $0)
        }
        var head = reading.head(opened.candidacy.name)
        head.hasErrors = !problems.isEmpty
        let view = OpenedCandidacyView(
            reading: reading, opened: opened, problems: problems, form: visit.form, tokens: FormTokens(visit))
        return visit.page(head, status: problems.isEmpty ? .ok : .unprocessableContent, view)
    }
}
