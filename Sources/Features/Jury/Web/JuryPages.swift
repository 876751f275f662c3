import HTTPTypes
import Maillage
import Markup

/// `/appels/{slug}/jury`: who sits, what is to be read, where it stands.
enum JuryPages {
    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit, Problems())
    }

    static func invite(_ visit: Visit) async throws -> Answer {
        let at = try await JuryVisit.find(visit)
        do {
            _ = try await visit.perform(
                InviteJuror(
                    call: at.call.id, wave: at.wave?.id, email: visit.form.text("courriel") ?? "",
                    role: JuryMember.Role(rawValue: visit.form["role"] ?? "") ?? .juror,
                    body: visit.form["organisme"] ?? "", head: visit.head))
            return .done("L’invitation est envoyée.", to: Paths.jury(at.address))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    static func inviteFormer(_ visit: Visit) async throws -> Answer {
        let at = try await JuryVisit.find(visit)
        do {
            let outcome = try await visit.perform(
                InviteFormerJurors(call: at.call.id, wave: at.wave?.id, head: visit.head))
            let rest =
                outcome.left == 0
                ? ""
                : " \(Format.count(outcome.left, "personne reste", "personnes restent")) à inviter\u{202F}: recommencez demain."
            return .done(
                Format.count(outcome.sent, "invitation est envoyée", "invitations sont envoyées") + ".\(rest)",
                to: Paths.jury(at.address))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    static func remove(_ visit: Visit) async throws -> Answer {
        let at = try await JuryVisit.find(visit)
        let id = try visit.identifier("member", of: JuryMember.ID.self)
        do {
            let back = try await visit.perform(
                RemoveJuror(
                    call: at.call.id, wave: at.wave?.id, member: id, keepsNotes: visit.form["fiches"] != "non",
                    reason: visit.form["motif"] ?? ""))
            let readings =
                back == 0 ? "" : " " + Format.count(back, "lecture est rendue", "lectures sont rendues") + "."
            return .done("Cette personne ne siège plus.\(readings)", to: Paths.jury(at.address))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    static func open(_ visit: Visit) async throws -> Answer {
        let at = try await JuryVisit.find(visit)
        do {
            _ = try await visit.perform(
                OpenJury(call: at.call.id, wave: at.wave?.id, version: visit.form.int("version") ?? 0))
            return .done(
                "La lecture est ouverte. Regardez les liens trouvés, puis répartissez les dossiers.",
                to: Paths.jury(at.address, .conflicts))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    private static func page(_ visit: Visit, _ problems: Problems) async throws -> Answer {
        var at = try await JuryVisit.find(visit)
        if at.access.keeps {
            let (access, now) = (at.access, visit.now)
            at.former = try await visit.read { try FormerJurors.of(access, at: now, $0) }
        }
        return at.page(
            visit, nil, problems, JuryView(at: at, problems: problems, form: visit.form, tokens: FormTokens(visit)))
    }
}

/// The page of a jury, as its reader knows it.
struct JuryView: View {
    var at: JuryVisit
    var problems = Problems()
    var form = Fields()
    var tokens = FormTokens.sample

    private var board: JuryBoard { at.board }

    func render(into html: inout HTML) {
        html.h1("Jury")
        html.p(.class("lead")) { $0.a(at.call.title, .href(Paths.call(at.slug))) }
        html.add(ErrorSummary(problems))
        guard let jury = at.jury else {
            html.add(JuryWaves(at: at))
            html.add(
                EmptyState(
                    "Pas encore de jury",
                    "Commencez par la grille\u{202F}: elle reprend celle de la vague précédente, ou les critères de l’appel.",
                    actions: [
                        (
                            "Composer le jury",
                            Link(
                                path: ["appels", at.slug, "jury", "reglages"],
                                query: [("vague", at.address.wave?.text)])
                        )
                    ]))
            return
        }
        html.add(JuryNavigation(at: at, current: nil))
        html.p(.class("row")) { $0.add(Badge(jury.state.label, jury.state == .signed ? .good : .info)) }
        if at.access.sits { renderOwn(jury, into: &html) }
        if at.access.keeps { renderNext(jury, into: &html) }
        renderMembers(jury, into: &html)
    }

    /// What the reader has to read, with the state of each sheet.
    private func renderOwn(_ jury: Jury, into html: inout HTML) {
        guard let seat = at.access.member else { return }
        let mine = board.dossiers.filter { dossier in
            board.readable.contains(dossier.id)
                && (jury.isRevealed || board.readings.contains { $0.member == seat.id && $0.candidacy == dossier.id })
        }
        html.section { html in
            html.h2("À lire")
            let done = mine.count { board.state(of: seat.id, on: $0.id) == .locked }
            guard !mine.isEmpty else {
                html.p(
                    jury.state == .preparing
                        ? "Le jury se prépare\u{202F}: vous serez prévenu·e quand des dossiers vous seront confiés."
                        : "Aucun dossier ne vous est confié pour l’instant.")
                return
            }
            html.add(Meter("Fiches définitives", value: done, of: mine.count, kind: .task))
            html.ul(.class("plain affairs")) { html in
                for dossier in mine {
                    html.li { html in
                        html.p(.class("row")) { html in
                            html.a(.href(Paths.juryDossier(at.address, dossier.id))) { $0.strong(dossier.name) }
                            let state = board.state(of: seat.id, on: dossier.id)
                            html.add(
                                Badge(
                                    state.map { "Fiche \($0.label.lowercased())" } ?? "À noter",
                                    state == .locked ? .good : state == nil ? .neutral : .warn))
                        }
                        html.p(dossier.structure, .class("muted"))
                    }
                }
            }
        }
    }

    private func renderNext(_ jury: Jury, into html: inout HTML) {
        html.section(.class("card")) { html in
            html.h2("Où en est-on")
            let wanted = board.dossiers.count * jury.settings.readings
            let locked = board.progress.count { $0.state == .locked }
            html.p(
                Format.count(board.dossiers.count, "dossier à juger", "dossiers à juger") + ", "
                    + Format.count(board.readings.count, "lecture confiée", "lectures confiées") + " sur \(wanted), "
                    + Format.count(locked, "fiche définitive", "fiches définitives") + ".")
            let waiting = board.conflicts.count { $0.state == .waiting }
            if waiting > 0 {
                html.p { html in
                    html.a(
                        Format.count(waiting, "lien trouvé attend", "liens trouvés attendent") + " une décision",
                        .href(Paths.jury(at.address, .conflicts)))
                    html.text(".")
                }
            }
            switch jury.state {
            case .preparing:
                html.p(
                    "Quand la grille est prête et la présidence acceptée, ouvrez la lecture\u{202F}: la grille ne changera plus."
                )
                html.writingButton(
                    "Ouvrir la lecture", to: Paths.jury(at.address, .opening), tokens, style: .primary,
                    fields: [("version", String(jury.version))])
            case .reading:
                html.p { $0.a("Répartir les lectures", .href(Paths.jury(at.address, .readings)), .class("button")) }
            case .session, .signed:
                html.p { $0.a("Voir le classement", .href(Paths.jury(at.address, .ranking)), .class("button")) }
            }
        }
    }

    private func renderMembers(_ jury: Jury, into html: inout HTML) {
        html.section { html in
            html.h2("Qui siège")
            let shown = board.members.filter { $0.account != nil || (at.access.keeps && $0.leftAt == nil) }
            if shown.isEmpty { html.p("Personne encore.", .class("muted")) }
            html.ul(.class("plain affairs")) { html in
                for member in shown { html.li { renderMember(member, jury, into: &$0) } }
            }
            guard at.access.keeps, jury.state == .preparing || jury.state == .reading else { return }
            if let former = at.former { renderFormer(former, into: &html) }
            html.details(.open(!problems.isEmpty)) { html in
                html.summary("Nommer quelqu’un")
                html.writingForm(to: Paths.jury(at.address, .members), tokens) { html in
                    html.add(
                        TextField(
                            "courriel", "Son adresse électronique", value: form["courriel"],
                            error: problems.message("courriel"), kind: .email, autocomplete: "off"))
                    html.add(
                        Choice(
                            "role", "Sa place", options: JuryMember.Role.allCases.map { Option($0.rawValue, $0.label) },
                            value: form["role"] ?? JuryMember.Role.juror.rawValue, error: problems.message("role")))
                    html.add(
                        TextField(
                            "organisme", "Siège pour", value: form["organisme"],
                            help: "Une ville, une caisse, un réseau… Sert aussi à trouver les conflits.",
                            error: problems.message("organisme"), isRequired: false))
                    html.actions { $0.submit("Envoyer l’invitation") }
                }
            }
        }
    }

    /// Those who sat in the wave before, invited again in one press.
    private func renderFormer(_ former: FormerJurors, into html: inout HTML) {
        if former.seats.isEmpty, former.moved.isEmpty { return }
        let wave = former.jury.wave.flatMap { at.call.wave($0) }?.name(in: at.call) ?? "la vague précédente"
        html.section(.class("card")) { html in
            html.h3("Reprendre le jury d’avant (\(wave))")
            if !former.seats.isEmpty {
                html.p(
                    "Seraient invités à nouveau\u{202F}: \(Format.list(former.seats.map(former.name)))."
                        + " Chacun reçoit une invitation et siège s’il l’accepte\u{202F}; les liens avec les dossiers de cette vague sont "
                        + "cherchés à nouveau.")
                html.writingButton(
                    "Inviter " + Format.count(former.seats.count, "personne", "personnes"),
                    to: Paths.jury(at.address, .former), tokens)
            }
            if !former.moved.isEmpty {
                html.p(
                    "À inviter à la main, leur adresse a changé\u{202F}: \(Format.list(former.moved.map(former.name))).",
                    .class("muted"))
            }
        }
    }

    private func renderMember(_ member: JuryMember, _ jury: Jury, into html: inout HTML) {
        html.p(.class("row")) { html in
            html.strong(board.name(of: member))
            html.text(member.role.label)
            if member.leftAt != nil {
                html.add(
                    Badge(member.keepsNotes ? "Ne siège plus, fiches gardées" : "Ne siège plus, fiches écartées", .warn)
                )
            } else if member.account == nil {
                html.add(Badge(member.isInvited(at: at.reading.now) ? "Invitation envoyée" : "Invitation expirée"))
            }
        }
        if at.leads, member.account != nil {
            let given = board.readings.count { $0.member == member.id }
            let done = board.progress.count { $0.member == member.id && $0.state == .locked }
            html.p(
                "\(Format.count(given, "lecture", "lectures")), \(Format.count(done, "fiche définitive", "fiches définitives")).",
                .class("muted"))
        }
        guard at.access.keeps, member.leftAt == nil, jury.state != .signed else { return }
        if member.account == nil {
            html.writingButton(
                "Reprendre l’invitation", to: Paths.juryMemberRemoval(at.address, member.id), tokens, style: .quiet)
            return
        }
        html.details { html in
            html.summary("Retirer du jury")
            html.writingForm(to: Paths.juryMemberRemoval(at.address, member.id), tokens) { html in
                html.p("Ses fiches restent gardées, et ses lectures en cours sont rendues.")
                html.label(.for("motif-\(member.id.text)")) { $0.text("Motif, écrit au procès-verbal") }
                html.input(
                    .class("input"), .type("text"), .id("motif-\(member.id.text)"), .name("motif"), .required(true))
                html.div(.class("choice")) { html in
                    html.input(.type("checkbox"), .id("fiches-\(member.id.text)"), .name("fiches"), .value("non"))
                    html.label("Ses fiches définitives ne comptent plus", .for("fiches-\(member.id.text)"))
                }
                html.actions { $0.submit("Retirer", style: .danger) }
            }
        }
    }
}
