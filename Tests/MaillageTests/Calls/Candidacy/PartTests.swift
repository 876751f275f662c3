import Exchange
import Forms
import Testing
import Workbench

@testable import Maillage

/// What each partner answers, and what it adds up to.
@Suite struct PartTests {
    // CAND-3, CAND-31
    @Test("each partner writes its own part, and nobody another’s", arguments: TestEngine.available)
    func own(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine, isConsortium: true, form: Self.form) { world in
            let (ada, bob, cleo) = (
                try await world.person("ada"), try await world.person("bob"), try await world.person("cleo")
            )
            let eve = try await world.person("eve")
            let draft = try await world.complete(by: ada)
            let halle = try await Self.join(world, draft.id, "La Halle", bob, by: ada)
            let friche = try await Self.join(world, draft.id, "La Friche", cleo, by: ada)
            let mine = Self.save(world, draft.id, halle, 2, Self.figures("12 000", visits: "400"))
            #expect(try await world.refusal(mine, as: eve) is Missing, "who takes no part learns nothing")
            #expect(try await world.refusal(mine, as: .visitor) is Missing)
            #expect(try await world.refusal(mine, as: cleo) is Denied, "another partner")
            #expect(try await world.refusal(mine, as: ada) is Denied, "the lead reads it only")
            let foreign = Self.save(world, draft.id, CandidacyPartner.ID(7), 1, [])
            #expect(try await world.refusal(foreign, as: bob) is Missing)
            let misplaced = SavePart(
                candidacy: draft.id, partner: halle, version: 2, section: "projet", fields: [], shelf: world.shelf)
            #expect(try await world.refusal(misplaced, as: bob) is Missing, "a section of the lead")
            let gathered = SaveCandidacy(
                candidacy: draft.id, version: 1, section: Form.partners,
                fields: [.init("partenaires.x.budget", "9")], shelf: world.shelf)
            #expect(try await world.refusal(gathered, as: ada) is Missing, "the lead does not write their figures")

            let before = try await world.read(draft.id)
            let saved = try await world.desk.perform(mine, as: bob)
            #expect(saved.changed.sorted() == ["budget", "forme", "visites"])
            #expect(try await world.read(draft.id).version == before.version + 1, "what would be deposited changed")
            let stale = Self.save(world, draft.id, halle, 2, [.init("budget", "13 000")])
            let clash = try await world.refusal(stale, as: bob) as? CandidacyConflict
            #expect(clash?.clashes.first?.theirs == .money(1_200_000), "both texts are shown")
            let again = try await world.desk.perform(mine, as: bob)
            #expect(again.changed.isEmpty)

            let review = try await Self.review(world, draft.id)
            let total = try #require(review.state.compiled.form.question("total_budget"))
            #expect(review.state.computed("total_budget") == ExactNumber(12_000))
            let figures = review.figures(of: total)
            #expect(figures.first?.lines.map(\.name) == ["La Halle"])
            #expect(figures.first?.lines.first?.value == .money(1_200_000))
            #expect(figures.first?.missing == ["La Friche"], "the missing are named")
            _ = try await world.desk.perform(
                Self.save(world, draft.id, friche, 2, Self.figures("8 000,50", visits: "100")), as: cleo)
            let all = try await Self.review(world, draft.id)
            #expect(all.state.computed("total_budget") == ExactNumber("20000.50"))
            #expect(all.state.computed("associations") == ExactNumber(2))
            #expect(all.figures(of: total).first?.missing == [])
        }
    }

    // CAND-17, CAND-31
    @Test("a part is committed when it is whole, and again when it changes", arguments: TestEngine.available)
    func commitment(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine, isConsortium: true, form: Self.form) { world in
            let (ada, bob, dan) = (
                try await world.person("ada"), try await world.person("bob"), try await world.person("dan")
            )
            let draft = try await world.complete(by: ada)
            let halle = try await Self.join(world, draft.id, "La Halle", bob, by: ada)
            let commit = CommitPartner(candidacy: draft.id, agrees: true, head: world.head, shelf: world.shelf)
            #expect((try await world.refusal(commit, as: bob) as? Problems)?.list.first?.field == "engagement")
            let lacks = try await Self.review(world, draft.id).shortfalls
            #expect(lacks.contains { $0.place == .part(halle, section: "chiffres", key: "budget") })
            #expect(lacks.contains { $0.place == .partner(halle) })

            // Somebody invited to write the part does not commit the partner.
            let invite = InviteToPart(
                candidacy: draft.id, partner: halle, email: "dan@exemple.fr", commits: false, head: world.head)
            #expect(try await world.refusal(invite, as: dan) is Missing)
            _ = try await world.desk.perform(invite, as: bob)
            try await Self.accept(world, dan)
            #expect(try await world.refusal(commit, as: dan) is Denied)
            let another = InviteToPart(
                candidacy: draft.id, partner: halle, email: "eve@exemple.fr", commits: true, head: world.head)
            #expect(try await world.refusal(another, as: dan) is Denied)
            #expect((try await world.refusal(invite, as: ada) as? Problems)?.list.first?.field == "courriel")
            let own = InviteToPart(
                candidacy: draft.id, partner: halle, email: "ada@exemple.fr", commits: true, head: world.head)
            #expect((try await world.refusal(own, as: bob) as? Problems)?.list.first?.field == "courriel")

            let members = try await world.database.read { try CandidacyMemberStore.members(of: draft.id, $0) }
            let colleague = try #require(members.first { $0.email == "dan@exemple.fr" })
            let manager = try #require(members.first { $0.email == "bob@exemple.fr" })
            let away = LeaveCandidacy(candidacy: draft.id, member: manager.id, head: world.head)
            #expect(try await world.refusal(away, as: dan) is Denied, "who writes the part takes nobody away")
            #expect(colleague.commits == false && manager.keeps(colleague) && !colleague.keeps(manager))

            let version = try await Self.partner(world, halle).version
            _ = try await world.desk.perform(
                Self.save(world, draft.id, halle, version, Self.figures("5 000", visits: "10")), as: dan)
            try await world.desk.perform(commit, as: bob)
            #expect(try await Self.partner(world, halle).state == .committed)
            let standing = try await world.read(draft.id)
            let outcome = try await world.deposit(standing, 1, by: ada)
            #expect(outcome.deposit.snapshot.contains("\"name\":\"La Halle\""))
            #expect(outcome.deposit.snapshot.contains("500000"), "its figures are in what is signed")

            let changed = try await world.desk.perform(
                Self.save(world, draft.id, halle, version + 2, [.init("budget", "6 000")]), as: bob)
            #expect(changed.endsCommitment)
            #expect(try await Self.partner(world, halle).state == .answering)
            let now = try await world.read(draft.id)
            #expect(now.hasNewerDraft)
            await #expect(throws: CandidacyIncomplete.self) { try await world.deposit(now, 2, by: ada) }
            try await world.desk.perform(commit, as: bob)
            let second = try await world.deposit(try await world.read(draft.id), 3, by: ada)
            #expect(second.deposit.digest != outcome.deposit.digest)

            // What was deposited reads as it was, whatever the part became.
            let shelf = world.shelf
            let read = try #require(
                try await world.database.read {
                    try DepositedDossier.read(outcome.deposit, of: standing, shelf: shelf, $0)
                })
            #expect(read.parts.first?.state.answers["budget"] == .money(500_000))
            #expect(read.state.computed("total_budget") == ExactNumber(5_000))
        }
    }

    // CAND-4, CAND-33
    @Test("a partner that leaves keeps its answers, which no longer count", arguments: TestEngine.available)
    func departure(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine, isConsortium: true, form: Self.form) { world in
            let (ada, bob, cleo) = (
                try await world.person("ada"), try await world.person("bob"), try await world.person("cleo")
            )
            let draft = try await world.complete(by: ada)
            let halle = try await Self.join(world, draft.id, "La Halle", bob, by: ada)
            let friche = try await Self.join(world, draft.id, "La Friche", cleo, by: ada)
            for (partner, person, amount) in [(halle, bob, "1 000"), (friche, cleo, "2 000")] {
                _ = try await world.desk.perform(
                    Self.save(world, draft.id, partner, 2, Self.figures(amount, visits: "1")), as: person)
            }
            let member = try #require(
                try await world.database.read { try CandidacyMemberStore.own(bob, of: draft.id, $0) })
            let version = try await world.read(draft.id).version
            try await world.desk.perform(
                LeaveCandidacy(candidacy: draft.id, member: member.id, head: world.head), as: bob)
            #expect(try await world.read(draft.id).version == version + 1)
            let review = try await Self.review(world, draft.id)
            #expect(review.state.computed("total_budget") == ExactNumber(2_000))
            let departed = try #require(review.part(of: halle))
            #expect(!departed.isPresent && departed.state.answers["budget"] == .money(100_000))
            #expect(!review.shortfalls.contains { $0.place == .partner(halle) })
            #expect(try await world.refusal(Self.save(world, draft.id, halle, 3, []), as: bob) is Missing)

            // It may come back, as it was.
            let back = InviteToPart(
                candidacy: draft.id, partner: halle, email: "bob@exemple.fr", commits: true, head: world.head)
            #expect(try await world.refusal(back, as: cleo) is Denied, "not another partner’s to say")
            _ = try await world.desk.perform(back, as: ada)
            try await Self.accept(world, bob)
            #expect(try await Self.review(world, draft.id).state.computed("total_budget") == ExactNumber(3_000))
        }
    }

    // CAND-31
    @Test("the structure that carries the candidacy answers like the others", arguments: TestEngine.available)
    func lead(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine, isConsortium: true, form: Self.form) { world in
            let (ada, bob) = (try await world.person("ada"), try await world.person("bob"))
            let draft = try await world.complete(by: ada)
            let take = TakePartAsLead(candidacy: draft.id)
            #expect(try await world.refusal(take, as: bob) is Missing)
            _ = try await Self.join(world, draft.id, "La Halle", bob, by: ada)
            #expect(try await world.refusal(take, as: bob) is Denied)
            let part = try await world.desk.perform(take, as: ada)
            #expect(part.name == "Association La Fosse")
            #expect(try await world.desk.perform(take, as: ada).id == part.id, "once")
            _ = try await world.desk.perform(
                Self.save(world, draft.id, part.id, 1, Self.figures("700", visits: "3")), as: ada)
            try await world.desk.perform(
                CommitPartner(candidacy: draft.id, agrees: true, head: world.head, shelf: world.shelf), as: ada)
            #expect(try await Self.partner(world, part.id).state == .committed)
        }
        try await CandidacyWorld.on(engine, form: Self.form) { world in
            let ada = try await world.person("ada")
            let draft = try await world.complete(by: ada)
            #expect(try await world.refusal(TakePartAsLead(candidacy: draft.id), as: ada) is Problems, "no consortium")
        }
    }

    // CAND-6, CAND-31
    @Test("after the limit of what was deposited, no part changes", arguments: TestEngine.available)
    func late(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine, isConsortium: true, form: Self.form) { world in
            let (ada, bob) = (try await world.person("ada"), try await world.person("bob"))
            let draft = try await world.complete(by: ada)
            let halle = try await Self.join(world, draft.id, "La Halle", bob, by: ada)
            _ = try await world.desk.perform(
                Self.save(world, draft.id, halle, 2, Self.figures("700", visits: "3")), as: bob)
            try await world.desk.perform(
                CommitPartner(candidacy: draft.id, agrees: true, head: world.head, shelf: world.shelf), as: bob)
            _ = try await world.deposit(try await world.read(draft.id), 1, by: ada)
            world.goTo(CandidacyWorld.closing)
            let refused = Self.save(world, draft.id, halle, 4, [.init("budget", "1")])
            #expect(try await world.refusal(refused, as: bob) is Problems)
        }
    }
}

