import HTTPTypes
import Maillage
import Markup
import Storage

/// `/moderation`: what waits for a decision, and the decision on one proposal.
enum ModerationPages {
    static func show(_ visit: Visit) async throws -> Answer {
        let queue = try await ModerationQueue.read(visit)
        var head = PageHead("Propositions à relire", breadcrumbs: Breadcrumbs(current: "Propositions à relire"))
        head.isIndexed = false
        return visit.page(head, ModerationView(queue: queue, tokens: FormTokens(visit)))
    }

    static func decide(_ visit: Visit) async throws -> Answer {
        let id = try visit.identifier("proposal", of: PlaceProposal.ID.self)
        let refuses = visit.form.text("decision") == "refuser"
        let accepted = refuses ? [] : Set(visit.form.values("champ").compactMap(SheetField.init))
        do {
            try await visit.perform(
                DecideProposal(
                    proposal: id, accepted: accepted, closes: !refuses && visit.form.has("ferme"),
                    reason: visit.form.text("motif") ?? "", head: visit.head))
            return .done(
                refuses ? "La proposition est refusée, son auteur en est informé." : "La fiche est à jour, merci.",
                to: Paths.moderation)
        } catch let problems as Problems {
            var queue = try await ModerationQueue.read(visit)
            queue.problems[id] = problems
            queue.reasons[id] = visit.form["motif"]
            var head = PageHead("Propositions à relire", breadcrumbs: Breadcrumbs(current: "Propositions à relire"))
            head.isIndexed = false
            head.hasErrors = true
            return visit.page(
                head, status: .unprocessableContent, ModerationView(queue: queue, tokens: FormTokens(visit)))
        }
    }
}

/// What waits, for one reader.
struct ModerationQueue: Sendable {
    struct Item: Sendable {
        let proposal: PlaceProposal
        let place: Place
    }

    var items: [Item] = []
    var proposed: [PlaceUpkeep.Line] = []
    var stale: [PlaceUpkeep.Line] = []
    /// How many places a source no longer gives: they are decided on a page of their own.
    var goneCount = 0
    var now: Instant
    var problems: [PlaceProposal.ID: Problems] = [:]
    var reasons: [PlaceProposal.ID: String] = [:]

    var count: Int { items.count + proposed.count + stale.count + goneCount }

    static func read(_ visit: Visit) async throws -> ModerationQueue {
        let (principal, now) = (visit.principal, visit.now)
        return try await visit.read { reader in
            let proposals = try ProposalStore.open(principal, limit: 50, reader)
            let ids = Set(proposals.map(\.place)).sorted()
            let places = Dictionary(
                try PlaceStore.places(principal, ids, reader).map { ($0.id, $0) },
                uniquingKeysWith: { first, _ in first })
            return ModerationQueue(
                items: proposals.compactMap { proposal in
                    places[proposal.place].map { Item(proposal: proposal, place: $0) }
                },
                proposed: try PlaceUpkeep.proposed(principal, reader),
                stale: try PlaceUpkeep.stale(principal, at: now, reader),
                goneCount: try DisappearanceStore.counts(principal, reader).reduce(0) { $0 + $1.places }, now: now)
        }
    }
}

struct ModerationView: View {
    var queue: ModerationQueue
    var tokens: FormTokens

    func render(into html: inout HTML) {
        html.h1("Propositions à relire")
        if queue.count == 0 {
            html.add(
                EmptyState(
                    "Rien n’attend",
                    "Les propositions des visiteurs, les fiches à publier et celles qui datent paraîtront ici.",
                    actions: [("Voir les lieux", Link(path: "lieux"))]))
            return
        }
        for (index, item) in queue.items.enumerated() { render(item, number: index + 1, into: &html) }
        lines("Fiches à publier", queue.proposed, "Proposée", page: .settings, into: &html)
        lines("Fiches que personne n’a vérifiées depuis un an", queue.stale, "Vérifiée", page: nil, into: &html)
        if queue.goneCount > 0 {
            html.section { html in
                html.h2("Lieux disparus de leur source")
                html.p { html in
                    html.a(
                        Format.count(queue.goneCount, "lieu à décider", "lieux à décider"),
                        .href(Paths.disappearances))
                }
            }
        }
    }

