import Exchange
import HTTPTypes
import Maillage
import Markup

/// `/appels/{slug}/jury/classement`: exact scores, ties with their reasons, and what the jury put elsewhere.
enum JuryRankingPages {
    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit, Problems())
    }

    static func export(_ visit: Visit) async throws -> Answer {
        let (at, ranking) = try await found(visit)
        return .file(csv(ranking), type: "text/csv; charset=utf-8", savedAs: "classement-\(at.stem).csv")
    }

    /// The ranking of each jury in the archive of its call, once the notes are open to the reader.
    static func inArchive(_ visit: Visit, _ call: Call) async throws -> [LaterRooms.File] {
        let (principal, now) = (visit.principal, visit.now)
        var files: [LaterRooms.File] = []
        for jury in try await visit.read({ try JuryStore.juries(of: call.id, $0) }) where jury.isRevealed {
            do {
                let ranking = try await visit.read { reader in
                    try JuryRanking.of(try JuryAccess.of(principal, call, jury, reader), at: now, reader)
                }
                let place = call.settings.waves.firstIndex { $0.id == jury.wave }
                let wave = call.settings.waves.count > 1 ? place.map { "-vague-\($0 + 1)" } ?? "" : ""
                files.append(LaterRooms.File("jury-classement\(wave).csv", csv(ranking)))
            } catch is Denied {
                continue
            }
        }
        return files
    }

    private static func csv(_ ranking: JuryRanking) -> [UInt8] {
        let names = Dictionary(ranking.entries.map { ($0.id, $0.dossier.name) }) { first, _ in first }
        var csv = CSVWriter()
        csv.record(columns + ranking.criteria.map { "moyenne_\($0.code)" })
        for entry in ranking.entries { csv.record(cells(of: entry, ranking, names)) }
        return csv.take()
    }

    private static let columns = [
        "position", "rang", "score_sur_100", "score_exact", "numero", "projet", "structure", "fiches", "abstentions",
        "ecart_signale", "note_basse", "note_haute", "avis", "texte_avis", "egalite", "deplacement",
    ]

    private static func cells(
        of entry: JuryRanking.Entry, _ ranking: JuryRanking, _ names: [Candidacy.ID: String]
    ) -> [String] {
        func points(_ share: ExactShare?) -> String { share.map { JuryWords.points($0) } ?? "" }
        var cells = [String(entry.position), entry.rank.map { String($0) } ?? ""]
        cells += [points(entry.score), entry.score?.fractionText ?? "", String(entry.dossier.number)]
        cells += [entry.dossier.title, entry.dossier.structure, String(entry.sheets), String(entry.abstentions)]
        cells += [entry.isDispersed ? "oui" : "non", points(entry.low), points(entry.high)]
        cells += [entry.advice?.rawValue ?? "", entry.adviceWords]
        cells.append(JuryWords.tie(of: entry, ranking.criteria, names: { names[$0] }) ?? "")
        cells.append(entry.move?.reason ?? "")
        return cells + entry.means.map { mean in mean.map { JuryWords.decimal($0) } ?? "" }
    }

    static func move(_ visit: Visit) async throws -> Answer {
        let at = try await JuryVisit.find(visit)
        do {
            guard let id = visit.form.text("dossier").flatMap({ Candidacy.ID(text: $0) }) else {
                throw Problems("dossier", "Choisissez le dossier à déplacer.")
            }
            try await visit.perform(
                MoveInRanking(
                    call: at.call.id, wave: at.wave?.id, candidacy: id, position: visit.form.int("position") ?? 0,
                    reason: visit.form["motif"] ?? ""))
            return .done("Le dossier est déplacé\u{202F}; le motif est écrit.", to: Paths.jury(at.address, .ranking))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    static func undo(_ visit: Visit) async throws -> Answer {
        let at = try await JuryVisit.find(visit)
        try await visit.perform(
            UndoMove(call: at.call.id, wave: at.wave?.id, move: try visit.identifier("move", of: JuryMove.ID.self)))
        return .done("Le déplacement est repris.", to: Paths.jury(at.address, .ranking))
    }

    private static func found(_ visit: Visit) async throws -> (JuryVisit, JuryRanking) {
        let at = try await JuryVisit.find(visit)
        let (access, now) = (at.access, visit.now)
        return (at, try await visit.read { try JuryRanking.of(access, at: now, $0) })
    }

    private static func page(_ visit: Visit, _ problems: Problems) async throws -> Answer {
        let (at, ranking) = try await found(visit)
        return at.page(
            visit, "Classement", problems,
            JuryRankingView(
                at: at, ranking: ranking, problems: problems, form: visit.form, tokens: FormTokens(visit)))
    }
}

struct JuryRankingView: View {
    var at: JuryVisit
    var ranking: JuryRanking
    var problems = Problems()
    var form = Fields()
    var tokens = FormTokens.sample

    func render(into html: inout HTML) {
        html.h1("Classement")
        html.p(at.call.title, .class("lead"))
        html.add(JuryNavigation(at: at, current: .ranking))
        html.add(ErrorSummary(problems))
        html.p(
            "Moyenne des fiches définitives, sur 100\u{202F}; à score égal, les critères départagent dans l’ordre de la grille. "
                + "Ce classement est un avis, pas la décision.")
        if !ranking.isConfirmed {
            html.div(.class("flash flash-error"), .role("alert")) { html in
                html.p(
                    "Le second calcul ne trouve pas le même classement\u{202F}: ne vous en servez pas, prévenez-nous.")
            }
        } else if !ranking.entries.isEmpty {
            html.p(.class("row")) {
                $0.add(Badge("Recalculé autrement à partir des notes\u{202F}: même classement", .good))
            }
        }
        guard !ranking.entries.isEmpty else {
            html.add(EmptyState("Rien à classer", "Aucun dossier n’est ouvert à ce jury."))
            return
        }
        html.add(table)
        renderReasons(into: &html)
        html.p { $0.a("Télécharger le classement (CSV)", .href(Paths.jury(at.address, .rankingFile))) }
        if at.leads, at.jury?.state == .session { renderMoving(into: &html) }
    }

    private var table: DataTable<JuryRanking.Entry> {
        DataTable(
            Format.count(ranking.entries.count, "dossier classé", "dossiers classés"), rows: ranking.entries,
            id: "classement",
            columns: [
                .init("Dossier") { entry, html in
                    html.a(entry.dossier.name, .href(Paths.juryDossier(at.address, entry.id)))
                },
                .init("Position", isNumber: true) { String($0.position) },
                .init("Rang", isNumber: true) { entry in
                    entry.rank.map { "\($0)" + (entry.tie?.exAequo.isEmpty == false ? " ex æquo" : "") } ?? "—"
                },
                .init("Score", isNumber: true) { $0.score.map(JuryWords.points) ?? "sans note" },
                .init("Fiches", isNumber: true) { entry in
                    entry.abstentions == 0
                        ? String(entry.sheets)
                        : "\(entry.sheets) et \(Format.count(entry.abstentions, "abstention", "abstentions"))"
                },
                .init("De – à") { entry, html in
                    if let low = entry.low, let high = entry.high {
                        html.text("\(JuryWords.points(low)) – \(JuryWords.points(high)) ")
                    }
                    if entry.isDispersed { html.add(Badge("À discuter", .warn)) }
                },
                .init("Avis") { entry, html in
                    if let advice = entry.advice { html.add(JuryAdviceBadge(advice: advice)) } else { html.text("—") }
                },
            ])
    }

    /// What separates those of equal score, and what was moved: never left to guess.
    private func renderReasons(into html: inout HTML) {
        let names = Dictionary(ranking.entries.map { ($0.id, $0.dossier.name) }) { first, _ in first }
        let told = ranking.entries.filter { $0.tie != nil || $0.move != nil || $0.isDispersed }
        guard !told.isEmpty else { return }
        html.section { html in
            html.h2("Ce qui explique ce classement")
            html.ul { html in
                for entry in told {
                    html.li { html in
                        html.strong(entry.dossier.name)
                        html.text("\u{202F}: ")
                        if let tie = JuryWords.tie(of: entry, ranking.criteria, names: { names[$0] }) {
                            html.text(tie + " ")
                        }
                        if entry.isDispersed, let low = entry.low, let high = entry.high {
                            html.text(
                                "Les fiches vont de \(JuryWords.points(low)) à \(JuryWords.points(high))\u{202F}: plus de "
                                    + "\(at.jury?.settings.dispersion ?? 25) points d’écart, à discuter. ")
                        }
                        if let move = entry.move {
                            html.text("Placé par le jury à la position \(move.position)\u{202F}: \(move.reason) ")
                            if at.leads, at.jury?.state == .session {
                                html.writingButton(
                                    "Reprendre ce déplacement", to: Paths.juryMove(at.address, move.id), tokens,
                                    style: .quiet)
                            }
                        }
                    }
                }
            }
        }
    }

    private func renderMoving(into html: inout HTML) {
        html.details(.class("no-print"), .open(!problems.isEmpty)) { html in
            html.summary("Placer un dossier ailleurs, avec un motif")
            html.writingForm(to: Paths.jury(at.address, .ranking), tokens) { html in
                html.add(
                    Select(
                        "dossier", "Dossier", options: ranking.entries.map { Option($0.id.text, $0.dossier.name) },
                        value: form["dossier"], error: problems.message("dossier")))
                html.add(
                    TextField(
                        "position", "Nouvelle position", value: form["position"], error: problems.message("position"),
                        isShort: true, inputMode: "numeric"))
                html.add(TextArea("motif", "Motif", value: form["motif"], error: problems.message("motif"), rows: 2))
                html.actions { $0.submit("Placer", style: .plain) }
            }
        }
    }
}

/// An advice in its words, with a colour that repeats it.
struct JuryAdviceBadge: View {
    var advice: JuryAdvice

    func render(into html: inout HTML) {
        let tone: Badge.Tone =
            switch advice {
            case .favourable: .good
            case .reserved: .info
            case .postponed: .warn
            case .unfavourable: .bad
            }
        html.add(Badge(advice.label, tone))
    }
}
