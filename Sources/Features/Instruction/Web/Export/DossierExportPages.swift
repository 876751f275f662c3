import Exchange
import HTTPTypes
import Maillage
import Markup

/// `/instruction/export`: what to take out of the board, and the files themselves. The columns chosen stand in the address, which
/// can be kept; a file is asked for by a form, for the journal says who took what (INST-19).
enum DossierExportPages {
    static func show(_ visit: Visit) async throws -> Answer {
        if visit.query.all.contains(where: { $0.value.isEmpty }) {
            return .redirect(
                to: Paths.dossierExport(InstructionFields.query(visit.query), DossierChoice(visit.query).keys))
        }
        return try await page(visit, visit.query, Problems())
    }

    static func make(_ visit: Visit) async throws -> Answer {
        let query = InstructionFields.query(visit.form)
        let choice = DossierChoice(visit.form)
        let kind = visit.form.text("format") ?? ""
        do {
            if kind == ExportDossiers.File.pieces.rawValue { return try await PiecesArchivePages.begin(visit, query) }
            if kind == ExportDossiers.File.archive.rawValue { return try await CallArchivePages.send(visit, query) }
            let layout = try await layout(visit, query)
            let keys = choice.keys(among: layout)
            guard keys.map({ !$0.isEmpty }) ?? true else {
                throw Problems("colonne", "Cochez au moins une colonne.")
            }
            if kind == "adresse" { return .redirect(to: Paths.dossierExport(query, keys ?? [])) }
            return try await file(visit, query, layout, keys ?? [], kind)
        } catch let problems as Problems {
            return try await page(visit, visit.form, problems)
        }
    }

    /// The file of a kind: `csv`, `csv:` and the key of a sheet, `xlsx`, `ods`.
    private static func file(
        _ visit: Visit, _ query: InstructionQuery, _ layout: DossierLayout, _ keys: [String], _ kind: String
    ) async throws -> Answer {
        let chosen = layout.chosen(keys)
        let stem = try await stem(visit, query)
        func record(_ file: ExportDossiers.File, _ keys: [String]) async throws {
            _ = try await visit.perform(ExportDossiers(query: query, file: file, columns: keys))
        }
        if let format = WorkbookStream.Format(rawValue: kind) {
            try await record(format == .xlsx ? .xlsx : .ods, keys)
            let batches = batches(visit, query, chosen.columns, chosen.sheets)
            return DossierFileWriter.workbook(
                format, batches, columns: chosen.columns, sheets: chosen.sheets, at: visit.now,
                savedAs: "\(stem).\(format.rawValue)")
        }
        if kind == "csv" {
            try await record(.csv, keys)
            let batches = batches(visit, query, chosen.columns, [])
            return DossierFileWriter.csv(batches, columns: chosen.columns, savedAs: "\(stem).csv")
        }
        guard kind.hasPrefix("csv:"), let sheet = layout.sheets.first(where: { "csv:" + $0.key == kind }) else {
            throw Problems("", "Choisissez un format de fichier.")
        }
        try await record(.csv, [sheet.key])
        return DossierFileWriter.csv(
            batches(visit, query, [], [sheet]), sheet: sheet,
            savedAs: "\(stem)-\(sheet.key.dropFirst("feuille.".count)).csv")
    }

    private static func batches(
        _ visit: Visit, _ query: InstructionQuery, _ columns: [DossierColumn], _ sheets: [DossierSheet]
    ) -> DossierBatches {
        DossierBatches(
            visit.reception.database, query, visit.principal, at: visit.now, shelf: visit.reception.forms,
            readsAnswers: !sheets.isEmpty || columns.contains { $0.isAnswer })
    }

    /// What files are called: after the call, when there is one.
    static func stem(_ visit: Visit, _ query: InstructionQuery, _ word: String = "dossiers") async throws -> String {
        guard let id = query.call else { return word }
        let principal = visit.principal
        let call = try await visit.read { try CallStore.call(principal, id, $0) }
        return call.map { "\(word)-\($0.slug)" } ?? word
    }

    private static func layout(_ visit: Visit, _ query: InstructionQuery) async throws -> DossierLayout {
        let (principal, now, shelf) = (visit.principal, visit.now, visit.reception.forms)
        return try await visit.read { try DossierLayout.of(query, principal, at: now, shelf: shelf, $0) }
    }

    private static func page(_ visit: Visit, _ fields: Fields, _ problems: Problems) async throws -> Answer {
        let (principal, now) = (visit.principal, visit.now)
        let query = InstructionFields.query(fields)
        let layout = try await layout(visit, query)
        let (count, call) = try await visit.read { reader in
            (
                try InstructionBoard.count(query, principal, at: now, reader),
                try query.call.flatMap { try CallStore.call(principal, $0, reader) }
            )
        }
        var head = PageHead(
            "Exporter les dossiers", section: "Instruction",
            breadcrumbs: Breadcrumbs([("Instruction", Link(path: "instruction"))], current: "Exporter"))
        head.isIndexed = false
        head.hasErrors = !problems.isEmpty
        let view = DossierExportView(
            // Whoever finds nothing in a call is told nothing of it.
            query: query, call: count > 0 ? call : nil, count: count, layout: layout, choice: DossierChoice(fields),
            problems: problems,
            tokens: FormTokens(visit))
        return visit.page(head, status: problems.isEmpty ? .ok : .unprocessableContent, view)
    }
}

/// The columns asked for: by an address, in its order, or by the boxes of the page.
struct DossierChoice: Sendable {
    /// What the address names; empty for everything.
    let keys: [String]
    /// The boxes ticked; nil when none was shown.
    let ticked: Set<String>?

    init(_ fields: Fields) {
        let named = fields.text("colonnes") ?? ""
        keys = named.split(separator: ",").prefix(DossierLayout.most).map(String.init)
        ticked = fields.has("choix") ? Set(fields.values("colonne")) : nil
    }

    func has(_ key: String) -> Bool { ticked.map { $0.contains(key) } ?? (keys.isEmpty || keys.contains(key)) }

    /// The columns that the address names and the form no longer has: they keep their place.
    func former(than layout: DossierLayout) -> [String] {
        let known = Set(layout.columns.map(\.key) + layout.sheets.map(\.key))
        return layout.chosen(keys).columns.map(\.key).filter { !known.contains($0) }
    }

    /// What is to be written, those of the address first, in its order; nil for everything there is.
    func keys(among layout: DossierLayout) -> [String]? {
        guard let ticked else { return keys.isEmpty ? nil : keys }
        let all = layout.columns.map(\.key) + layout.sheets.map(\.key)
        let known = Set(all).union(former(than: layout))
        let chosen = ticked.intersection(known)
        if chosen.count == all.count, keys.isEmpty { return nil }
        let kept = keys.filter { chosen.contains($0) }
        let held = Set(kept)
        return kept + all.filter { chosen.contains($0) && !held.contains($0) }
    }
}

extension Paths {
    /// The page that exports what a question finds, with the columns chosen.
    static func dossierExport(_ query: InstructionQuery, _ keys: [String] = []) -> String {
        path(
            "instruction", "export",
            query: InstructionFields.pairs(query) + [("colonnes", keys.isEmpty ? nil : keys.joined(separator: ","))])
    }

    static let dossierExportAction = "/instruction/export"
}
