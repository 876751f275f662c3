import HTTPTypes
import Maillage
import Markup

/// `/appels/{slug}/jury/conflits`: what ties jurors to dossiers, declared or found, and what was decided of it.
enum JuryConflictPages {
    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit, Problems())
    }

    static func find(_ visit: Visit) async throws -> Answer {
        let at = try await JuryVisit.find(visit)
        do {
            let found = try await visit.perform(FindConflicts(call: at.call.id, wave: at.wave?.id))
            return .done(
                found == 0 ? "Rien de nouveau." : Format.count(found, "lien trouvé", "liens trouvés") + ".",
                to: Paths.jury(at.address, .conflicts))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    static func declare(_ visit: Visit) async throws -> Answer {
        let at = try await JuryVisit.find(visit)
        do {
            guard let id = visit.form.text("dossier").flatMap({ Candidacy.ID(text: $0) }) else {
                throw Problems("dossier", "Choisissez le dossier.")
            }
            guard let nature = JuryConflict.Nature(rawValue: visit.form["nature"] ?? "") else {
                throw Problems("nature", "Choisissez ce qui vous lie à ce dossier.")
            }
            try await visit.perform(
                DeclareConflict(
                    call: at.call.id, wave: at.wave?.id, candidacy: id, nature: nature,
                    words: visit.form["precision"] ?? ""))
            return .done(
                "C’est noté\u{202F}: ce dossier vous est fermé, et vos notes n’y comptent pas.",
                to: Paths.jury(at.address, .conflicts))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    static func settle(_ visit: Visit) async throws -> Answer {
        let at = try await JuryVisit.find(visit)
        let id = try visit.identifier("conflict", of: JuryConflict.ID.self)
        do {
            guard let choice = visit.form.text("decision") else {
                throw Problems("", "Choisissez\u{202F}: c’est un conflit, ou ce n’en est pas un.")
            }
            _ = try await visit.perform(
                SettleConflict(
                    call: at.call.id, wave: at.wave?.id, conflict: id, isConflict: choice != "non",
                    reason: visit.form["motif"] ?? ""))
            return .done("La décision est gardée.", to: Paths.jury(at.address, .conflicts))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    private static func page(_ visit: Visit, _ problems: Problems) async throws -> Answer {
        let at = try await JuryVisit.find(visit)
        guard at.jury != nil else { throw Missing() }
        return at.page(
            visit, "Conflits d’intérêts", problems,
            JuryConflictsView(at: at, problems: problems, form: visit.form, tokens: FormTokens(visit)))
    }
}

struct JuryConflictsView: View {
    var at: JuryVisit
    var problems = Problems()
    var form = Fields()
    var tokens = FormTokens.sample

    private var board: JuryBoard { at.board }
    private var isOpen: Bool { at.jury?.state != .signed }

    func render(into html: inout HTML) {
        html.h1("Conflits d’intérêts")
        html.add(JuryNavigation(at: at, current: .conflicts))
        html.add(ErrorSummary(problems))
        html.p(
            "Un conflit ferme le dossier à ce membre du jury\u{202F}: il ne le lit pas, ne voit pas ses notes et n’y compte pas. "
                + "Un lien trouvé par le programme le ferme aussi, jusqu’à ce qu’on en décide.")
        if at.access.sits, isOpen { renderDeclaration(into: &html) }
        renderList(into: &html)
        if at.leads, isOpen {
            html.writingButton("Chercher à nouveau", to: Paths.jury(at.address, .conflicts), tokens, style: .plain)
        }
    }

    private func renderDeclaration(into html: inout HTML) {
        html.section(.class("card")) { html in
            html.h2("Déclarer un lien")
            guard !board.dossiers.isEmpty else {
                html.p("Les dossiers ne sont pas encore connus\u{202F}: vous pourrez déclarer vos liens ici.")
                return
            }
            html.writingForm(to: Paths.jury(at.address, .declaration), tokens) { html in
                html.add(
                    Select(
                        "dossier", "Dossier",
                        options: board.dossiers.map {
                            Option($0.id.text, $0.structure.isEmpty ? $0.name : "\($0.name) – \($0.structure)")
                        }, value: form["dossier"], error: problems.message("dossier")))
                html.add(
                    Choice(
                        "nature", "Ce qui vous y rattache",
                        options: JuryConflict.Nature.declared.map { Option($0.rawValue, $0.label) },
                        value: form["nature"], error: problems.message("nature")))
                html.add(
                    TextField(
                        "precision", "Précision", value: form["precision"], error: problems.message("precision"),
                        isRequired: false))
                html.actions { $0.submit("Déclarer") }
            }
        }
    }

    private func renderList(into html: inout HTML) {
        html.section { html in
            html.h2(at.leads ? "Liens connus" : "Vos liens connus")
            guard !board.conflicts.isEmpty else {
                html.p("Aucun lien déclaré ni trouvé.", .class("muted"))
                return
            }
            html.ul(.class("plain affairs")) { html in
                for conflict in board.conflicts { html.li { render(conflict, into: &$0) } }
            }
        }
    }

    private func render(_ conflict: JuryConflict, into html: inout HTML) {
        let dossier = board.dossier(conflict.candidacy)?.name ?? "Un dossier retiré"
        html.p(.class("row")) { html in
            html.strong("\(board.name(of: conflict.member)), «\u{A0}\(dossier)\u{A0}»")
            html.add(
                Badge(
                    conflict.state.label,
                    conflict.state == .waiting ? .warn : conflict.state == .confirmed ? .bad : .good))
        }
        html.p(
            "\(conflict.nature.label)\(conflict.isFound ? ", trouvé par le programme" : ", déclaré"). \(conflict.words)"
        )
        if !conflict.reason.isEmpty { html.p("Motif de la décision\u{202F}: \(conflict.reason)", .class("muted")) }
        let isOwn = conflict.member == at.access.member?.id
        guard isOpen, at.leads || (isOwn && conflict.state == .waiting) else { return }
        html.details(.open(conflict.state == .waiting)) { html in
            html.summary(conflict.state == .waiting ? "Décider" : "Changer la décision")
            html.writingForm(to: Paths.juryConflict(at.address, conflict.id), tokens) { html in
                let field = "motif-\(conflict.id.text)"
                html.label("Motif", .for(field))
                html.input(.class("input"), .type("text"), .id(field), .name("motif"))
                html.actions { html in
                    html.submit("C’est un conflit", name: "decision", value: "oui", style: .plain)
                    if !isOwn { html.submit("Ce n’en est pas un", name: "decision", value: "non", style: .plain) }
                }
            }
        }
    }
}
