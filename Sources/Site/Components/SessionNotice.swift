import Maillage
import Markup

/// A word that the reader's session is about to end, and how to stay signed in (ACC-35). It is in the page from the start: the style
/// sheet shows it when its time comes, without a script; `session.js` asks first whether the session was used elsewhere.
struct SessionNotice: View, Sendable, Equatable {
    /// How long before the end it shows at the latest; it shows five minutes earlier at most.
    static let lead = Instant.Span.minutes(10)
    /// What the page may take to come, and clocks of several nodes to differ.
    private static let margin = Instant.Span.minutes(1)
    /// Waits are whole numbers of these: the style sheet has a class for each number of hours and of minutes.
    private static let step = 5

    var end: Instant
    var isExtendable: Bool
    /// How long a session lasts at most.
    var longest: Instant.Span
    /// Before the word shows; none when the end is near.
    var minutes: Int

    /// Nil where no word is needed.
    init?(_ term: SessionTerm, at now: Instant) {
        guard term.isAnnounced else { return nil }
        end = term.end
        isExtendable = term.isExtendable
        longest = term.limits.absolute
        let wait = (term.end - now).seconds - (Self.lead.seconds + Self.margin.seconds)
        minutes = max(0, Int(wait / 60)) / Self.step * Self.step
    }

    func render(into html: inout HTML) {
        html.section(
            .class(classes), .aria("label", "Fin de la session"), .data("session-end", Paths.sessionEnd),
            .data("wait", minutes * 60)
        ) { html in
            html.details(.open()) { html in
                html.summary("Votre session va se fermer")
                if isExtendable { renderExtension(into: &html) } else { renderLast(into: &html) }
            }
        }
    }

    private func renderExtension(into html: inout HTML) {
        html.p("Sans autre usage du site, elle se fermera à \(Format.clock(end)).")
        html.p { html in
            html.a(
                "Rester connecté (nouvel onglet)", .href(Paths.sessionExtension), .target("_blank"), .rel("noopener"),
                .data("extend"), .class("button button-primary"))
        }
    }

    private func renderLast(into html: inout HTML) {
        html.p(
            "Elle se fermera à \(Format.clock(end)), sans prolongation possible\u{202F}: une session dure au plus "
                + "\(Format.duration(minutes: Int(longest.seconds / 60))).")
        html.p("Enregistrez ce que vous écrivez, ou reconnectez-vous dès maintenant.")
        html.p {
            $0.a(
                "Se reconnecter (nouvel onglet)", .href(Paths.signIn()), .target("_blank"), .rel("noopener"),
                .class("button"))
        }
    }

    /// `session-end after-3h after-45m`.
    private var classes: String {
        var classes = ["session-end", "no-print"]
        if minutes >= 60 { classes.append("after-\(minutes / 60)h") }
        if minutes % 60 > 0 { classes.append("after-\(minutes % 60)m") }
        return classes.joined(separator: " ")
    }
}
