import HTTPTypes
import Maillage

/// Before a dangerous act, whoever has a second factor shows it again when it was last shown more than a quarter of an hour ago (ACC-28).
///
/// A page is asked for again once the code was typed. A form is not lost: it is shown again, filled, with a field for the code.
enum FactorDoor {
    /// The field of the code in a form that comes again.
    static let field = "code_second_facteur"

    static func enter(_ visit: inout Visit, _ route: Route) async throws -> Answer? {
        guard route.isDangerous, RecentFactor.isDue(visit.factorAt, at: visit.now) else { return nil }
        guard route.method == .post, route.body == .form else {
            guard route.method == .get else {
                return Refusals.answer(
                    to: Denied("Cet envoi demande d’abord un code de votre second facteur."), visit)
            }
            return .redirect(to: Paths.secondFactorCheck(then: Paths.local(visit.target)))
        }
        guard let typed = visit.form.text(field) else { return ConfirmPage.answer(visit, reason: .factor(nil)) }
        if let problem = try await FactorCheckPages.problem(with: typed, visit) {
            visit.form = visit.form.without(field)
            return ConfirmPage.answer(visit, reason: .factor(problem))
        }
        visit.form = visit.form.without(field)
        visit.factorAt = visit.now
        return nil
    }
}
