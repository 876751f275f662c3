import HTTPTypes
import Maillage
import Markup

/// `/candidatures/{id}`: where it stands, what is missing and where, what comes next.
enum CandidacyPages {
    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit, try await CandidacyReading.find(visit))
    }

    static func describe(_ visit: Visit) async throws -> Answer {
        let reading = try await CandidacyReading.find(visit)
        let form = visit.form
        do {
            _ = try await visit.perform(
                DescribeCandidacy(
                    candidacy: reading.id, version: form.int("version") ?? 0, title: form["titre"] ?? "",
                    structure: form["structure"] ?? "", siret: form["siret"] ?? ""))
            return .done("C’est enregistré.", to: Paths.candidacy(reading.id))
        } catch let problems as Problems {
            return try await page(visit, reading, problems)
        } catch is Conflict {
            let fresh = try await CandidacyReading.find(visit)
            return try await page(
                visit, fresh,
                Problems("", "Le dossier a changé entre-temps\u{202F}: relisez ces lignes, puis enregistrez à nouveau.")
            )
        }
    }

    static func consent(_ visit: Visit) async throws -> Answer {
        let reading = try await CandidacyReading.find(visit)
        let consents = visit.form.has("accord")
        do {
            _ = try await visit.perform(ConsentToAutoDeposit(candidacy: reading.id, consents: consents))
        } catch let problems as Problems {
            return try await page(visit, reading, problems)
        }
        return .done(
            consents
                ? "C’est noté\u{202F}: si le dossier est complet, il sera déposé dans les dernières minutes."
                : "C’est noté\u{202F}: rien ne sera déposé sans vous.", to: Paths.candidacy(reading.id))
    }

    static func adopt(_ visit: Visit) async throws -> Answer {
        let reading = try await CandidacyReading.find(visit)
        do {
            let notes = try await visit.perform(AdoptCallForm(candidacy: reading.id, shelf: visit.reception.forms))
            let fresh = try await CandidacyReading.find(visit)
            return try await page(visit, fresh, notes: notes.map(\.message))
        } catch let problems as Problems {
            return try await page(visit, reading, problems)
        }
    }

    /// An intention that became a project goes on in the dossier of its new stage.
    static func changeStage(_ visit: Visit) async throws -> Answer {
        let reading = try await CandidacyReading.find(visit)
        do {
            let notes = try await visit.perform(
                ChangeCandidacyStage(
                    candidacy: reading.id, maturity: visit.form.text("etape") ?? "", shelf: visit.reception.forms))
            return try await page(visit, try await CandidacyReading.find(visit), notes: notes.map(\.message))
        } catch let problems as Problems {
            return try await page(visit, reading, problems)
        }
    }

    private static func page(
        _ visit: Visit, _ reading: CandidacyReading, _ problems: Problems = Problems(), notes: [String] = []
    ) async throws -> Answer {
        let (call, maturity) = (reading.call.id, reading.candidacy.maturity)
        let stages = try await visit.read { try CallFormStore.current(of: call, $0) }.map(\.maturity)
        var view = CandidacyView(
            reading: reading, company: try await CandidacyCompany.read(visit, reading), problems: problems,
            form: visit.form, notes: notes, tokens: FormTokens(visit))
        view.stages = maturity.isEmpty ? [] : stages.filter { !$0.isEmpty && $0 != maturity }
        view.pointers = try await visit.reception.rooms.onCandidacy(visit, reading.candidacy)
        return visit.page(
            reading.head(reading.candidacy.name, hasErrors: !problems.isEmpty),
            status: problems.isEmpty ? .ok : .unprocessableContent, view)
    }
}
