import HTTPTypes
import Maillage

/// The least one must be to come in, as the site map says.
enum FloorDoor {
    static func enter(_ visit: Visit, _ route: Route) -> Answer? {
        guard !isHigh(enough: visit.principal, for: route.floor) else { return nil }
        guard visit.principal.isSignedIn else { return signInFirst(visit, route) }
        if let answer = FactorLead.answer(visit) { return answer }
        return Refusals.answer(to: Denied("Cette page est réservée à d’autres personnes."), visit)
    }

    static func isHigh(enough principal: Principal, for floor: Route.Floor) -> Bool {
        switch floor {
        case .everyone: true
        case .signedIn: principal.isSignedIn
        case .coordinator: principal.isSignedIn && principal.isCoordinator
        case .operator: principal.isSignedIn && principal.isOperator
        }
    }

    /// A page is asked for again once signed in. A form is not lost: it is shown again, filled.
    private static func signInFirst(_ visit: Visit, _ route: Route) -> Answer {
        if route.isAPI || visit.wantsData {
            return Refusals.answer(
                to: DoorRefusal(.unauthorized, "Connexion nécessaire", "Il faut être connecté."), visit)
        }
        if route.method == .post, route.body == .form {
            return ConfirmPage.answer(visit, reason: .signedOut)
        }
        if route.method != .get {
            return Refusals.answer(to: Denied("Il faut se connecter pour envoyer un fichier."), visit)
        }
        return .redirect(to: Paths.signIn(then: Paths.local(visit.target)))
    }
}
