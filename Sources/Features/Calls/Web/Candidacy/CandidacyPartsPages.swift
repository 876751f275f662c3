import Forms
import Maillage
import Markup

/// `/candidatures/{id}/repartition`, and that of a partner's part: who is to write which section, which question.
enum CandidacyPartsPages {
    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit, try await DossierSide.find(visit), Problems())
    }

    static func save(_ visit: Visit) async throws -> Answer {
        let side = try await DossierSide.find(visit)
        guard side.mayAssign(visit.principal) else {
            throw Denied(
                side.part == nil
                    ? "Cela revient à la personne qui porte la candidature."
                    : "Cela revient à la personne qui engage ce partenaire.")
        }
        let company = try await CandidacyCompany.read(visit, side)
        var acts: [AssignCandidacyPart] = []
        for section in side.state.compiled.form.sections {
            for key in [""] + section.questions.map(\.key) {
                guard let text = visit.form[CandidacyPartsView.field(section.key, key)] else { continue }
                let account = text.isEmpty ? nil : Account.ID(text: text)
                guard text.isEmpty || account != nil else { throw Missing() }
                let known = company.assignments.first { $0.section == section.key && $0.question == key }?.account
                guard account != known else { continue }
                acts.append(
                    AssignCandidacyPart(
                        candidacy: side.id, part: side.part?.partner.id, section: section.key, question: key,
                        account: account, shelf: visit.reception.forms))
            }
        }
        do {
            if !acts.isEmpty { try await visit.perform(all: acts) }
            return .done("La répartition est enregistrée.", to: side.path)
        } catch let problems as Problems {
            return try await page(visit, side, problems)
        }
    }

    private static func page(_ visit: Visit, _ side: DossierSide, _ problems: Problems) async throws -> Answer {
        let view = CandidacyPartsView(
            side: side, company: try await CandidacyCompany.read(visit, side),
            mayAssign: side.mayAssign(visit.principal), problems: problems, form: visit.form,
            tokens: FormTokens(visit))
        return visit.page(
            side.head("Qui écrit quoi", crumb: "Répartition", hasErrors: !problems.isEmpty),
            status: problems.isEmpty ? .ok : .unprocessableContent, view)
    }
}

struct CandidacyPartsView: View {
    var side: DossierSide
    var company: CandidacyCompany
    /// Whether the reader says who writes what.
    var mayAssign: Bool
    var problems = Problems()
    var form = Fields()
    var tokens = FormTokens.sample

    static func field(_ section: String, _ question: String) -> String {
        question.isEmpty ? "a.\(section)" : "a.\(section).\(question)"
    }

    func render(into html: inout HTML) {
        html.h1("Qui écrit quoi")
        html.p(side.name, .class("lead"))
        html.add(ErrorSummary(problems))
        let state = side.state
        let sections = state.compiled.form.sections.filter { state.isSectionShown($0.key) }
        guard mayAssign else {
            html.dl(.class("facts")) { html in
                for section in sections {
                    html.dt(section.title)
                    html.dd(assigned(section.key, "").map { company.name(of: $0) } ?? "personne en particulier")
                }
            }
            return
        }
        guard company.isShared else {
            html.p { html in
                html.text("Vous êtes seul\u{B7}e à écrire pour l’instant. ")
                html.a("Inviter quelqu’un", .href(side.part == nil ? Paths.candidacy(side.id, .team) : side.path))
            }
            return
        }
        html.p(
            "Une question sans personne revient à celle de sa section. Chacun voit ce qui est à lui sur la page de la "
                + (side.part == nil ? "candidature." : "part."))
        html.writingForm(to: side.page(.parts), tokens) { html in
            for section in sections {
                html.fieldset(.class("group")) { html in
                    html.legend(section.title)
                    html.add(select(section, "", "Toute la section"))
                    html.details { html in
                        html.summary("Question par question")
                        for question in section.questions where state.isShown(question.key) {
                            if case .computed = question.kind { continue }
                            html.add(select(section, question.key, Format.typography(question.label)))
                        }
                    }
                }
            }
            html.actions { html in
                html.submit("Enregistrer la répartition")
                html.a(side.pathWords, .href(side.path))
            }
        }
    }

    private func assigned(_ section: String, _ question: String) -> Account.ID? {
        company.assignments.first { $0.section == section && $0.question == question }?.account
    }

    private func select(_ section: FormSection, _ key: String, _ label: String) -> Select {
        let name = Self.field(section.key, key)
        return Select(
            name, label,
            options: company.writers.writers(of: section.key).map {
                Option($0.text, $0 == company.own ? "Vous" : company.name(of: $0))
            }, value: form[name] ?? assigned(section.key, key)?.text, prompt: "Personne en particulier",
            isRequired: false)
    }
}
