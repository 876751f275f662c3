import HTTPTypes
import Maillage
import Markup

/// `/appels/{slug}/jury/lectures`: who reads what, shared out evenly or by hand.
enum JuryReadingPages {
    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit, Problems())
    }

    static func assign(_ visit: Visit) async throws -> Answer {
        let at = try await JuryVisit.find(visit)
        do {
            let outcome = try await visit.perform(AssignReadings(call: at.call.id, wave: at.wave?.id, head: visit.head))
            let added = Format.count(outcome.added, "lecture confiée", "lectures confiées")
            guard !outcome.lacking.isEmpty else {
                return .done("\(added). Chaque dossier a ses lecteurs.", to: Paths.jury(at.address, .readings))
            }
            let names = outcome.lacking.prefix(5).map {
                "\($0.dossier.name) (\(Format.count($0.missing, "lecteur manque", "lecteurs manquent")))"
            }
            return .redirect(
                to: Paths.jury(at.address, .readings),
                flash: FlashMessage(
                    .warning,
                    "\(added). Trop de conflits pour \(Format.list(names))\u{202F}: nommez d’autres membres, ou baissez le nombre de lectures."
                ))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    static func assignOne(_ visit: Visit) async throws -> Answer {
        let at = try await JuryVisit.find(visit)
        let id = try visit.identifier("id", of: Candidacy.ID.self)
        do {
            let members = visit.form.values("membres").compactMap { JuryMember.ID(text: $0) }
            try await visit.perform(
                AssignByHand(call: at.call.id, wave: at.wave?.id, candidacy: id, members: Set(members)))
            return .done("Les lectures de ce dossier sont enregistrées.", to: Paths.jury(at.address, .readings))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    private static func page(_ visit: Visit, _ problems: Problems) async throws -> Answer {
        let at = try await JuryVisit.find(visit)
        try at.access.requireKeeper()
        guard at.jury != nil else { throw Missing() }
        return at.page(
            visit, "Lectures", problems, JuryReadingsView(at: at, problems: problems, tokens: FormTokens(visit)))
    }
}

struct JuryReadingsView: View {
    var at: JuryVisit
    var problems = Problems()
    var tokens = FormTokens.sample

    private var board: JuryBoard { at.board }

    func render(into html: inout HTML) {
        html.h1("Lectures")
        html.add(JuryNavigation(at: at, current: .readings))
        html.add(ErrorSummary(problems))
        guard let jury = at.jury else { return }
        html.p(
            "\(Format.count(jury.settings.readings, "lecture", "lectures")) par dossier, réparties également, jamais sous un conflit. "
                + "La même situation donne toujours la même répartition.")
        if jury.state == .reading {
            html.writingButton(
                "Répartir ce qui manque", to: Paths.jury(at.address, .readings), tokens, style: .primary)
        }
        let sitting = board.members.filter(\.sits)
        html.section { html in
            html.h2("Dossier par dossier")
            html.ul(.class("plain affairs")) { html in
                for dossier in board.dossiers { html.li { render(dossier, sitting, jury, into: &$0) } }
            }
        }
    }

    private func render(_ dossier: JuryDossier, _ sitting: [JuryMember], _ jury: Jury, into html: inout HTML) {
        let readers = board.readings.filter { $0.candidacy == dossier.id }
        let kept = JuryQuorum.of(jury, on: dossier.id, board.members, board.conflicts).recused
        html.p(.class("row")) { html in
            html.strong(dossier.name)
            let missing = jury.settings.readings - readers.count
            html.add(
                missing > 0
                    ? Badge(Format.count(missing, "lecteur manque", "lecteurs manquent"), .warn)
                    : Badge(Format.count(readers.count, "lecteur", "lecteurs"), .good))
        }
        let names = readers.map { reading in
            let state = board.state(of: reading.member, on: dossier.id)
            return board.name(of: reading.member)
                + (state == .locked ? ", fiche rendue" : state == .draft ? ", en saisie" : "")
        }
        if !names.isEmpty { html.p(names.joined(separator: "\u{202F}; ") + ".") }
        if !kept.isEmpty {
            html.p("Récusés\u{202F}: \(Format.list(kept.map { board.name(of: $0) })).", .class("muted"))
        }
        guard jury.state == .reading else { return }
        html.details { html in
            html.summary("Choisir à la main")
            html.writingForm(to: Paths.juryReadings(at.address, dossier.id), tokens) { html in
                html.fieldset { html in
                    html.legend("Qui lit «\u{A0}\(dossier.name)\u{A0}»")
                    for member in sitting where !kept.contains(member.id) {
                        let id = "lecteur-\(dossier.id.text)-\(member.id.text)"
                        html.div(.class("choice")) { html in
                            html.input(
                                .type("checkbox"), .id(id), .name("membres"), .value(member.id.text),
                                .checked(readers.contains { $0.member == member.id }))
                            html.label(board.name(of: member), .for(id))
                        }
                    }
                }
                html.actions { $0.submit("Enregistrer", style: .plain) }
            }
        }
    }
}
