import HTTPTypes
import Maillage
import Markup

/// `/appels/{slug}/candidater`: opens a draft, from a place or from nothing.
enum CandidacyStartPages {
    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit, Problems())
    }

    static func start(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.find(visit)
        let place = visit.form.text("lieu").flatMap { Place.ID(text: $0) }
        do {
            let candidacy = try await visit.perform(
                StartCandidacy(
                    call: reading.call.id, maturity: visit.form.text("etape") ?? "", place: place,
                    shelf: visit.reception.forms))
            let proposals = SectionPrefill.proposals(in: visit.form)
            guard !proposals.isEmpty, let form = reading.forms.first(where: { $0.id == candidacy.form }),
                let first = try visit.reception.forms.compiled(form).form.sections.first
            else { return .redirect(to: Paths.candidacy(candidacy.id)) }
            return .redirect(to: Paths.candidacySection(candidacy.id, first.key, query: proposals))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    private static func page(_ visit: Visit, _ problems: Problems) async throws -> Answer {
        let reading = try await CallReading.find(visit)
        let principal = visit.principal
        let ids = principal.subjects(of: .place, holding: [.placeEditor, .placeManager]).map { Place.ID($0) }
        let places = try await visit.read { try PlaceStore.places(principal, ids, $0) }
        var head = reading.head("Préparer ma candidature")
        head.hasErrors = !problems.isEmpty
        let view = CandidacyStartView(
            reading: reading, places: places.map { ($0.id, $0.sheet.name) }, problems: problems, form: visit.form,
            tokens: FormTokens(visit),
            proposals: SectionPrefill.proposals(in: visit.method == .post ? visit.form : visit.query))
        return visit.page(head, status: problems.isEmpty ? .ok : .unprocessableContent, view)
    }
}

/// Two questions at most, then the draft.
struct CandidacyStartView: View {
    var reading: CallReading
    var places: [(id: Place.ID, name: String)] = []
    var problems = Problems()
    var form = Fields()
    var tokens = FormTokens.sample
    /// Answers proposed by the address, taken along to the draft.
    var proposals: [(String, String?)] = []

    func render(into html: inout HTML) {
        html.h1("Préparer ma candidature")
        html.p(reading.call.title, .class("lead"))
        html.add(CandidacyDeadline(call: reading.call, wave: reading.wave, now: reading.now))
        html.add(ErrorSummary(problems))
        html.p(
            "Un brouillon s’ouvre\u{202F}: il est enregistré au fur et à mesure, et personne d’autre que vous et les personnes que "
                + "vous invitez ne le voit avant le dépôt.")
        html.writingForm(to: Paths.applyTo(reading.call), tokens) { html in
            for (name, value) in proposals { html.add(HiddenField(name, value ?? "")) }
            let stages = reading.forms.map(\.maturity).filter { !$0.isEmpty }
            if !stages.isEmpty {
                // The form without a stage is for all the others.
                let others = stages.count < reading.forms.count ? [Option("", "À une autre étape")] : []
                html.add(
                    Choice(
                        "etape", "Où en est votre projet\u{202F}?",
                        options: stages.map { Option($0, ReferenceList.maturities.label($0)) } + others,
                        value: form["etape"],
                        help: "Les questions en dépendent.", error: problems.message("etape")))
            }
            if !places.isEmpty {
                html.add(
                    Select(
                        "lieu", "Pour quel lieu\u{202F}?",
                        options: places.map { Option($0.id.text, $0.name) }, value: form["lieu"],
                        prompt: "Aucun lieu du réseau, ou pas encore",
                        help: "Ce que sa fiche dit déjà sera repris\u{202F}: vous le vérifiez.", isRequired: false))
            }
            html.actions { html in
                html.submit("Ouvrir mon brouillon")
                html.a("Revenir à l’appel", .href(Paths.call(reading.slug)))
            }
        }
    }
}
