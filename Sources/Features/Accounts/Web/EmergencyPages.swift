import Maillage
import Markup
import Storage

/// « Bris de glace »: an operator takes a role alone, and everybody is told.
enum EmergencyPages {
    static func show(_ visit: Visit) async throws -> Answer {
        page(visit)
    }

    private static func page(_ visit: Visit, _ problems: Problems = Problems()) -> Answer {
        let view = EmergencyView(
            role: visit.form["role"], hours: visit.form["heures"], reason: visit.form["motif"], problems: problems,
            tokens: FormTokens(visit))
        return visit.personalPage("Rôle d’urgence", problems: problems, view)
    }

    static func take(_ visit: Visit) async throws -> Answer {
        do {
            guard let role = Role(rawValue: visit.form["role"] ?? "") else {
                throw Problems("role", "Choisissez un rôle dans la liste.")
            }
            _ = try await visit.perform(
                TakeEmergencyRole(
                    role, hours: visit.form.int("heures") ?? 0, reason: visit.form["motif"] ?? "", head: visit.head))
            return .done(
                "Vous avez ce rôle. L’administration technique et la coordination en sont prévenues.", to: Paths.home)
        } catch let problems as Problems {
            return page(visit, problems)
        }
    }
}

struct EmergencyView: View {
    var role: String?
    var hours: String?
    var reason: String?
    var problems = Problems()
    var tokens: FormTokens

    static let sample = EmergencyView(reason: "Une limite à repousser ce soir", tokens: .sample)

    func render(into html: inout HTML) {
        html.h1("Prendre un rôle en urgence")
        html.add(ErrorSummary(problems))
        html.p(
            "Quand personne d’autre ne peut agir à temps. Tous ceux qui tiennent le réseau sont prévenus aussitôt avec votre motif, "
                + "l’accueil le dit tant que cela dure, chaque acte est au journal, et le rôle prend fin de lui-même.")
        html.writingForm(to: Paths.emergency, tokens) { html in
            html.add(
                Select(
                    "role", "Rôle", options: TakeEmergencyRole.roles.map { Option($0.rawValue, $0.label) }, value: role,
                    error: problems.message("role")))
            html.add(
                Select(
                    "heures", "Durée",
                    options: (1...TakeEmergencyRole.longest).map { Option(String($0), "\($0)\u{A0}h") },
                    value: hours ?? "1", error: problems.message("heures")))
            html.add(
                TextField(
                    "motif", "Motif", value: reason,
                    help: "Une phrase. Elle est envoyée à tous ceux qui tiennent le réseau.",
                    error: problems.message("motif")))
            html.actions { html in
                html.submit("Prendre ce rôle", style: .danger)
                html.a("Renoncer", .href("/exploitation"), .class("button"))
            }
        }
    }
}

/// A role taken alone, as the home page says it to who is signed in.
struct EmergencyNotice: Sendable {
    let name: String
    let role: Role
    let until: Instant
    /// For those who run the network alone.
    let reason: String?

    /// Nothing for a visitor.
    static func read(_ visit: Visit) async throws -> [EmergencyNotice] {
        let (principal, now) = (visit.principal, visit.now)
        guard principal.isSignedIn else { return [] }
        return try await visit.read { reader in
            let grants = try RoleGrantStore.emergencies(at: now, reader)
            guard !grants.isEmpty else { return [] }
            let names = try AccountStore.names(Array(Set(grants.map(\.account))), reader)
            return grants.compactMap { grant in
                guard let until = grant.until else { return nil }
                return EmergencyNotice(
                    name: names[grant.account] ?? "", role: grant.grant.role, until: until,
                    reason: AccountRights.maySeeAccounts(principal) ? grant.reason : nil)
            }
        }
    }
}

struct EmergencyNotices: View {
    var notices: [EmergencyNotice]

    func render(into html: inout HTML) {
        for notice in notices {
            // « le 3 mai … » without its article.
            let end = String(Moment.text(notice.until).dropFirst(3))
            html.section(.class("card")) { html in
                html.h2("Un rôle a été pris en urgence")
                html.p(
                    "\(notice.name), de l’administration technique, a pris seul·e le rôle «\u{A0}\(notice.role.label)\u{A0}», "
                        + "jusqu’au \(end).")
                if let reason = notice.reason { html.p("Motif\u{202F}: \(reason)") }
            }
        }
    }
}