    private func lines(
        _ title: String, _ lines: [PlaceUpkeep.Line], _ verb: String, page: PlacePage?, into html: inout HTML
    ) {
        guard !lines.isEmpty else { return }
        html.section { html in
            html.h2(title)
            html.ul { html in
                for line in lines {
                    html.li { html in
                        html.a(line.name, .href(page.map { Paths.place(line.slug, $0) } ?? Paths.place(line.slug)))
                        html.text(" – \(verb.lowercased()) \(Format.ago(line.since, queue.now))")
                    }
                }
            }
        }
    }

    private func render(_ item: ModerationQueue.Item, number: Int, into html: inout HTML) {
        let proposal = item.proposal
        let problems = queue.problems[proposal.id] ?? Problems()
        html.article(.class("card"), .aria("labelledby", "proposition-" + proposal.id.text)) { html in
            html.h2(.id("proposition-" + proposal.id.text)) { html in
                html.text(proposal.kind.label + "\u{202F}: ")
                html.a(item.place.sheet.name, .href(Paths.place(item.place.slug)))
            }
            html.p(.class("muted")) { html in
                html.text("Reçue \(Format.ago(proposal.createdAt, queue.now)), ")
                html.text(proposal.author.isEmpty ? SheetWords.source(proposal.source) : "de \(proposal.author)")
            }
            if !proposal.comment.isEmpty { html.blockquote { $0.paragraphs(proposal.comment) } }
            html.add(ErrorSummary(problems))
            html.writingForm(to: Paths.proposal(proposal.id), tokens) { html in
                if !proposal.fields.isEmpty { fields(item, number: number, into: &html) }
                html.label("Motif, si vous refusez", .for("motif-" + proposal.id.text))
                // Not an input: its Enter key would press the first button, which accepts.
                html.textarea(
                    queue.reasons[proposal.id] ?? "", .class("input"), .id("motif-" + proposal.id.text), .name("motif"),
                    .rows(2),
                    .maxlength(500))
                html.actions { html in
                    if proposal.kind == .closing {
                        html.button(
                            "Oui, ce lieu a fermé", .type("submit"), .name("ferme"), .value("oui"),
                            .class(ButtonStyle.primary.rawValue))
                    } else if !proposal.fields.isEmpty {
                        html.submit("Accepter ce qui est coché", name: "decision", value: "accepter")
                    }
                    html.submit(
                        proposal.fields.isEmpty && proposal.kind != .closing ? "Classer avec ce motif" : "Refuser",
                        name: "decision",
                        value: "refuser", style: .danger)
                }
            }
        }
    }

    /// Each field with what the sheet says today and what is proposed, ticked unless the sheet has changed since.
    private func fields(_ item: ModerationQueue.Item, number: Int, into html: inout HTML) {
        let id = item.proposal.id.text
        html.add(
            DataTable(
                "Proposition \(number)\u{202F}: cochez ce qui est juste", rows: item.proposal.fields,
                id: "champs-" + id,
                columns: [
                    .init("Champ") { change, html in
                        let box = "prendre-\(id)-\(change.field.rawValue)"
                        html.div(.class("choice")) { html in
                            html.input(
                                .type("checkbox"), .id(box), .name("champ"), .value(change.field.rawValue),
                                .checked(item.place.sheet[change.field] == change.before))
                            html.label(change.field.label, .for(box))
                        }
                    },
                    .init("Sur la fiche") { change, html in
                        FieldComparison.write(item.place.sheet[change.field], change.field, &html)
                        if item.place.sheet[change.field] != change.before {
                            html.p("Changé depuis la proposition.", .class("muted"))
                        }
                    },
                    .init("Proposé") { change, html in FieldComparison.write(change.after, change.field, &html) },
                ]))
    }
}