extension PartTests {
    /// A dossier whose « chiffres » each partner answers.
    static let form: Form = {
        var form = CandidacyWorld.form
        let forms = [QuestionOption("association", "Association"), QuestionOption("scic", "SCIC")]
        form.sections.insert(
            FormSection(
                "chiffres", "Les chiffres du partenaire",
                questions: [
                    Question("forme", "Forme", .oneOf(forms), .required),
                    Question("budget", "Budget", .money(min: 0), .required),
                    Question("visites", "Visites par an", .number(min: .zero), .required),
                    Question("remarque", "Remarque", .longText()),
                ], answeredBy: .partners), at: 1)
        form.sections[2].questions += [
            Question(
                "total_budget", "Budget de tous",
                .computed(.reference(Reference(Form.partners, "budget")), unit: .money)),
            Question(
                "associations", "Associations",
                .computed(
                    .rowCount(
                        table: Form.partners,
                        where: .comparison(.reference(Reference("forme")), .equal, .text("association"))),
                    unit: .number)),
        ]
        return form
    }()

    static func figures(_ budget: String, visits: String) -> [URLEncodedForm.Field] {
        [.init("forme", "association"), .init("budget", budget), .init("visites", visits)]
    }

    static func save(
        _ world: CandidacyWorld, _ id: Candidacy.ID, _ partner: CandidacyPartner.ID, _ version: Int,
        _ fields: [URLEncodedForm.Field]
    ) -> SavePart {
        SavePart(
            candidacy: id, partner: partner, version: version, section: "chiffres", fields: fields, shelf: world.shelf)
    }

