import Geography
import Maillage
import Markup

/// Where it is and how to reach it.
struct PlaceContact: View {
    var reading: PlaceReading
    var map: MapScript?

    private var sheet: Sheet { reading.sheet }

    func render(into html: inout HTML) {
        html.section(.class("card")) { html in
            html.h2("Où et comment joindre")
            renderAddress(into: &html)
            let points = reading.sites.compactMap(\.point)
            if !points.isEmpty {
                let drawn = PlaceSketch(
                    label: "Carte\u{202F}: \(reading.name)", outlines: reading.outlines, points: points,
                    others: reading.neighbours.compactMap(\.card.point), margin: 25_000, radius: 26)
                html.div(.class("map map-small")) { $0.add(drawn) }
                if let point = points.first {
                    html.p { html in
                        html.a(
                            "Voir sur la carte du réseau",
                            .href(
                                Link(path: "carte", query: [("pres", PlaceQueryFields.text(point)), ("rayon", "10")])))
                        html.text(", ")
                        html.a("ouvrir dans mon application", .href("geo:" + PlaceQueryFields.text(point)))
                    }
                }
            }
            html.ul(.class("plain")) { renderMeans(into: &$0) }
        }
    }

    private func renderAddress(into html: inout HTML) {
        guard let site = reading.sites.first else {
            let isMoving = sheet.codes(.mobility).contains("itinerant")
            html.p(isMoving ? "Lieu itinérant, sans adresse fixe." : "Pas encore d’adresse.")
            return
        }
        html.address { html in
            for line in [site.label, site.address, site.complement] where !line.isEmpty {
                html.text(line)
                html.br()
            }
            html.text("\(site.postalCode) \(site.communeName)")
        }
        if site.precision == "commune" {
            html.p("Sur la carte, le point est au centre de la commune.", .class("muted"))
        }
    }

    private func renderMeans(into html: inout HTML) {
        let phone = sheet.text(.phone)
        if !phone.isEmpty { line(.phone, Format.phone(phone), Link.phone(phone), "Téléphone", .phone, into: &html) }
        let email = sheet.text(.email)
        if !email.isEmpty { line(.mail, email, Link.mail(email), "Courriel", .email, into: &html) }
        if !sheet.text(.contactName).isEmpty {
            line(.people, sheet.text(.contactName), nil, "Personne à contacter", .contactName, into: &html)
        }
        if let site = sheet[.website]?.text {
            line(.web, Self.bare(site), Link.website(site), "Site web", .website, into: &html)
        }
        if let booking = sheet[.bookingURL]?.text {
            line(.calendar, "Prendre rendez-vous", Link.website(booking), "", .bookingURL, into: &html)
        }
        if let video = sheet[.video]?.text { line(.web, "Voir la vidéo", Link.website(video), "", .video, into: &html) }
        for row in sheet.rows(.links) {
            let address = row["adresse"] ?? ""
            line(.web, row["nom"] ?? Self.bare(address), Link.website(address), "", .links, into: &html)
        }
    }

    private func line(
        _ icon: Icon, _ text: String, _ link: Link?, _ kind: String, _ field: SheetField, into html: inout HTML
    ) {
        html.li { html in
            html.add(icon)
            html.text(" ")
            if !kind.isEmpty { html.span(kind + "\u{202F}: ", .class("visually-hidden")) }
            if let link { html.a(text, .href(link), .rel("noopener")) } else { html.text(text) }
            if reading.place.sheet.privateFields.contains(field) { html.span(" (non public)", .class("muted")) }
        }
    }

    /// `exemple.fr/page` for `https://www.exemple.fr/page/`.
    static func bare(_ address: String) -> String {
        var text = Substring(address)
        for prefix in ["https://", "http://", "www."] where text.hasPrefix(prefix) {
            text = text.dropFirst(prefix.count)
        }
        while text.hasSuffix("/") { text = text.dropLast() }
        return Format.excerpt(String(text), limit: 40)
    }
}

/// What the reader may do: everybody may say what is wrong; its team keeps it true.
struct PlaceActions: View {
    var reading: PlaceReading
    var tokens: FormTokens
    var address: String

    func render(into html: inout HTML) {
        if reading.rights.any { renderTeam(into: &html) }
        html.section(.class("card no-print")) { html in
            html.h2("Une erreur\u{202F}? Un oubli\u{202F}?")
            html.p("Pas besoin de compte\u{202F}: l’équipe du lieu ou la coordination relit votre proposition.")
            html.ul(.class("plain")) { html in
                html.li { $0.a("Proposer une correction", .href(Paths.place(reading.slug, .correct))) }
                if reading.sheet.maturity != .closed {
                    html.li { html in
                        html.a(
                            "Signaler que ce lieu a fermé",
                            .href(Link(path: "lieux", reading.slug, "corriger", query: [("motif", "fermeture")])))
                    }
                }
            }
        }
        html.section(.class("card no-print")) { html in
            html.h2("Garder et partager")
            html.p(.class("muted")) { $0.text(address) }
            html.ul(.class("plain")) { html in
                if !reading.sheet.text(.hours).isEmpty, reading.sheet.maturity.receives {
                    html.li {
                        $0.a("Horaires pour mon agenda (iCalendar)", .href(Link(path: "lieux", reading.slug + ".ics")))
                    }
                }
                html.li { $0.a("Code QR à afficher", .href(Link(path: "lieux", reading.slug, "qr.svg"))) }
                html.li {
                    $0.a("Données de la fiche (JSON)", .href(Link(path: "api", "v1", "places", reading.place.id.text)))
                }
            }
        }
    }

    private func renderTeam(into html: inout HTML) {
        let rights = reading.rights
        html.section(.class("card no-print")) { html in
            html.h2("Tenir cette fiche")
            if rights.verifies {
                html.writingButton(
                    "Tout est juste aujourd’hui", to: Paths.place(reading.slug, .verify), tokens, style: .primary)
            }
            html.ul(.class("plain")) { html in
                if rights.edits {
                    html.li { $0.a("Modifier la fiche", .href(Paths.place(reading.slug, .edit)), .class("button")) }
                    html.li { $0.a("Photos", .href(Paths.place(reading.slug, .photos))) }
                    html.li { $0.a("Historique", .href(Paths.place(reading.slug, .history))) }
                }
                if rights.keepsSafe {
                    html.li { $0.a("Coffre à documents", .href(Paths.path("lieux", reading.slug, "coffre"))) }
                }
                if rights.invites { html.li { $0.a("Équipe et invitations", .href(Paths.place(reading.slug, .team))) } }
                if rights.manages || rights.moderates {
                    html.li { $0.a("Visibilité, cercles, adresse", .href(Paths.place(reading.slug, .settings))) }
                }
                if rights.verifies { html.li { $0.a("Propositions à relire", .href(Paths.moderation)) } }
            }
        }
    }
}
