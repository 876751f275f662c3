import HTTPTypes
import Maillage
import Markup

/// `/appels/{slug}/jury/dossiers/{id}`: the file, the sheet and the neighbours on one screen.
enum JuryDossierPages {
    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit, Problems())
    }

    static func save(_ visit: Visit) async throws -> Answer {
        let (at, judged) = try await found(visit)
        let (entry, problems) = JuryNotesForm.read(visit.form, judged.jury.settings.criteria)
        let version = visit.form.int("version") ?? 0
        let path = Paths.juryDossier(at.address, judged.dossier.id)
        do {
            try problems.throwIfAny()
            if visit.form["suite"] == "rendre" {
                _ = try await visit.perform(
                    FinishSheet(
                        call: at.call.id, wave: at.wave?.id, candidacy: judged.dossier.id, version: version,
                        entry: entry))
                return .done("Votre fiche est définitive et scellée.", to: path)
            }
            _ = try await visit.perform(
                SaveSheet(
                    call: at.call.id, wave: at.wave?.id, candidacy: judged.dossier.id, version: version, entry: entry))
            return .done("Votre fiche est enregistrée\u{202F}; elle reste à rendre.", to: path)
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    static func reopen(_ visit: Visit) async throws -> Answer {
        let (at, judged) = try await found(visit)
        do {
            guard let member = visit.form.text("membre").flatMap({ JuryMember.ID(text: $0) }) else { throw Missing() }
            try await visit.perform(
                ReopenSheet(
                    call: at.call.id, wave: at.wave?.id, candidacy: judged.dossier.id, member: member,
                    reason: visit.form["motif"] ?? ""))
            return .done("La fiche est rouverte.", to: Paths.juryDossier(at.address, judged.dossier.id))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    static func file(_ visit: Visit) async throws -> Answer {
        let (_, judged) = try await found(visit)
        let id = try visit.identifier("file", of: CandidacyFile.ID.self)
        let isScanned = visit.reception.settings.clamdSocket != nil
        let file = try await visit.read { reader in
            let file = try judged.file(id, reader)
            if isScanned { try FileStates(of: [file.digest], reader).requireClean(file.digest) }
            return file
        }
        return try await DocumentDownload.staff(file, visit)
    }

    private static func found(_ visit: Visit) async throws -> (JuryVisit, JudgedDossier) {
        let at = try await JuryVisit.find(visit)
        let id = try visit.identifier("id", of: Candidacy.ID.self)
        let (access, now, shelf) = (at.access, visit.now, visit.reception.forms)
        return (at, try await visit.read { try JudgedDossier.open(access, id, at: now, shelf: shelf, $0) })
    }

    private static func page(_ visit: Visit, _ problems: Problems) async throws -> Answer {
        let (at, judged) = try await found(visit)
        let grants = try await visit.reception.rooms.besideDossier(visit, judged.dossier.id)
        return at.page(
            visit, "Évaluer \(judged.dossier.name)", problems,
            JuryDossierView(
                at: at, judged: judged, grants: grants, problems: problems, form: visit.form, tokens: FormTokens(visit))
        )
    }
}

/// A sheet as its form sends it.
enum JuryNotesForm {
    /// What was typed; a note that is no whole number is said beside its field and kept in the form.
    static func read(_ form: Fields, _ criteria: [JuryCriterion]) -> (SheetEntry, Problems) {
        var problems = Problems()
        let notes = criteria.map { criterion in
            let field = "note." + criterion.code
            let isConcerned = !form.has("sans." + criterion.code)
            var value: Int?
            if isConcerned, let text = form.text(field) {
                value = WrittenNumber.whole(Array(text.utf8))
                if value == nil {
                    problems.add(
                        field,
                        "«\u{A0}\(Format.excerpt(text, limit: 40))\u{A0}» n’est pas une note\u{202F}: un nombre entier, de 0 à \(criterion.maximum)."
                    )
                }
            }
            return JuryNote(
                criterion.code, value, isConcerned: isConcerned, comment: form["commentaire." + criterion.code] ?? "")
        }
        return (
            SheetEntry(notes: notes, isAbstained: form.has("abstention"), comment: form["commentaire"] ?? ""), problems
        )
    }
}
