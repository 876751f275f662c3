import Exchange
import Forms
import Maillage

/// What became of the dossiers of the first two stories once their limits had passed: some admissible, one completed, one not admissible,
/// one waiting for its candidate and one for an opinion.
struct DemoInstruction {
    let writer: DemoWriter
    let people: [String: Principal]
    let coordinator: Principal
    let funder: Principal
    /// Who is asked for opinions: an address with the account that has it.
    let adviser: (email: String, principal: Principal)

    private var head: LetterHead { writer.office.head }
    private var shelf: CandidacyFormShelf { writer.office.shelf }

    func build(lens: Call?, factories: Call?) async throws {
        if let lens { try await closeLens(lens) }
        if let factories { try await goOn(factories) }
    }

    private func dossiers(of call: Call, by writer: DemoWriter) async throws -> [String: Candidacy.ID] {
        _ = try await writer.desk.perform(OpenInstructions(shelf: shelf), as: .house)
        let lines = try await writer.desk.database.read { try CallCandidacies.of(call, .house, $0) }.lines
        return Dictionary(lines.map { ($0.candidacy.name, $0.candidacy.id) }) { first, _ in first }
    }

    /// An instant of the autumn of 2020, by the clocks of Paris.
    private func on(_ day: Int, _ month: Int, _ hour: Int = 10) -> DemoWriter {
        let date = CivilDate(year: 2020, month: month, day: day) ?? CivilDate(daysSince1970: 18_550)
        return writer.at(Instant(microseconds: CivilZone.paris.utc(of: CivilTime(date, minuteOfDay: hour * 60))))
    }

    /// Lens-Liévin, instructed to its end in November 2020.
    private func closeLens(_ call: Call) async throws {
        let found = try await dossiers(of: call, by: on(27, 10))
        func dossier(_ start: String) -> Candidacy.ID? { found.first { $0.key.hasPrefix(start) }?.value }
        try await join(call, funder, "financeur@demo.example", on(27, 10))
        _ = try await on(27, 10, 11).desk.perform(BalanceDossiers(call: call.id, byTerritory: true), as: coordinator)
        let end = CivilDate(year: 2020, month: 11, day: 30)
        for id in found.values.sorted() {
            guard try await isOpen(id) else { continue }
            _ = try await on(27, 10, 12).desk.perform(SetDossierDue(candidacy: id, day: end), as: coordinator)
        }
        if let id = dossier("L’Établi des Corons") {
            try await note(
                id, .strength, "Une équipe déjà en place, et quatre après-midi d’ouverture par semaine.", on(3, 11))
            try await note(id, .toCheck, "Le budget a changé entre les deux dépôts : seul le second compte.", on(3, 11))
            try await admit(id, call, on(5, 11))
        }
        if let id = dossier("Une cantine au pied du terril") { try await complete(id, call) }
        if let id = dossier("La Halle aux vélos") { try await consult(id, call) }
        if let id = dossier("La Ruche minière") {
            try await check(id, call, .no, on(9, 11))
            try await decide(
                id, isAdmissible: false, reasons: ["hors_objet"],
                "Le projet porte sur une production agricole privée : il ne prévoit aucun accueil du public.", on(9, 11)
            )
        }
    }

    /// Asked for more, answered in time, then found admissible.
    private func complete(_ id: Candidacy.ID, _ call: Call) async throws {
        guard let holder = people["manager"] else { return }
        try await note(id, .alert, "Aucun lieu n’est nommé : demander où la cantine ouvrira.", on(4, 11))
        let request = try await on(4, 11, 15).desk.perform(
            AskForPieces(
                candidacy: id, version: try await version(of: id),
                items: [.init("resume", reason: "Dites où la cantine ouvrira, et avec quels jardins.")],
                words: "Votre projet nous intéresse : cette précision suffit.",
                day: CivilDate(year: 2020, month: 11, day: 20),
                head: head, shelf: shelf), as: coordinator)
        _ = try await on(5, 11, 9).desk.perform(
            SendInstructionMessage(
                candidacy: id, side: .candidate, text: "Merci. Une adresse provisoire peut-elle convenir ?", head: head),
            as: holder)
        _ = try await on(5, 11, 14).desk.perform(
            SendInstructionMessage(
                candidacy: id, side: .instruction, text: "Oui, dites-le simplement comme provisoire.", head: head),
            as: coordinator)
        let saved = try await on(14, 11, 20).desk.perform(
            SavePieces(
                request: request.id, version: request.version,
                fields: [
                    .init(
                        "resume",
                        "Cuisiner, conserver et partager les récoltes des jardins de la cité 5 et de la base 11/19, dans "
                            + "l’ancienne salle des fêtes de Loos-en-Gohelle (adresse provisoire).")
                ], shelf: shelf), as: holder)
        _ = try await on(14, 11, 21).desk.perform(
            SendPieces(request: saved.id, version: saved.version, head: head, shelf: shelf), as: holder)
        try await admit(id, call, on(17, 11))
    }

