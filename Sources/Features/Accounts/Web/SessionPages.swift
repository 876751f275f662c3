import Maillage
import Markup

/// `/mon-compte/session`: until when the session lasts, and the page that keeps it by being asked for. Their layout holds the word
/// that comes before the end (`SessionNotice`), which `session.js` takes from here.
enum SessionPages {
    /// A look that is no use of the session.
    static func show(_ visit: Visit) async throws -> Answer {
        guard let term = visit.term else { throw Denied() }
        return visit.personalPage("Fin de la session", SessionEndView(end: term.end, isExtendable: term.isExtendable))
    }

    /// Nothing more to do: coming here is a use of the session, which `SessionDoor` has noted.
    static func extend(_ visit: Visit) async throws -> Answer {
        guard let term = visit.term else { throw Denied() }
        return visit.personalPage(
            "Session prolongée", SessionExtendedView(end: term.end, isExtendable: term.isExtendable))
    }
}

struct SessionEndView: View {
    var end: Instant
    var isExtendable: Bool

    static let sample = SessionEndView(end: Instant(seconds: 1_790_000_000), isExtendable: true)

    func render(into html: inout HTML) {
        html.h1("Fin de la session")
        guard isExtendable else {
            html.p("Elle se fermera le \(Format.moment(end)), sans prolongation possible.")
            html.p { $0.a("Se reconnecter", .href(Paths.signIn()), .class("button")) }
            return
        }
        html.p("Sans autre usage du site, elle se fermera le \(Format.moment(end)).")
        html.p { $0.a("Rester connecté", .href(Paths.sessionExtension), .class("button")) }
    }
}

struct SessionExtendedView: View {
    var end: Instant
    var isExtendable: Bool

    static let sample = SessionExtendedView(end: Instant(seconds: 1_790_000_000), isExtendable: true)

    func render(into html: inout HTML) {
        html.h1("Session prolongée")
        html.p(
            "C’est fait\u{202F}: votre session reste ouverte jusqu’au \(Format.moment(end)).", .data("session-extended")
        )
        html.p(
            isExtendable
                ? "Fermez cet onglet et reprenez là où vous en étiez."
                : "Elle ne durera pas plus longtemps\u{202F}: enregistrez d’ici là ce que vous écrivez, ou reconnectez-vous."
        )
    }
}
