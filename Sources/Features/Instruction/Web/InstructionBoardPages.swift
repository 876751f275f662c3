import Exchange
import HTTPTypes
import Maillage
import Markup

/// `/instruction`: the dossiers one may see across calls, and what is done with several at once.
enum InstructionBoardPages {
    /// Dossiers that one press changes at most.
    static let most = 1_000

    static func show(_ visit: Visit) async throws -> Answer {
        // A form sends its empty fields too: the address to share is the one without them.
        if visit.query.all.contains(where: { $0.value.isEmpty }) {
            return .redirect(to: Paths.instruction(InstructionFields.query(visit.query)))
        }
        return try await page(visit, InstructionFields.query(visit.query))
    }

    /// Assigns, or sets a date, for the dossiers that are ticked, or for all those that the filters leave.
    static func act(_ visit: Visit) async throws -> Answer {
        let (form, principal, now) = (visit.form, visit.principal, visit.now)
        let query = InstructionFields.query(form)
        do {
            let chosen: [Candidacy.ID]
            if form.has("tous") {
                chosen = try await visit.read {
                    try InstructionBoard.candidacies(query, principal, at: now, limit: most + 1, $0)
                }
                guard chosen.count <= most else {
                    throw Problems(
                        "",
                        "Ces filtres laissent plus de \(Format.number(most)) dossiers\u{202F}: resserrez-les d’abord.")
                }
            } else {
                chosen = form.values("dossier").compactMap { Candidacy.ID(text: $0) }
            }
            guard !chosen.isEmpty else { throw Problems("dossier", "Cochez au moins un dossier.") }
            let words = try await perform(form, chosen, visit)
            return .done(words, to: Paths.instruction(query, page: query.page))
        } catch let problems as Problems {
            return try await page(visit, query, problems)
        } catch is Conflict {
            return try await page(
                visit, query,
                Problems("", "L’un de ces dossiers vient de changer\u{202F}: relisez la liste, puis recommencez."))
        }
    }

    private static func perform(_ form: Fields, _ chosen: [Candidacy.ID], _ visit: Visit) async throws -> String {
        let count = Format.count(chosen.count, "dossier", "dossiers")
        switch form.text("action") {
        case "confier":
            let instructor: Account.ID?
            switch form.text("instructeur") {
            case nil: throw Problems("instructeur", "Choisissez à qui confier ces dossiers.")
            case "personne": instructor = nil
            case let text?:
                guard let id = Account.ID(text: text) else { throw Missing() }
                instructor = id
            }
            try await visit.perform(all: chosen.map { AssignDossier(candidacy: $0, instructor: instructor) })
            return instructor == nil ? "\(count) sans instructeur." : "\(count) à \(try await name(instructor, visit))."
        case "echeance":
            guard let day = form.text("echeance").flatMap({ CivilDate(iso: $0) }) else {
                throw Problems("echeance", "Donnez une date.")
            }
            try await visit.perform(all: chosen.map { SetDossierDue(candidacy: $0, day: day) })
            return "\(count), échéance au \(Format.date(year: day.year, month: day.month, day: day.day))."
        default: throw Problems("", "Choisissez ce qu’il faut faire de ces dossiers.")
        }
    }

    private static func name(_ account: Account.ID?, _ visit: Visit) async throws -> String {
        guard let account else { return "" }
        return try await visit.read { try AccountStore.names([account], $0)[account] ?? "" }
    }

    static func keep(_ visit: Visit) async throws -> Answer {
        let query = InstructionFields.query(visit.form)
        do {
            try await visit.perform(
                SaveInstructionSearch(name: visit.form["nom"] ?? "", query: InstructionFields.saved(query)))
            return .done("Cette recherche est gardée.", to: Paths.instruction(query))
        } catch let problems as Problems {
            return try await page(visit, query, problems)
        }
    }

    static func forget(_ visit: Visit) async throws -> Answer {
        let search = try visit.identifier("search", of: InstructionSearch.ID.self)
        try await visit.perform(RemoveInstructionSearch(search: search))
        return .done("Cette recherche est retirée.", to: Paths.instruction)
    }

    private static func page(
        _ visit: Visit, _ query: InstructionQuery, _ problems: Problems = Problems()
    ) async throws -> Answer {
        let (principal, now) = (visit.principal, visit.now)
        let (board, searches, team) = try await visit.read { reader in
            let board = try InstructionBoard.read(query, principal, at: now, reader)
            return (
                board, try InstructionSearchStore.own(principal, reader),
                try InstructionBoard.team(of: board, principal, reader)
            )
        }
        var names: [String: String] = [:]
        for code in board.departements {
            names[code] = visit.reception.gazetteer.present.departements.first { $0.code == code }?.name
        }
        var head = PageHead(
            "Instruction", section: "Instruction", breadcrumbs: Breadcrumbs(current: "Instruction"))
        head.isIndexed = false
        head.hasErrors = !problems.isEmpty
        let view = InstructionBoardView(
            board: board, searches: searches, team: team, departements: names, now: now, problems: problems,
            form: visit.form, tokens: FormTokens(visit))
        return visit.page(head, status: problems.isEmpty ? .ok : .unprocessableContent, view)
    }
}
