import Markup

/// A page that is asked for again by itself where there is no script. Whoever reads it can hold it (RGAA 13.1): the link comes with
/// the reload, as the button of `follow.js` comes with a script, and leads back to it from the page that is held.
struct Reload: View, Sendable {
    var seconds: Int
    /// Whether its reader asked that it stay as it is.
    var isHeld = false
    /// The same page, held when this one is not.
    var other: String

    /// What makes the browser ask again.
    func renderHead(into html: inout HTML) {
        guard !isHeld else { return }
        html.raw("<noscript><meta http-equiv=\"refresh\" content=\"")
        html.text(seconds)
        html.raw("\"></noscript>")
    }

    func render(into html: inout HTML) {
        guard !isHeld else {
            html.p(.class("no-print")) {
                $0.a("Reprendre le suivi automatique", .href(other), .class("button button-small"))
            }
            return
        }
        html.raw("<noscript>")
        html.p(.class("no-print")) {
            $0.a("Arrêter le suivi automatique", .href(other), .class("button button-small"))
        }
        html.raw("</noscript>")
    }
}
