import Maillage
import Markup

/// Closing one's account: what it means, what it leaves alone, and a box to tick.
enum ClosingPages {
    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit)
    }

    private static func page(_ visit: Visit, problems: Problems = Problems()) async throws -> Answer {
        guard let id = visit.principal.account else { throw Denied() }
        let (principal, now, book) = (visit.principal, visit.now, visit.reception.scopes)
        let alone = try await visit.read { reader in
            let scopes = try AccountDuties.soleManagedPlaces(id, at: now, reader).map { Scope(.place, $0) }
            let labels = try book.labels(principal, scopes, reader)
            return scopes.map { ScopeLabel.of($0, in: labels) }
        }
        let view = ClosingView(
            alone: alone, isConfirmed: visit.form.has("confirmed"), leavesPlaces: visit.form.has("leaves_places"),
            problems: problems, tokens: FormTokens(visit))
        return visit.personalPage("Fermer mon compte", problems: problems, view)
    }

    static func close(_ visit: Visit) async throws -> Answer {
        do {
            try await visit.perform(
                CloseAccount(
                    session: visit.ownSession(), isConfirmed: visit.form.has("confirmed"),
                    leavesPlacesAlone: visit.form.has("leaves_places"), head: visit.head, traces: .network))
            return Answer.done("Votre compte est fermé. Merci pour ce que vous avez fait ici.", to: Paths.home)
                .closingSession()
        } catch let problems as Problems {
            return try await page(visit, problems: problems)
        }
    }
}

struct ClosingView: View {
    /// The places that would have nobody left.
    var alone: [ScopeLabel]
    var isConfirmed = false
    var leavesPlaces = false
    var problems = Problems()
    var tokens: FormTokens

    static let sample = ClosingView(alone: [ScopeLabel(name: "L’Atelier", path: "/lieux/l-atelier")], tokens: .sample)

    func render(into html: inout HTML) {
        html.h1("Fermer mon compte")
        html.add(ErrorSummary(problems))
        html.p(
            "Votre nom, votre adresse et votre mot de passe sont effacés, vos rôles prennent fin. Ce que vous "
                + "avez fait pour le "
                + "réseau reste, signé «\u{A0}Ancien membre\u{A0}». C’est définitif.")
        html.p { html in
            html.text("Vous pouvez d’abord ")
            html.a("télécharger vos données (ZIP)", .href(Paths.accountArchive))
            html.text(".")
        }
        html.writingForm(to: Paths.accountClosing, tokens) { html in
            if !alone.isEmpty {
                html.p("Vous êtes la seule personne responsable de\u{202F}:")
                html.ul { html in
                    for place in alone {
                        html.li { html in
                            if let path = place.path { html.a(place.name, .href(path)) } else { html.text(place.name) }
                        }
                    }
                }
                html.add(
                    CheckBox(
                        "leaves_places", "Je laisse ces lieux sans responsable\u{202F}; la coordination sera prévenue.",
                        isChecked: leavesPlaces, error: problems.message("leaves_places")))
            }
            html.add(
                CheckBox(
                    "confirmed", "Oui, je veux fermer mon compte pour toujours.", isChecked: isConfirmed,
                    error: problems.message("confirmed")))
            html.actions { html in
                html.submit("Fermer mon compte", style: .danger)
                html.a("Garder mon compte", .href(Paths.account), .class("button"))
            }
        }
    }
}