    /// One opinion asked, and given in time.
    private func consult(_ id: Candidacy.ID, _ call: Call) async throws {
        let opinion = try await on(6, 11).desk.perform(
            AskOpinion(
                candidacy: id, kind: .expert, email: adviser.email,
                question: "Le plan d’équipement de l’atelier vélo vous paraît-il tenir en dix-huit mois ?",
                day: CivilDate(year: 2020, month: 11, day: 20), head: head), as: funder)
        _ = try await on(12, 11).desk.perform(
            GiveOpinion(
                opinion: opinion.id, position: .reserved,
                answer: "Oui, si la halle est chauffée dès le premier hiver. Prévoir un devis.", head: head),
            as: adviser.principal)
        try await admit(id, call, on(18, 11))
    }

    /// The first wave of the permanent call: one dossier waits for its candidate, the other for an opinion.
    private func goOn(_ call: Call) async throws {
        let found = try await dossiers(of: call, by: writer)
        let now = writer.desk.surroundings.now()
        let today = CivilZone.paris.local(now.microseconds).date
        func day(_ count: Int) -> CivilDate { CivilDate(daysSince1970: today.daysSince1970 + count) }
        try await join(call, funder, "financeur@demo.example", writer)
        try await join(call, coordinator, "coordination@demo.example", writer)
        for (name, id) in found.sorted(by: { $0.value < $1.value }) {
            guard try await isOpen(id) else { continue }
            _ = try await writer.desk.perform(AssignDossier(candidacy: id, instructor: funder.account), as: coordinator)
            _ = try await writer.desk.perform(SetDossierDue(candidacy: id, day: day(20)), as: coordinator)
            if name.hasPrefix("La Fabrique des berges") {
                _ = try await writer.desk.perform(
                    AskForPieces(
                        candidacy: id, version: try await version(of: id),
                        items: [
                            .init("cout", reason: "Le coût doit comprendre l’aménagement du quai."),
                            .init("services", reason: "Dites lesquels ouvriront la première année."),
                        ], day: day(12), takesLate: true, head: head, shelf: shelf), as: funder)
                _ = try await writer.desk.perform(
                    SendInstructionMessage(
                        candidacy: id, side: .instruction,
                        text: "Bonjour, deux précisions nous manquent : elles sont dans vos compléments.", head: head),
                    as: funder)
            } else {
                _ = try await writer.desk.perform(
                    AskOpinion(
                        candidacy: id, kind: .expert, email: "compte@demo.example",
                        question: "Les horaires annoncés conviennent-ils aux habitants du port ?", day: day(9),
                        head: head),
                    as: funder)
                try await note(id, .toCheck, "Comparer avec les lieux d’Amiens-Nord avant de conclure.", writer)
            }
        }
    }

    private func isOpen(_ id: Candidacy.ID) async throws -> Bool {
        try await writer.desk.database.read { try InstructionStore.any(id, $0) }?.state.isOpen == true
    }

    private func version(of id: Candidacy.ID) async throws -> Int {
        try await writer.desk.database.read { try InstructionStore.any(id, $0) }?.version ?? 0
    }

    private func join(_ call: Call, _ person: Principal, _ email: String, _ writer: DemoWriter) async throws {
        let members = try await writer.desk.database.read { try CallTeamStore.members(of: call.id, $0) }
        guard let account = person.account, !members.contains(account) else { return }
        try await writer.desk.perform(AddCallTeammate(call: call.id, email: email), as: .house)
    }

    private func note(
        _ id: Candidacy.ID, _ kind: InstructionNote.Kind, _ text: String, _ writer: DemoWriter
    ) async throws {
        _ = try await writer.desk.perform(AddInstructionNote(candidacy: id, kind: kind, text: text), as: coordinator)
    }

    private func check(
        _ id: Candidacy.ID, _ call: Call, _ subject: CheckLine.Result, _ writer: DemoWriter
    ) async throws {
        let items = try await writer.desk.database.read { try ChecklistStore.items(of: call, $0) }
        try await writer.desk.perform(
            CheckDossier(
                candidacy: id,
                findings: items.map { item in
                    let isPiece = item.code.hasPrefix("piece-")
                    return .init(item.code, item.code == "objet" ? subject : isPiece ? .notApplicable : .yes)
                }), as: coordinator)
    }

    private func admit(_ id: Candidacy.ID, _ call: Call, _ writer: DemoWriter) async throws {
        try await check(id, call, .yes, writer)
        try await decide(id, isAdmissible: true, reasons: [], "", writer)
    }

    private func decide(
        _ id: Candidacy.ID, isAdmissible: Bool, reasons: [String], _ words: String, _ writer: DemoWriter
    ) async throws {
        _ = try await writer.desk.perform(
            DecideAdmissibility(
                candidacy: id, version: try await version(of: id), isAdmissible: isAdmissible, reasons: reasons,
                words: words, head: head), as: coordinator)
    }
}
