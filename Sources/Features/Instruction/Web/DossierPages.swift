import Exchange
import HTTPTypes
import Maillage
import Markup

/// `/candidatures/{id}/instruction`: the answers, and beside them what is checked, noted and decided.
enum DossierPages {
    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit, Problems())
    }

    static func assign(_ visit: Visit) async throws -> Answer {
        let id = try visit.identifier("id", of: Candidacy.ID.self)
        let form = visit.form
        return try await attempt(visit, id) {
            let instructor: Account.ID?
            switch form.text("instructeur") {
            case nil: throw Problems("instructeur", "Choisissez à qui confier ce dossier.")
            case "personne": instructor = nil
            case let text?:
                guard let account = Account.ID(text: text) else { throw Missing() }
                instructor = account
            }
            _ = try await visit.perform(
                AssignDossier(candidacy: id, instructor: instructor, words: form["mot"] ?? ""))
            return instructor == nil ? "Ce dossier n’a plus d’instructeur." : "Le dossier est confié."
        }
    }

    static func setDue(_ visit: Visit) async throws -> Answer {
        let id = try visit.identifier("id", of: Candidacy.ID.self)
        let text = visit.form.text("echeance")
        return try await attempt(visit, id) {
            let day = text.flatMap { CivilDate(iso: $0) }
            if text != nil, day == nil { throw Problems("echeance", "Cette date n’existe pas.") }
            _ = try await visit.perform(SetDossierDue(candidacy: id, day: day))
            return day == nil ? "Ce dossier n’a plus d’échéance." : "L’échéance est fixée."
        }
    }

    static func check(_ visit: Visit) async throws -> Answer {
        let id = try visit.identifier("id", of: Candidacy.ID.self)
        let form = visit.form
        return try await attempt(visit, id) {
            let findings = form.all.compactMap { field -> CheckDossier.Finding? in
                guard field.name.hasPrefix("controle."), let result = CheckLine.Result(rawValue: field.value) else {
                    return nil
                }
                let code = String(field.name.dropFirst("controle.".count))
                return CheckDossier.Finding(code, result, remark: form["remarque." + code] ?? "")
            }
            try await visit.perform(CheckDossier(candidacy: id, findings: findings))
            return "Le contrôle est enregistré."
        }
    }

    static func decide(_ visit: Visit) async throws -> Answer {
        let id = try visit.identifier("id", of: Candidacy.ID.self)
        let form = visit.form
        return try await attempt(visit, id) {
            guard let outcome = form.text("issue") else { throw Problems("issue", "Choisissez une issue.") }
            _ = try await visit.perform(
                DecideAdmissibility(
                    candidacy: id, version: form.int("version") ?? 0, isAdmissible: outcome == "recevable",
                    reasons: form.values("motif"), words: form["motivation"] ?? "", head: visit.head))
            return outcome == "recevable"
                ? "Le dossier est recevable." : "Le dossier est irrecevable\u{202F}: le candidat en est informé."
        }
    }

    static func reopen(_ visit: Visit) async throws -> Answer {
        let id = try visit.identifier("id", of: Candidacy.ID.self)
        let form = visit.form
        return try await attempt(visit, id) {
            _ = try await visit.perform(
                ReopenInstruction(
                    candidacy: id, version: form.int("version") ?? 0, reason: form["raison"] ?? "", head: visit.head))
            return "L’instruction est rouverte."
        }
    }

    static func addNote(_ visit: Visit) async throws -> Answer {
        let id = try visit.identifier("id", of: Candidacy.ID.self)
        let form = visit.form
        return try await attempt(visit, id) {
            _ = try await visit.perform(
                AddInstructionNote(
                    candidacy: id, kind: form.text("genre").flatMap(InstructionNote.Kind.init),
                    text: form["annotation"] ?? ""))
            return "L’annotation est ajoutée."
        }
    }

    static func removeNote(_ visit: Visit) async throws -> Answer {
        let id = try visit.identifier("id", of: Candidacy.ID.self)
        let note = try visit.identifier("note", of: InstructionNote.ID.self)
        return try await attempt(visit, id) {
            try await visit.perform(RemoveInstructionNote(note: note))
            return "L’annotation est retirée."
        }
    }

    static func file(_ visit: Visit) async throws -> Answer {
        let id = try visit.identifier("id", of: Candidacy.ID.self)
        let file = try visit.identifier("file", of: CandidacyFile.ID.self)
        let (principal, now, shelf) = (visit.principal, visit.now, visit.reception.forms)
        let isScanned = visit.reception.settings.clamdSocket != nil
        let found = try await visit.read { reader in
            let found = try InstructionDossier.file(principal, id, file, at: now, shelf: shelf, reader)
            if isScanned { try FileStates(of: [found.digest], reader).requireClean(found.digest) }
            return found
        }
        return try await DocumentDownload.staff(found, visit)
    }

    /// Tries an act: back to the dossier with a sentence, or the same page with what is wrong.
    private static func attempt(
        _ visit: Visit, _ id: Candidacy.ID, _ act: () async throws -> String
    ) async throws -> Answer {
        do {
            return .done(try await act(), to: Paths.dossier(id))
        } catch let problems as Problems {
            return try await page(visit, problems)
        } catch is Conflict {
            return try await page(visit, DossierReading.stale)
        }
    }

    private static func page(_ visit: Visit, _ problems: Problems) async throws -> Answer {
        let reading = try await DossierReading.find(visit)
        let view = DossierView(
            reading: reading, reader: visit.principal.account, problems: problems, form: visit.form,
            tokens: FormTokens(visit))
        return reading.answer(visit, nil, problems, view)
    }
}
