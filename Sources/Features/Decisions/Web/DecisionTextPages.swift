import HTTPTypes
import Maillage
import Markup

/// `/appels/{slug}/courriers`: the texts of decision letters, the routes of appeal, who signs.
enum DecisionTextPages {
    static func show(_ visit: Visit) async throws -> Answer { try await page(visit, Problems()) }

    static func save(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        let form = visit.form
        do {
            _ = try await visit.perform(
                SetDecisionTexts(
                    texts: DecisionTexts(
                        call: reading.call.id, version: form.int("version") ?? 0, retained: form["retenue"] ?? "",
                        waiting: form["attente"] ?? "", refused: form["refus"] ?? "", routes: form["recours"] ?? "",
                        signatory: form["signataire"] ?? "")))
            return .done("Les courriers sont enregistrés.", to: Paths.decisions(reading.slug))
        } catch let problems as Problems {
            return try await page(visit, problems)
        } catch is Conflict {
            return try await page(visit, Problems("", DecisionPages.conflictWords), isConflict: true)
        }
    }

    private static func page(_ visit: Visit, _ problems: Problems, isConflict: Bool = false) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        let (principal, call, now) = (visit.principal, reading.call, visit.now)
        let board = try await visit.read { try DecisionBoard.of(call, wave: nil, principal, at: now, $0) }
        var head = reading.head("Courriers de décision")
        head.hasErrors = !problems.isEmpty
        let view = DecisionTextsView(
            reading: reading, texts: board.texts ?? .usual(for: call), problems: problems,
            form: isConflict ? Fields() : visit.form, tokens: FormTokens(visit))
        return visit.page(
            head, status: problems.isEmpty ? .ok : isConflict ? .conflict : .unprocessableContent, view)
    }
}

struct DecisionTextsView: View {
    var reading: CallReading
    var texts: DecisionTexts
    var problems = Problems()
    var form = Fields()
    var tokens = FormTokens.sample

    func render(into html: inout HTML) {
        html.h1("Courriers de décision")
        html.p(.class("lead")) { $0.a(reading.call.title, .href(Paths.call(reading.slug))) }
        html.add(ErrorSummary(problems))
        html.p(
            "Chaque courrier réunit le texte de sa décision, les conditions, les motifs, les voies de recours et la signature. "
                + "Repères remplacés à l’envoi\u{202F}: "
                + Format.list(DecisionTexts.marks.map { "{\($0)}" }) + ".")
        html.writingForm(to: Paths.decisionTexts(reading.slug), tokens) { html in
            html.add(HiddenField("version", String(texts.version)))
            area("retenue", "Dossier retenu", texts.retained, rows: 5, into: &html)
            area("attente", "Dossier sur liste d’attente", texts.waiting, rows: 5, into: &html)
            area("refus", "Dossier non retenu", texts.refused, rows: 5, into: &html)
            area("recours", "Voies et délais de recours", texts.routes, rows: 6, into: &html)
            area("signataire", "Qui signe\u{202F}: nom et qualité", texts.signatory, rows: 2, into: &html)
            html.actions { html in
                html.submit("Enregistrer les courriers")
                html.a("Revenir aux décisions", .href(Paths.decisions(reading.slug)))
            }
        }
    }

    private func area(_ name: String, _ label: String, _ kept: String, rows: Int, into html: inout HTML) {
        html.add(
            TextArea(name, label, value: form[name] ?? kept, error: problems.message(name), rows: rows))
    }
}
