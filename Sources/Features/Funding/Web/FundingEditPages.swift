import Exchange
import HTTPTypes
import Maillage
import Markup

/// Opening a line, and correcting what it says beside its money.
enum FundingEditPages {
    static func new(_ visit: Visit) async throws -> Answer { try await newPage(visit, Problems()) }

    static func create(_ visit: Visit) async throws -> Answer {
        do {
            var problems = Problems()
            let facts = facts(visit.form, nil, &problems)
            try problems.throwIfAny()
            guard let facts else { throw problems }
            let line = try await visit.perform(OpenFundingLine(facts))
            return .done("La ligne est ouverte.", to: Paths.funding(line.id))
        } catch let problems as Problems {
            return try await newPage(visit, problems)
        }
    }

    static func edit(_ visit: Visit) async throws -> Answer { try await editPage(visit, Problems()) }

    static func save(_ visit: Visit) async throws -> Answer {
        let reading = try await FundingReading.kept(visit)
        do {
            var problems = Problems()
            let facts = facts(visit.form, reading.line.facts, &problems)
            try problems.throwIfAny()
            guard let facts else { throw problems }
            _ = try await visit.perform(
                DescribeFundingLine(
                    line: reading.line.id, version: visit.form.int("version") ?? 0, facts: facts))
            return .done("La ligne est corrigée.", to: Paths.funding(reading.line.id))
        } catch let problems as Problems {
            return try await editPage(visit, problems)
        }
    }

    /// What the form says; nil with problems when the funder or the year cannot be read.
    private static func facts(_ form: Fields, _ former: FundingFacts?, _ problems: inout Problems) -> FundingFacts? {
        let funder = former?.funder ?? form.text("financeur").flatMap { Funder.ID(text: $0) }
        if funder == nil { problems.add("financeur", "Choisissez le financeur.") }
        let year = form.int("annee")
        if year == nil { problems.add("annee", "Donnez l’année, par exemple 2026.") }
        guard let funder, let year else { return nil }
        var facts = FundingFacts(
            funder: funder, beneficiary: form["beneficiaire"] ?? "", object: form["objet"] ?? "", year: year)
        (facts.call, facts.candidacy, facts.place) = (former?.call, former?.candidacy, former?.place)
        (facts.siret, facts.rna) = (form["siret"] ?? "", form["rna"] ?? "")
        facts.isPerson = form.has("personne")
        facts.scheme = form["dispositif"] ?? ""
        facts.form = form.text("forme").flatMap(FundingFacts.Form.init) ?? .grant
        facts.purpose = form.text("sert_a").flatMap(FundingFacts.Purpose.init) ?? .unsaid
        facts.isDeMinimis = form.has("minimis")
        facts.reference = form["reference"] ?? former?.reference ?? ""
        facts.envelope = form.text("enveloppe").flatMap { FundingEnvelope.ID(text: $0) }
        if former == nil { facts.call = form.text("appel").flatMap { Call.ID(text: $0) } }
        if let text = form.text("assiette") {
            facts.base = WrittenAmount.cents(text)
            if facts.base == nil { problems.add("assiette", "Donnez un montant, par exemple 40\u{202F}000.") }
        }
        if let text = form.text("lieu") {
            facts.place = Place.ID(text: String(text.suffix(13)))
            if facts.place == nil { problems.add("lieu", "Choisissez un lieu de la liste, ou laissez vide.") }
        } else if form.has("lieu") {
            facts.place = nil
        }
        return facts
    }

    private static func newPage(_ visit: Visit, _ problems: Problems) async throws -> Answer {
        let principal = visit.principal
        let (funders, envelopes, calls) = try await visit.read { reader in
            (
                try FunderStore.kept(by: principal, reader), try FundingEnvelopeStore.kept(by: principal, reader),
                try CallListing.kept(by: principal, reader).filter { $0.state != .draft }
            )
        }
        guard !funders.isEmpty || !calls.isEmpty || FundingRights.mayAddFunder(principal) else {
            throw Denied("Ouvrir une ligne revient à la coordination, aux agents financeurs et aux équipes des appels.")
        }
        let allFunders = calls.isEmpty ? funders : try await visit.read { try FunderStore.all($0) }
        var head = PageHead(
            "Ouvrir une ligne", section: "Financements",
            breadcrumbs: Breadcrumbs([("Financements", Link(path: "financements"))], current: "Ouvrir une ligne"))
        head.isIndexed = false
        head.hasErrors = !problems.isEmpty
        let view = FundingForm(
            title: "Ouvrir une ligne", action: Paths.newFunding, version: nil, form: visit.form, problems: problems,
            tokens: FormTokens(visit), funders: allFunders, envelopes: envelopes, calls: calls, places: places(visit))
        return visit.page(head, status: problems.isEmpty ? .ok : .unprocessableContent, view)
    }

    private static func editPage(_ visit: Visit, _ problems: Problems) async throws -> Answer {
        let reading = try await FundingReading.kept(visit)
        let principal = visit.principal
        let funder = reading.line.facts.funder
        let envelopes = try await visit.read {
            try FundingEnvelopeStore.kept(by: principal, $0).filter { $0.funder == funder }
        }
        let form = problems.isEmpty ? FundingForm.fields(of: reading) : visit.form
        let view = FundingForm(
            title: "Corriger la ligne", action: Paths.funding(reading.line.id, .edit), version: reading.line.version,
            form: form, problems: problems, tokens: FormTokens(visit), funders: [], envelopes: envelopes, calls: [],
            places: places(visit), reading: reading)
        return visit.page(
            reading.head("Corriger", problems), status: problems.isEmpty ? .ok : .unprocessableContent, view)
    }

    /// The places the one who writes may know, by name.
    private static func places(_ visit: Visit) -> [Option] {
        let directory = visit.reception.directory
        var query = PlaceQuery()
        query.limit = 2_000
        return directory.cards(directory.ids(query, for: visit.principal), for: visit.principal)
            .map { Option($0.id.text, $0.name) }.sorted { $0.label < $1.label }
    }
}
