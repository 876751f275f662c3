import Exchange
import Testing

@testable import Forms

@Suite struct PrefillTests {
    @Test func whatIsKnownFillsWhatIsEmpty() {
        let form = SampleForms.form([
            Question("nom", "Nom", .shortText(), prefill: .place("nom")),
            Question("deja", "Déjà", .shortText(), prefill: .place("nom")),
            Question("siret", "SIRET", .siret, prefill: .structure("siret")),
            Question("faux", "Faux", .siret, prefill: .url("siret")),
            Question("services", "Services", .severalOf(SampleForms.options), prefill: .place("services")),
            Question("titre", "Titre", .longText(), prefill: .candidacy("titre")),
            Question("rien", "Rien", .money(), prefill: .account("montant")),
        ])
        let (answers, filled) = FormPrefill.fill(form, Answers(["deja": .text("Le mien")])) { source in
            switch source {
            case .place("nom"): .texts([" La Ruche "])
            case .structure("siret"): .texts(["732 829 320 00074"])
            case .url("siret"): .texts(["123"])
            case .place("services"): .texts(["fablab", "inconnu"])
            case .candidacy("titre"): .value(.text("Un titre"))
            default: nil
            }
        }
        #expect(filled == ["nom", "siret", "services", "titre"])
        #expect(
            answers.values == [
                "nom": .text("La Ruche"), "deja": .text("Le mien"), "siret": .text("73282932000074"),
                "services": .choices(["fablab"]), "titre": .text("Un titre"),
            ])
    }

    @Test func aSourceIsWrittenAsItIsRead() {
        for text in ["place.nom", "structure.siret", "account.email", "candidacy.titre", "url.lieu"] {
            #expect(PrefillSource(text)?.description == text)
        }
        for text in ["", "place", "place.", "autre.nom", "place.É", "url.a.b"] { #expect(PrefillSource(text) == nil) }
    }

    @Test(arguments: [
        StandardQuestions.intentionForm, StandardQuestions.territoryCallForm, StandardQuestions.threeYearCallForm,
    ])
    func aTestFillingIsAcceptedQuestionByQuestion(_ form: Form) throws {
        let compiled = try CompiledForm(form)
        let environment = FormEnvironment(maturity: StandardQuestions.open, today: CivilDate(daysSince1970: 18_551))
        let state = FormState(
            compiled, answers: TestFilling.answers(compiled, environment: environment), environment: environment)
        #expect(state.progress.answered == state.progress.shown)
        let others = state.problems.filter { if case .rule = $0.kind { false } else { true } }
        #expect(others == [])
        let kinds = FormState(
            try CompiledForm(SampleForms.form(SampleForms.kinds)),
            answers: TestFilling.answers(try CompiledForm(SampleForms.form(SampleForms.kinds))))
        #expect(kinds.isComplete)
    }
}
