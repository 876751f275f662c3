import HTTPTypes
import Maillage
import Markup

/// `/appels/{slug}/jury/seance`: the session, for a projector and for a phone: whose turn, since when, who counts, what is said.
enum JurySessionPages {
    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit, Problems())
    }

    static func open(_ visit: Visit) async throws -> Answer {
        let at = try await JuryVisit.find(visit)
        return try await done(visit, at, "La séance est ouverte\u{202F}: les notes se lisent.") {
            _ = try await visit.perform(
                OpenJurySession(call: at.call.id, wave: at.wave?.id, version: visit.form.int("version") ?? 0))
        }
    }

    static func attendance(_ visit: Visit) async throws -> Answer {
        let at = try await JuryVisit.find(visit)
        var presences: [JuryMember.ID: JuryMember.Presence] = [:]
        for field in visit.form.all where field.name.hasPrefix("presence.") {
            guard let id = JuryMember.ID(text: String(field.name.dropFirst(9))),
                let presence = JuryMember.Presence(rawValue: field.value)
            else { continue }
            presences[id] = presence
        }
        let noted = presences
        return try await done(visit, at, "Les présences sont notées.") {
            try await visit.perform(MarkAttendance(call: at.call.id, wave: at.wave?.id, presences: noted))
        }
    }

    static func begin(_ visit: Visit) async throws -> Answer {
        let at = try await JuryVisit.find(visit)
        let id = try visit.identifier("id", of: Candidacy.ID.self)
        return try await done(visit, at, "À ce dossier.") {
            try await visit.perform(BeginDossier(call: at.call.id, wave: at.wave?.id, candidacy: id))
        }
    }

    static func advise(_ visit: Visit) async throws -> Answer {
        let at = try await JuryVisit.find(visit)
        let id = try visit.identifier("id", of: Candidacy.ID.self)
        return try await done(visit, at, "L’avis est écrit.") {
            guard let advice = JuryAdvice(rawValue: visit.form["avis"] ?? "") else {
                throw Problems("avis", "Choisissez l’avis du jury.")
            }
            try await visit.perform(
                GiveAdvice(
                    call: at.call.id, wave: at.wave?.id, candidacy: id, version: visit.form.int("version") ?? 0,
                    advice: advice,
                    words: visit.form["texte"] ?? ""))
        }
    }

    static func plan(_ visit: Visit) async throws -> Answer {
        let at = try await JuryVisit.find(visit)
        let id = try visit.identifier("id", of: Candidacy.ID.self)
        return try await done(visit, at, "Le passage est réglé.") {
            var audition: Instant?
            if let text = visit.form.text("audition") {
                audition = JurySettingPages.moment(text)
                if audition == nil { throw Problems("audition", "Cette date n’existe pas.") }
            }
            try await visit.perform(
                PlanDossier(
                    call: at.call.id, wave: at.wave?.id, candidacy: id, place: visit.form.int("ordre") ?? 0,
                    auditionAt: audition,
                    auditionWords: visit.form["ou"] ?? ""))
        }
    }

    private static func done(
        _ visit: Visit, _ at: JuryVisit, _ sentence: String, _ perform: () async throws -> Void
    ) async throws -> Answer {
        do {
            try await perform()
            return .done(sentence, to: Paths.jury(at.address, .session))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    private static func page(_ visit: Visit, _ problems: Problems) async throws -> Answer {
        let at = try await JuryVisit.find(visit)
        guard let jury = at.jury, jury.state != .preparing else { throw Missing() }
        var view = JurySessionView(
            at: at, jury: jury, problems: problems, form: visit.form, tokens: FormTokens(visit))
        view.isProjected = visit.query["vue"] == JurySessionView.projection
        view.isHeld = visit.query["suivi"] == JurySessionView.held
        var head = at.head("Séance", hasErrors: !problems.isEmpty)
        if view.follows { head.scripts = ["follow.js"] }
        if view.isProjected, jury.state != .signed {
            head.reload = Reload(
                seconds: JurySessionView.pause * 2, isHeld: view.isHeld,
                other: Paths.juryProjection(at.address, isHeld: !view.isHeld))
        }
        return visit.page(head, status: problems.isEmpty ? .ok : .unprocessableContent, view)
    }
}

struct JurySessionView: View {
    var at: JuryVisit
    var jury: Jury
    var problems = Problems()
    var form = Fields()
    var tokens = FormTokens.sample

    /// On a screen for all: nothing to fill in, and the page follows what the chair does.
    var isProjected = false
    /// Whoever reads it asked that it stay as it is.
    var isHeld = false

    static let projection = "projection"
    static let held = "arrete"
    /// Seconds between two looks.
    static let pause = 8

    private var board: JuryBoard { at.board }
    private var isLive: Bool { jury.state == .session }
    private var leads: Bool { at.leads && !isProjected }
    /// A page that holds forms is never changed under the one who fills them in.
    var follows: Bool { jury.state != .signed && !leads && !isHeld }

    /// In the order of the session, without what a tie keeps the reader from.
    private var turns: [(dossier: JuryDossier, item: JuryItem?)] {
        board.dossiers.filter { !at.access.sits || board.readable.contains($0.id) || !jury.isRevealed }.map { dossier in
            (dossier, board.items.first { $0.candidacy == dossier.id })
        }.sorted { ($0.item?.place ?? .max, $0.dossier.number) < ($1.item?.place ?? .max, $1.dossier.number) }
    }

    /// The last one the session passed to.
    private var current: (dossier: JuryDossier, item: JuryItem?)? {
        turns.filter { $0.item?.begunAt != nil }.max {
            ($0.item?.begunAt ?? jury.createdAt) < ($1.item?.begunAt ?? jury.createdAt)
        }
    }

    func render(into html: inout HTML) {
        html.h1("Séance du jury")
        html.p(at.call.title, .class("lead"))
        html.add(JuryNavigation(at: at, current: .session))
        html.add(ErrorSummary(problems))
        html.p(.class("no-print")) { html in
            let page = Paths.jury(at.address, .session)
            if isProjected {
                html.a("Revenir à la séance", .href(page))
            } else {
                html.a("Vue pour le projecteur", .href(Paths.juryProjection(at.address)))
            }
        }
        html.div(
            .id("seance"), .class(isProjected ? "jury-projection" : nil),
            .data("follow", follows ? "\(Self.pause)" : nil)
        ) { html in
            renderFacts(into: &html)
            if jury.state == .reading { renderOpening(into: &html) }
            if isLive, let current { renderCurrent(current, into: &html) }
            renderTurns(into: &html)
            if jury.isRevealed { renderAttendance(into: &html) }
        }
    }

    private func renderFacts(into html: inout HTML) {
        let sitting = board.members.filter(\.sits)
        let present = sitting.count { $0.presence == .present }
        let advised = board.items.count { $0.advice != nil }
        html.add(
            DefinitionList([
                .init("Date", jury.settings.heldAt.map(Format.moment)), .init("Lieu", jury.settings.place),
                .init("Présents", "\(present) sur \(sitting.count)"),
                .init(
                    "Quorum",
                    "\(jury.settings.quorum), " + (present >= jury.settings.quorum ? "atteint" : "pas atteint")),
                .init("Avis donnés", "\(advised) sur \(board.dossiers.count)"),
            ]))
    }

    private func renderOpening(into html: inout HTML) {
        guard leads else {
            html.p("La séance n’est pas ouverte\u{202F}: les notes sont scellées.")
            return
        }
        html.section(.class("card")) { html in
            html.h2("Ouvrir la séance")
            let locked = board.progress.count { $0.state == .locked }
            let drafts =
                board.readings.count
                - board.readings.count { reading in
                    board.state(of: reading.member, on: reading.candidacy) == .locked
                }
            html.p(
                "Les notes s’ouvriront à tout le jury\u{202F}: \(Format.count(locked, "fiche définitive", "fiches définitives")). "
                    + (drafts == 0
                        ? "Toutes sont rendues."
                        : "\(Format.count(drafts, "fiche n’est pas rendue", "fiches ne sont pas rendues")) et ne compteront pas.")
            )
            html.writingButton(
                "Ouvrir la séance et les notes", to: Paths.jury(at.address, .session), tokens, style: .primary,
                fields: [("version", String(jury.version))])
        }
    }

    private func renderCurrent(_ turn: (dossier: JuryDossier, item: JuryItem?), into html: inout HTML) {
        let (dossier, item) = (turn.dossier, turn.item)
        let quorum = JuryQuorum.of(jury, on: dossier.id, board.members, board.conflicts)
        html.section(.class("jury-now"), .aria("label", "Dossier en cours")) { html in
            html.p("En cours", .class("muted"))
            html.h2 { $0.a(dossier.name, .href(Paths.juryDossier(at.address, dossier.id))) }
            if let begun = item?.begunAt {
                let spent = max(0, (at.reading.now - begun).seconds / 60)
                html.p(.class("jury-time")) { html in
                    html.text("Depuis \(Format.clock(begun)), \(spent)\u{A0}min sur \(jury.settings.minutes) prévues.")
                    if spent > Int64(jury.settings.minutes) { html.add(Badge("Temps dépassé", .warn)) }
                }
            }
            if let audition = item?.auditionAt {
                html.p("Audition\u{202F}: \(Format.moment(audition)). \(item?.auditionWords ?? "")")
            }
            html.p(
                quorum.isReached
                    ? "\(Format.count(quorum.present.count, "membre présent", "membres présents")) sans conflit\u{202F}: le quorum est atteint."
                    : "\(Format.count(quorum.present.count, "membre présent", "membres présents")) sans conflit, \(quorum.wanted) demandés\u{202F}: pas d’avis possible."
            )
            if leads, !quorum.recused.isEmpty {
                html.p("Récusés, hors de la salle\u{202F}: \(Format.list(quorum.recused.map { board.name(of: $0) })).")
            }
            if let advice = item?.advice {
                html.p(.class("row")) { $0.add(JuryAdviceBadge(advice: advice)) }
                html.paragraphs(item?.words)
            }
            guard leads, let item else { return }
            html.writingForm(to: Paths.juryTurn(at.address, dossier.id, "avis"), tokens) { html in
                html.add(HiddenField("version", String(item.version)))
                html.add(
                    Choice(
                        "avis", "Avis du jury", options: JuryAdvice.allCases.map { Option($0.rawValue, $0.label) },
                        value: form["avis"] ?? item.advice?.rawValue, error: problems.message("avis")))
                html.add(
                    TextArea(
                        "texte", "Texte", value: form["texte"] ?? item.words,
                        help:
                            "Réserves, motifs, conseils\u{202F}: obligatoire si l’avis n’est pas simplement favorable.",
                        error: problems.message("texte"), isRequired: false, rows: 3))
                html.actions { $0.submit("Écrire l’avis") }
            }
        }
    }

    private func renderTurns(into html: inout HTML) {
        html.section { html in
            html.h2("Ordre de passage")
            html.ol(.class("plain affairs")) { html in
                for (place, turn) in turns.enumerated() { html.li { render(turn, place + 1, into: &$0) } }
            }
        }
    }

    private func render(_ turn: (dossier: JuryDossier, item: JuryItem?), _ place: Int, into html: inout HTML) {
        let (dossier, item) = (turn.dossier, turn.item)
        html.div(.class("row row-between")) { html in
            html.p(.class("row")) { html in
                html.strong("\(place). \(dossier.name)")
                if let advice = item?.advice { html.add(JuryAdviceBadge(advice: advice)) }
                if isLive, current?.dossier.id == dossier.id { html.add(Badge("En cours", .info)) }
            }
            if leads, isLive, current?.dossier.id != dossier.id {
                html.writingButton(
                    item?.advice == nil ? "Passer à ce dossier" : "Y revenir",
                    to: Paths.juryTurn(at.address, dossier.id),
                    tokens)
            }
        }
        if let audition = item?.auditionAt {
            html.p("Audition\u{202F}: \(Format.moment(audition)). \(item?.auditionWords ?? "")", .class("muted"))
        }
        guard leads, jury.state != .signed else { return }
        html.details(.class("no-print")) { html in
            html.summary("Passage et audition")
            html.writingForm(to: Paths.juryTurn(at.address, dossier.id, "passage"), tokens) { html in
                let id = dossier.id.text
                html.label("Ordre", .for("ordre-\(id)"))
                html.input(
                    .class("input input-short"), .type("text"), .inputmode("numeric"), .id("ordre-\(id)"),
                    .name("ordre"),
                    .value(String(item?.place ?? place)))
                html.label("Audition, heure de Paris", .for("audition-\(id)"))
                html.input(
                    .class("input input-short"), .type("datetime-local"), .id("audition-\(id)"), .name("audition"),
                    .value(JurySettingPages.typed(item?.auditionAt)))
                html.label("Où, ou par quel lien", .for("ou-\(id)"))
                html.input(.class("input"), .type("text"), .id("ou-\(id)"), .name("ou"), .value(item?.auditionWords))
                html.actions { $0.submit("Enregistrer", style: .plain) }
            }
        }
    }

    private func renderAttendance(into html: inout HTML) {
        let sitting = board.members.filter(\.sits)
        html.section { html in
            html.h2("Présences")
            guard leads, isLive else {
                html.ul { html in
                    for member in sitting {
                        html.li(
                            "\(board.name(of: member)), \(member.role.label.lowercased())\u{202F}: \(member.presence.label)"
                        )
                    }
                }
                return
            }
            html.writingForm(to: Paths.juryAttendance(at.address), tokens) { html in
                for member in sitting {
                    html.add(
                        Select(
                            "presence." + member.id.text, board.name(of: member),
                            options: JuryMember.Presence.allCases.map { Option($0.rawValue, $0.label) },
                            value: member.presence.rawValue, prompt: nil))
                }
                html.actions { $0.submit("Noter les présences", style: .plain) }
            }
        }
    }
}
