import Exchange
import Maillage
import Markup

/// The page of a place.
struct PlaceView: View {
    var reading: PlaceReading
    var tokens: FormTokens
    var map: MapScript?
    /// The full address of this page, for sharing and printing.
    var address: String

    private var sheet: Sheet { reading.sheet }

    func render(into html: inout HTML) {
        html.add(PlaceBanners(reading: reading))
        html.article { html in
            html.h1(reading.name)
            renderLead(into: &html)
            html.div(.class("with-aside")) { html in
                html.div(.class("stack")) { html in
                    html.add(PhotoGallery(photos: reading.photos))
                    renderDescription(into: &html)
                    html.add(PlaceHours(reading: reading))
                    html.add(PlaceFacts(reading: reading))
                    html.add(PlaceSites(reading: reading))
                    renderRecognition(into: &html)
                    html.add(PlaceFundingList(affairs: reading.affairs))
                    renderCircles(into: &html)
                    renderNeighbours(into: &html)
                    html.add(PlaceFreshness(reading: reading))
                }
                html.aside(.class("stack"), .aria("label", "Contact et actions")) { html in
                    html.add(PlaceContact(reading: reading, map: map))
                    html.add(PlaceActions(reading: reading, tokens: tokens, address: address))
                }
            }
        }
    }

    private func renderLead(into html: inout HTML) {
        if !sheet.text(.summary).isEmpty { html.p(Format.typography(sheet.text(.summary)), .class("lead")) }
        html.p(.class("row")) { html in
            if sheet.maturity.receives {
                if let sentence = reading.openSentence {
                    html.add(Badge(sentence, reading.isOpenNow ? .good : .neutral))
                }
            } else {
                html.add(Badge(sheet.maturity.label, sheet.maturity == .closed ? .bad : .info))
            }
            for code in sheet.codes(.mobility) where code == "itinerant" { html.add(Badge("Itinérant", .info)) }
            for family in sheet.codes(.families) {
                html.add(
                    Chip(ReferenceList.families.label(family), link: Link(path: "lieux", query: [("famille", family)])))
            }
            if !sheet.text(.otherFamily).isEmpty { html.add(Chip(sheet.text(.otherFamily))) }
        }
    }

    private func renderDescription(into html: inout HTML) {
        let description = sheet.text(.description)
        if !description.isEmpty {
            html.div(.class("prose")) { $0.paragraphs(Format.typography(description)) }
        }
        for (field, list, title, facet) in [
            (SheetField.services, ReferenceList.services, "Ce qu’on y fait", "service"),
            (.audiences, .audiences, "Pour qui", "public"), (.sectors, .sectors, "Secteurs", ""),
        ] {
            let codes = sheet.codes(field)
            guard !codes.isEmpty else { continue }
            html.section { html in
                html.h2(title)
                html.add(
                    Chips(
                        codes.map { code in
                            Chip(
                                list.label(code),
                                link: facet.isEmpty ? nil : Link(path: "lieux", query: [(facet, code)]))
                        }))
            }
        }
        if sheet.flag(.companion) {
            html.p(.class("row")) { html in
                html.add(Icon.people)
                html.span("Prêt à accompagner d’autres projets.")
            }
        }
    }

    private func renderRecognition(into html: inout HTML) {
        let labels = sheet.rows(.labels)
        if !labels.isEmpty {
            html.section { html in
                html.h2("Labels")
                html.ul { html in
                    for label in labels {
                        html.li { html in
                            html.strong(label["label"])
                            if let from = label["du"] { html.text(", depuis " + Format.partialDate(from)) }
                            if let to = label["au"] { html.text(", jusqu’au " + Format.partialDate(to)) }
                            if let proof = label["preuve"] {
                                html.text(" – ")
                                html.a("preuve", .href(Link.website(proof)), .rel("noopener"))
                            }
                        }
                    }
                }
            }
        }
        let figures = sheet.rows(.figures)
        if !figures.isEmpty {
            html.section { html in
                html.h2("En chiffres")
                html.add(
                    StatTiles(
                        figures.map { figure in
                            let value =
                                Double(figure["valeur"] ?? "").map { Format.decimal($0, places: 2) } ?? figure["valeur"]
                                ?? ""
                            let unit = figure["unite"].map { Format.noBreak + $0 } ?? ""
                            let note = [figure["annee"], figure["source"]].compactMap { $0 }.joined(separator: ", ")
                            return StatTile(value + unit, figure["nom"] ?? "", note: note.isEmpty ? nil : note)
                        }))
            }
        }
    }

    private func renderCircles(into html: inout HTML) {
        guard !reading.circles.isEmpty else { return }
        html.section { html in
            html.h2(Format.noun(reading.circles.count, "Son cercle", "Ses cercles"))
            html.ul { html in
                for circle in reading.circles {
                    html.li { html in
                        html.a(circle.name, .href(Paths.circle(circle.slug)))
                        html.text(", " + circle.kind.label.lowercased())
                    }
                }
            }
        }
    }

    private func renderNeighbours(into html: inout HTML) {
        guard !reading.neighbours.isEmpty else { return }
        html.section { html in
            html.h2("À côté")
            html.ul { html in
                for (card, metres) in reading.neighbours {
                    html.li { html in
                        html.a(card.name, .href(Paths.place(card.slug)))
                        html.text(", \(card.communeName), \(away(metres))")
                    }
                }
            }
        }
    }

    /// Places known by their commune alone share its centre: no distance is told from one to the other.
    private func away(_ metres: Double) -> String {
        if metres >= 1 { return "à " + Format.distance(metres: metres) }
        return reading.sites.first?.precision == "commune" ? "dans la même commune" : "au même endroit"
    }
}

/// When the sheet was last checked, and where it comes from.
struct PlaceFreshness: View {
    var reading: PlaceReading

    func render(into html: inout HTML) {
        let place = reading.place
        html.section(.class("muted")) { html in
            html.h2("Cette fiche")
            html.p { html in
                if let verified = place.verifiedAt {
                    html.text("Vérifiée ")
                    html.time(Format.ago(verified, reading.now), .datetime(Format.machine(verified)))
                } else {
                    html.text("Jamais vérifiée par une personne")
                }
                html.text(", modifiée ")
                html.time("le " + Format.day(place.updatedAt), .datetime(Format.machine(place.updatedAt)))
                html.text(".")
                if place.isStale(at: reading.now) {
                    html.text(
                        " Elle date de plus d’un an\u{202F}: si vous connaissez ce lieu, dites-nous si elle est encore juste."
                    )
                }
            }
            let sources = sources
            if !sources.isEmpty {
                html.p("Sources\u{202F}: \(sources.joined(separator: "\u{202F}; ")).")
            }
        }
    }

    /// Each source once, with the latest date it spoke of something the reader sees.
    private var sources: [String] {
        var latest: [String: Instant] = [:]
        for (field, origin) in reading.place.origins.all where reading.sheet[field] != nil {
            latest[origin.source] = max(latest[origin.source] ?? origin.at, origin.at)
        }
        return latest.sorted { $0.key < $1.key }.map { "\(SheetWords.source($0.key)) (\(Format.day($0.value)))" }
    }
}
