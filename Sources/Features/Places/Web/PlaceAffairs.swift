import Maillage
import Markup

/// Something public that later features know of a place, as a line of its page.
struct PlaceAffair: Sendable {
    var title: String
    var path: String
    var words: String
}

/// What a place's page shows of the features that Places does not know: `Site` fills it.
struct PlaceAffairs: Sendable {
    /// The aids that the reader may know of, the newest first.
    var funding: @Sendable (Visit, Place.ID) async throws -> [PlaceAffair]
}

/// The aids of a place.
struct PlaceFundingList: View {
    var affairs: [PlaceAffair]

    func render(into html: inout HTML) {
        guard !affairs.isEmpty else { return }
        html.section { html in
            html.h2("Aides reçues ou demandées")
            html.ul { html in
                for affair in affairs {
                    html.li { html in
                        html.a(Format.typography(affair.title), .href(affair.path))
                        html.text(" " + affair.words)
                    }
                }
            }
        }
    }
}
