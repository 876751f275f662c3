import Maillage
import Markup

/// `/candidatures`: all that one leads or takes part in.
enum CandidacyListPages {
    static func show(_ visit: Visit) async throws -> Answer {
        let (principal, now, shelf) = (visit.principal, visit.now, visit.reception.forms)
        let own = try await visit.read { try OwnCandidacy.all(principal, at: now, shelf: shelf, $0) }
        return visit.personalPage("Mes candidatures", CandidacyListView(own: own, now: now))
    }
}

/// Drafts first, the nearest limit at the top; then what was deposited; what was withdrawn last.
struct CandidacyListView: View {
    var own: [OwnCandidacy]
    var now: Instant

    func render(into html: inout HTML) {
        html.h1("Mes candidatures")
        guard !own.isEmpty else {
            html.add(
                EmptyState(
                    "Aucune candidature pour l’instant",
                    "Choisissez un appel\u{202F}: sa page ouvre un brouillon, que vous remplissez seul\u{B7}e ou à plusieurs.",
                    actions: [("Voir les appels", Link(path: "appels"))]))
            return
        }
        let all = Self.ordered(own, at: now)
        let drafts = all.filter { $0.candidacy.state == .draft }
        let withdrawn = all.filter { $0.candidacy.state == .withdrawn }
        let others = all.filter { $0.candidacy.state != .draft && $0.candidacy.state != .withdrawn }
        section("Brouillons", "Un brouillon n’est pas reçu\u{202F}: il faut le déposer.", drafts, into: &html)
        section("Déposées", nil, others, into: &html)
        section("Retirées", "Leurs récépissés restent valables.", withdrawn, into: &html)
    }

    /// Drafts, the nearest limit at the top; then the others in the order they came.
    static func ordered(_ own: [OwnCandidacy], at now: Instant) -> [OwnCandidacy] {
        func limit(_ own: OwnCandidacy) -> Instant {
            own.candidacy.targetWave(of: own.call, at: now)?.closesAt ?? own.candidacy.createdAt
        }
        let drafts = own.filter { $0.candidacy.state == .draft }
        let open = drafts.filter { now < limit($0) }.sorted { limit($0) < limit($1) }
        let over = drafts.filter { now >= limit($0) }.sorted { limit($0) > limit($1) }
        return open + over + own.filter { $0.candidacy.state != .draft }
    }

    private func section(_ title: String, _ note: String?, _ list: [OwnCandidacy], into html: inout HTML) {
        guard !list.isEmpty else { return }
        html.section { html in
            html.h2(title)
            if let note { html.p(note, .class("muted")) }
            for own in list {
                html.article(.class("card")) { html in
                    html.h3 { $0.a(own.candidacy.name, .href(Paths.candidacy(own.candidacy.id))) }
                    html.p(.class("row")) { html in
                        html.add(CandidacyBadge(candidacy: own.candidacy))
                        html.text(" ")
                        html.a(own.call.title, .href(Paths.call(own.call.slug)))
                    }
                    renderNext(own, into: &html)
                }
            }
        }
    }

    private func renderNext(_ own: OwnCandidacy, into html: inout HTML) {
        let candidacy = own.candidacy
        let wave = candidacy.targetWave(of: own.call, at: now)
        if candidacy.state == .draft {
            html.add(CandidacyDeadline(call: own.call, wave: wave, now: now))
            html.p { html in
                if own.missing == 0 {
                    html.a("Tout est rempli\u{202F}: vérifier et déposer", .href(Paths.candidacy(candidacy.id, .check)))
                } else {
                    html.a(
                        "Il manque " + Format.count(own.missing, "réponse", "réponses"),
                        .href(Paths.candidacy(candidacy.id)))
                }
                html.text(", modifié \(Format.ago(candidacy.updatedAt, now))")
                if !own.leads { html.text(", porté par une autre personne") }
                if own.duties > 0 {
                    html.text(" ")
                    html.add(Badge("À vous\u{202F}: " + Format.count(own.duties, "question", "questions"), .warn))
                }
            }
        } else {
            if let wave, now < wave.closesAt {
                html.add(CandidacyDeadline(call: own.call, wave: wave, now: now, state: candidacy.state))
            }
            html.p { $0.a("Le récépissé", .href(Paths.candidacy(candidacy.id, .receipt))) }
        }
    }
}
