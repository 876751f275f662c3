import Exchange
import Forms
import Storage
import Testing
import Workbench

@testable import Maillage

@Suite("Answers that serve again") struct CandidacyReuseTests {
    // CAND-24
    @Test("answers of an earlier candidacy are taken over by choice", arguments: TestEngine.available)
    func takingOver(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let (ada, bob) = (try await world.person("ada"), try await world.person("bob"))
            let earlier = try await world.complete(by: ada)
            let foreign = try await world.complete(by: bob)
            let begun = try await world.desk.perform(StartCandidacy(call: world.call.id, shelf: world.shelf), as: ada)
            let now = try await world.save(begun.id, "projet", [.init("titre", "Déjà écrit")], by: ada)
            func take(
                _ keys: [String], from source: Candidacy.ID? = nil, at version: Int? = nil,
                in target: Candidacy.ID? = nil
            ) -> TakeOverAnswers {
                TakeOverAnswers(
                    candidacy: target ?? begun.id, version: version ?? now.version, earlier: source ?? earlier.id,
                    keys: keys,
                    shelf: world.shelf)
            }
            #expect(try await world.refusal(take([]), as: ada) is Problems)
            #expect(try await world.refusal(take(["resume"], at: 1), as: ada) is Conflict)
            #expect(try await world.refusal(take(["inconnue"]), as: ada) is Missing)
            #expect(
                try await world.refusal(take(["resume"], from: foreign.id), as: ada) is Missing, "not theirs to read")
            #expect(try await world.refusal(take(["resume"], from: Candidacy.ID(1)), as: ada) is Missing)
            #expect(try await world.refusal(take(["resume"]), as: bob) is Missing)
            #expect(try await world.refusal(take(["resume"]), as: .visitor) is Missing)
            // A writer of one section takes nothing over in another.
            let eve = try await world.join(begun.id, "eve", role: .writer, sections: ["budget"], by: ada)
            _ = try await world.join(earlier.id, "eve2", role: .reader, by: ada)
            let own = try await world.desk.perform(StartCandidacy(call: world.call.id, shelf: world.shelf), as: eve)
            #expect(try await world.refusal(take(["resume"], from: own.id), as: eve) is Denied)

            let changed = try await world.desk.perform(take(["resume", "montant", "exact"]), as: ada)
            #expect(changed == ["montant", "resume"], "a sworn statement is never taken over")
            let filled = try await world.read(begun.id)
            #expect(filled.answers["resume"] == earlier.answers["resume"])
            #expect(filled.answers["titre"] == .text("Déjà écrit"), "what was not chosen stays")
            #expect(filled.answers["exact"] == nil)
            let again = try await world.desk.perform(take(["resume"], at: filled.version), as: ada)
            #expect(again.isEmpty)
        }
    }

    // CAND-24
    @Test("a question finds its answer by its key, or by its source")
    func matching() throws {
        func form(_ questions: [Question]) -> Form {
            Form(key: "f", title: "F", sections: [FormSection("s", "S", questions: questions)])
        }
        let earlier = form([
            Question("nom_projet", "Nom", .shortText()), Question("cout", "Coût", .number()),
            Question("structure", "Structure", .shortText(), prefill: .structure("nom")),
        ])
        var answers = Answers()
        answers["nom_projet"] = .text("La Fosse")
        answers["cout"] = .number(try #require(ExactNumber(1_200)))
        answers["structure"] = .text("Les Amis")
        let later = form([
            Question("titre", "Titre", .shortText(), prefill: .candidacy("nom_projet")),
            Question("cout", "Coût", .money()),
            Question("porteur", "Porteur", .shortText(), prefill: .structure("nom")),
            Question("autre", "Autre", .shortText()),
        ])
        let values = AnswerOffer.values(answers, of: earlier, for: later)
        #expect(values == ["titre": .text("La Fosse"), "cout": .money(120_000), "porteur": .text("Les Amis")])
    }

    // CAND-25
    @Test("an intention grows into a whole candidacy without being typed again", arguments: TestEngine.available)
    func growing(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            var call = try await world.calls.draft(closing: CandidacyWorld.closing)
            for (maturity, sections) in [("intention", 1), ("ouvert", 2)] {
                var form = CandidacyWorld.form
                form.sections = Array(form.sections.prefix(sections))
                _ = try await world.desk.perform(
                    SetCallForm(
                        call: call.id, maturity: maturity, title: "Dossier", definition: CandidacyWorld.text(form)),
                    as: .house)
            }
            call = try await world.desk.perform(
                PublishCall(call: call.id, version: call.version, head: world.head), as: .house)
            let (ada, bob) = (try await world.person("ada"), try await world.person("bob"))
            let begun = try await world.desk.perform(
                StartCandidacy(call: call.id, maturity: "intention", shelf: world.shelf), as: ada)
            let intention = try await world.save(begun.id, "projet", CandidacyWorld.projectFields, by: ada)
            func change(_ maturity: String) -> ChangeCandidacyStage {
                ChangeCandidacyStage(candidacy: begun.id, maturity: maturity, shelf: world.shelf)
            }
            #expect(try await world.refusal(change("intention"), as: ada) is Problems)
            #expect(try await world.refusal(change("inconnue"), as: ada) is Problems)
            #expect(try await world.refusal(change(""), as: ada) is Problems)
            #expect(try await world.refusal(change("ouvert"), as: bob) is Missing)
            #expect(try await world.refusal(change("ouvert"), as: .visitor) is Missing)
            let eve = try await world.join(begun.id, "eve", role: .writer, by: ada)
            #expect(try await world.refusal(change("ouvert"), as: eve) is Denied)

            let notes = try await world.desk.perform(change("ouvert"), as: ada)
            #expect(notes.contains { $0.question == "montant" && $0.kind == .added })
            let grown = try await world.read(begun.id)
            #expect(grown.maturity == "ouvert" && grown.form != intention.form)
            #expect(grown.answers["titre"] == intention.answers["titre"])
            let review = try await world.database.read { reader in
                try CandidacyReview.of(grown, call: call, at: world.clock.now, shelf: world.shelf, reader)
            }
            #expect(review.state.isShown("montant") && review.newerForm == nil)
            _ = try await world.desk.perform(change("intention"), as: ada)
            #expect(
                try await world.read(begun.id).answers["titre"] == intention.answers["titre"],
                "and back, with nothing lost")
        }
    }
}
