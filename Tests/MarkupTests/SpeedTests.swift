import Markup
import Testing

@Suite("Speed")
struct SpeedTests {
    @Test("Fifty places of eleven fields are written quickly")
    func fiftyPlaces() {
        let places = (0..<50).map { PlaceRow(number: $0) }
        var html = HTML(capacity: 65_536)
        var best = Duration.seconds(10)
        var size = 0
        let clock = ContinuousClock()
        for _ in 0..<200 {
            best = min(
                best,
                clock.measure {
                    html = HTML(capacity: 65_536)
                    html.ul { html in
                        for place in places { html.add(place) }
                    }
                })
            size = html.bytes.count
        }
        print("Markup: 50 places × 11 fields, \(size) bytes, best of 200: \(best)")
        #expect(size > 20_000)
        // A hundred times the release figure: only a page that became quadratic would pass it.
        #expect(best < .milliseconds(10))
    }
}

private struct PlaceRow: View {
    var number: Int
    var name: String
    var summary = "Un atelier partagé où l’on répare, fabrique et apprend « ensemble » ; café associatif & jardin."
    var commune = "Hellemmes-Lille"
    var postalCode = "59260"
    var hours = "Lu-Ve 09:00-18:00"
    var website = "https://www.exemple.fr/lieu?x=1&y=2"
    var phone = "03 20 00 00 00"
    var tags = ["fabrication", "réparation", "coworking"]
    var updated = "mis à jour il y a 3 jours"
    var distance = "3,2 km"

    init(number: Int) {
        self.number = number
        name = "L’Établi n° \(number)"
    }

    func render(into html: inout HTML) {
        html.li(.class("place"), .data("id", number)) { html in
            html.h2 { $0.a(name, .href("/lieux/etabli")) }
            html.p(summary, .class("summary"))
            html.p(.class("where")) { html in
                html.span(postalCode)
                html.span(commune)
                html.span(distance, .class("distance"))
            }
            html.p(hours, .class("hours"))
            html.a("Site", .href(website), .rel("noopener external"))
            html.a(phone, .href(Link.phone(phone)))
            html.ul(.class("tags")) { html in
                for tag in tags { html.li(tag, .class("tag")) }
            }
            html.small(updated)
        }
    }
}