    /// Invites somebody for a partner, who accepts.
    static func join(
        _ world: CandidacyWorld, _ id: Candidacy.ID, _ name: String, _ person: Principal, by lead: Principal
    ) async throws -> CandidacyPartner.ID {
        _ = try await world.desk.perform(
            InviteToCandidacy(
                candidacy: id, email: "\(person.name.lowercased())@exemple.fr", role: .partner, partner: name,
                head: world.head, shelf: world.shelf), as: lead)
        try await accept(world, person)
        let found = try await world.database.read { try CandidacyPartnerStore.partners(of: id, $0) }
        return try #require(found.first { $0.name == name }).id
    }

    static func accept(_ world: CandidacyWorld, _ person: Principal) async throws {
        let letters = try await world.calls.letters(to: "\(person.name.lowercased())@exemple.fr")
        let secret = try #require(letters.last.flatMap { CandidacyDraftTests.secret(in: $0.text) })
        _ = try await world.desk.perform(AcceptCandidacyInvitation(secret), as: person)
    }

    static func partner(_ world: CandidacyWorld, _ id: CandidacyPartner.ID) async throws -> CandidacyPartner {
        try #require(try await world.database.read { try CandidacyPartnerStore.any(id, $0) })
    }

    static func review(_ world: CandidacyWorld, _ id: Candidacy.ID) async throws -> CandidacyReview {
        let (candidacy, call, now, shelf) = (try await world.read(id), world.call, world.clock.now, world.shelf)
        return try await world.database.read {
            try CandidacyReview.of(candidacy, call: call, at: now, shelf: shelf, $0)
        }
    }
}
