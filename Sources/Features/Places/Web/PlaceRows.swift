import Maillage
import Markup

/// Places as rows of a list, each answering to its point on the map.
struct PlaceRows: View {
    var found: [PlaceFindings.Found]
    /// Heading level of the names: 2 or 3.
    var level = 2

    func render(into html: inout HTML) {
        html.ul(.class("places")) { html in
            for one in found { render(one, into: &html) }
        }
    }

    private func render(_ one: PlaceFindings.Found, into html: inout HTML) {
        let card = one.card
        html.li(.class("place"), .data("place", card.id.text)) { html in
            if level == 2 {
                html.h2 { $0.a(card.name, .href(Link(path: "lieux", card.slug))) }
            } else {
                html.h3 { $0.a(card.name, .href(Link(path: "lieux", card.slug))) }
            }
            html.p(.class("place-where")) { html in
                html.span { html in
                    guard !card.communeName.isEmpty else { return html.text("Sans adresse fixe") }
                    html.text(card.postalCode)
                    html.text(" ")
                    html.text(card.communeName)
                }
                if let first = card.families.first { html.span(ReferenceList.families.label(first)) }
                if let distance = one.distance {
                    html.span(distance < 100 ? "tout près" : "à " + Format.distance(metres: distance))
                }
            }
            if !card.summary.isEmpty { html.p(card.summary) }
            let badges = Self.badges(card, isOpenNow: one.isOpenNow)
            if !badges.isEmpty {
                html.p(.class("row")) { html in
                    for badge in badges { html.add(badge) }
                }
            }
        }
    }

    /// What is worth saying at first sight: open now, or why not.
    static func badges(_ card: PlaceCard, isOpenNow: Bool) -> [Badge] {
        var badges: [Badge] = []
        switch card.maturity {
        case .intention, .emergence: badges.append(Badge("En projet", .info))
        case .paused: badges.append(Badge("En pause", .warn))
        case .closed: badges.append(Badge("Fermé définitivement", .bad))
        case .open, .consolidating: if isOpenNow { badges.append(Badge("Ouvert en ce moment", .good)) }
        }
        if card.state != .published { badges.append(Badge(card.state.label, .warn)) }
        if card.visibility != .everyone { badges.append(Badge("Non publique", .warn)) }
        return badges
    }
}
