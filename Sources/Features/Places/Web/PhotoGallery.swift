import Maillage
import Markup

/// One photo as an image, in the width that the screen needs.
struct PhotoImage: View {
    var photo: PlacePhoto
    /// How wide it is shown, as in `sizes`.
    var sizes: String
    /// The widest file to offer, in pixels.
    var largest = Int.max
    /// False for what is in sight at once.
    var isLazy = true
    var style: String?

    func render(into html: inout HTML) {
        let offered = photo.sizes.filter { $0.width <= largest }
        let files = offered.isEmpty ? Array(photo.sizes.prefix(1)) : offered
        guard let shown = files.last else { return }
        html.img(
            .src(Paths.photoFile(photo.id, shown.width)),
            .srcset(files.map { (Link(path: "photos", photo.id.text, "\($0.width).webp"), $0.width) }),
            .sizes(sizes), .width(shown.width), .height(shown.height), .alt(photo.words.alternative),
            .class(style), .loading(isLazy ? "lazy" : nil), .decoding("async"))
    }
}

/// The photos on the page of a place: the cover in large, the others below; each leads to its largest file.
struct PhotoGallery: View {
    var photos: [PlacePhoto]

    func render(into html: inout HTML) {
        guard let cover = photos.first else { return }
        html.section(.class("gallery"), .aria("label", "Photos")) { html in
            figure(cover, sizes: "(min-width: 78rem) 52rem, (min-width: 60rem) calc(100vw - 25rem), 100vw", into: &html)
            if photos.count > 1 {
                html.div(.class("gallery-others")) { html in
                    for photo in photos.dropFirst() {
                        figure(photo, sizes: "(min-width: 40rem) 17rem, 50vw", largest: 640, isLazy: true, into: &html)
                    }
                }
            }
        }
    }

    private func figure(
        _ photo: PlacePhoto, sizes: String, largest: Int = .max, isLazy: Bool = false, into html: inout HTML
    ) {
        // The role and the name say to every reader that picture and line below are one (RGAA 1.9).
        let licence = photo.words.licence
        let named = licence.address == nil ? licence.label.lowercased() : licence.label
        let credit = "Photo\u{202F}: \(photo.words.credit), "
        html.figure(.role("figure"), .aria("label", credit + named)) { html in
            html.a(.href(photo.largest.map { Paths.photoFile(photo.id, $0.width) })) { html in
                html.add(PhotoImage(photo: photo, sizes: sizes, largest: largest, isLazy: isLazy))
                html.span(" (ouvrir en grand)", .class("visually-hidden"))
            }
            html.figcaption { html in
                html.text(credit)
                if let address = licence.address {
                    html.a(named, .href(address), .rel("license noopener"))
                } else {
                    html.text(named)
                }
            }
        }
    }
}
