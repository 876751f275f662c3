import Exchange
import Maillage
import Markup

/// When a place is open: the sentence of now, the week, the exceptions, the stops of a tour, how to come in.
struct PlaceHours: View {
    var reading: PlaceReading

    private var sheet: Sheet { reading.sheet }

    func render(into html: inout HTML) {
        let hasHours = !sheet.text(.hours).isEmpty || !sheet.text(.hoursNote).isEmpty || !sheet.rows(.closures).isEmpty
        if hasHours, sheet.maturity != .closed {
            html.section(.id("horaires")) { html in
                html.h2("Horaires")
                if let sentence = reading.openSentence { html.p { $0.strong(sentence + ".") } }
                renderWeek(into: &html)
                if !sheet.text(.hoursNote).isEmpty { html.paragraphs(Format.typography(sheet.text(.hoursNote))) }
                renderExceptions(into: &html)
            }
        }
        renderStops(into: &html)
    }

    private func renderWeek(into html: inout HTML) {
        let text = sheet.text(.hours)
        guard !text.isEmpty else { return }
        guard let hours = try? OpeningHours(parsing: text), !hours.isDoubtful else {
            // What cannot be read for sure is shown as it was written, and never counted as open.
            html.p(text)
            return
        }
        if let week = hours.table {
            html.div(.class("table-scroll"), .tabindex(0), .role("region"), .aria("labelledby", "semaine")) { html in
                html.table { html in
                    html.caption("Une semaine ordinaire", .id("semaine"))
                    html.tbody { html in
                        for (index, line) in week.enumerated() {
                            let isToday = reading.localTime.date.weekday == index + 1
                            html.tr { html in
                                html.th(.scope("row")) { html in
                                    html.text(line.label)
                                    if isToday { html.span(" (aujourd’hui)", .class("muted")) }
                                }
                                html.td(line.hours)
                            }
                        }
                    }
                }
            }
            let others =
                (hours.week?.exceptions.isEmpty ?? true) ? [] : hours.lines.suffix(hours.week?.exceptions.count ?? 0)
            if !others.isEmpty {
                html.ul { html in
                    for line in others { html.li(line.sentence) }
                }
            }
        } else {
            html.ul { html in
                for line in hours.lines { html.li(line.sentence) }
            }
        }
    }

    private func renderExceptions(into html: inout HTML) {
        let today = reading.localTime.date.description
        let coming = sheet.rows(.closures).filter { ($0["au"] ?? "") >= today }.sorted {
            ($0["du"] ?? "") < ($1["du"] ?? "")
        }
        guard !coming.isEmpty else { return }
        html.h3("Fermetures et ouvertures exceptionnelles")
        html.ul { html in
            for closure in coming {
                html.li { html in
                    html.text(Self.period(closure) + "\u{202F}: ")
                    let hours = closure["horaires"] ?? ""
                    if hours.isEmpty {
                        html.text("fermé")
                    } else {
                        html.text("ouvert ")
                        html.text(
                            (try? OpeningHours(parsing: hours))?.lines.map(\.hours).joined(separator: ", ") ?? hours)
                    }
                    if let reason = closure["motif"] { html.text(" (\(reason))") }
                }
            }
        }
    }

    static func period(_ closure: [String: String]) -> String {
        guard let from = CivilDate(iso: closure["du"] ?? ""), let to = CivilDate(iso: closure["au"] ?? "") else {
            return [closure["du"], closure["au"]].compactMap { $0 }.joined(separator: " – ")
        }
        return Format.period(from: (from.year, from.month, from.day), to: (to.year, to.month, to.day))
    }

    private func renderStops(into html: inout HTML) {
        let stops = sheet.rows(.stops)
        guard !stops.isEmpty else { return }
        html.section { html in
            html.h2("La tournée")
            html.add(
                DataTable(
                    "Où et quand passe ce lieu itinérant", rows: stops, id: "tournee",
                    columns: [
                        .init("Commune") { $0["commune_nom"] },
                        .init("Endroit") { $0["endroit"] },
                        .init("Quand") { stop in
                            let text = stop["horaires"] ?? ""
                            guard let hours = try? OpeningHours(parsing: text), !hours.isDoubtful else { return text }
                            return hours.lines.map(\.sentence).joined(separator: ", ")
                        },
                    ]))
        }
    }
}
