import HTTPTypes
import Maillage
import Markup
import Storage

/// `/coordination/disparus`: the places that a source no longer gives, decided many at once.
enum DisappearancePages {
    static let pageSize = 100
    /// How long a decision is offered to be undone here; its sheet's history always allows it.
    static let recent = Instant.Span.days(30)

    static func show(_ visit: Visit) async throws -> Answer {
        page(try await reading(visit, source: visit.query.text("source")), visit)
    }

    static func settle(_ visit: Visit) async throws -> Answer {
        guard let source = visit.form.text("source"),
            let choice = visit.form.text("choix").flatMap(DisappearanceDecision.Choice.init)
        else { throw Malformed() }
        let ticked = Set(visit.form.values("lieu").prefix(pageSize).compactMap { Place.ID(text: $0) })
        var view = try await reading(visit, source: source)
        // Read again: what somebody else decided meanwhile is left out rather than refused with all the rest.
        let waiting = view.places.filter { ticked.contains($0.place) }
        let able = choice == .asked ? waiting.filter { $0.mayBeAsked(at: visit.now) } : waiting
        view.ticked = ticked
        guard !able.isEmpty else {
            view.problems = Problems(
                "lieu",
                waiting.isEmpty
                    ? "Cochez au moins un lieu."
                    : "Aucun des lieux cochés n’a de responsable à qui écrire, ou ils viennent d’être sollicités.")
            return page(view, visit)
        }
        do {
            try await visit.perform(
                all: able.map {
                    SettleDisappearance(place: $0.place, source: source, choice: choice, head: visit.head)
                })
        } catch let problems as Problems {
            view.problems = problems
            return page(view, visit)
        }
        let left = waiting.count - able.count
        let more =
            left == 0
            ? ""
            : " \(Format.count(left, "lieu coché n’a", "lieux cochés n’ont")) pas de responsable à qui écrire, ou "
                + "vient d’être sollicité."
        return .done(sentence(choice, able.count) + more, to: Paths.disappearances(source))
    }

    private static func sentence(_ choice: DisappearanceDecision.Choice, _ count: Int) -> String {
        switch choice {
        case .kept: "\(Format.count(count, "lieu est gardé", "lieux sont gardés"))."
        case .asked: "\(Format.count(count, "responsable est prévenu", "responsables sont prévenus")) par courriel."
        case .closed: "\(Format.count(count, "lieu est marqué fermé", "lieux sont marqués fermés"))."
        }
    }

    static func undo(_ visit: Visit) async throws -> Answer {
        let ids = visit.form.values("decision").prefix(pageSize).compactMap { DisappearanceDecision.ID(text: $0) }
        let source = visit.form.text("source")
        var view = try await reading(visit, source: source)
        guard !ids.isEmpty else {
            view.problems = Problems("decision", "Cochez au moins une décision.")
            return page(view, visit)
        }
        do {
            try await visit.perform(all: Set(ids).sorted().map { UndoDisappearanceDecision(decision: $0) })
            let words = Format.count(Set(ids).count, "décision est annulée", "décisions sont annulées")
            return .done(words + ".", to: Paths.disappearances(source))
        } catch let problems as Problems {
            view.problems = problems
            return page(view, visit)
        }
    }

    private static func reading(_ visit: Visit, source: String?) async throws -> DisappearanceView {
        let (principal, now) = (visit.principal, visit.now)
        let number = max(1, min(visit.query.int("page") ?? visit.form.int("page") ?? 1, 1_000))
        let tokens = FormTokens(visit)
        return try await visit.read { reader in
            let counts = try DisappearanceStore.counts(principal, reader)
            let chosen = counts.first { $0.source == source } ?? counts.first
            var view = DisappearanceView(counts: counts, chosen: chosen, page: number, now: now, tokens: tokens)
            if let chosen {
                view.places = try DisappearanceStore.pending(
                    principal, of: chosen.source, limit: pageSize, offset: (number - 1) * pageSize, at: now, reader)
            }
            view.decisions = try DisappearanceStore.recent(principal, since: now - recent, reader)
            return view
        }
    }

    private static func page(_ view: DisappearanceView, _ visit: Visit) -> Answer {
        var head = PageHead(
            "Lieux disparus de leur source",
            breadcrumbs: Breadcrumbs(
                [("Coordination", Link(path: "coordination"))], current: "Lieux disparus de leur source"))
        head.isIndexed = false
        head.hasErrors = !view.problems.isEmpty
        return visit.page(head, status: view.problems.isEmpty ? .ok : .unprocessableContent, view)
    }
}
