import HTTPTypes
import Maillage

/// Somebody whose roles wait for a second factor is led to it from the page they may not read yet (ACC-27).
enum FactorLead {
    /// Nil for whoever waits for nothing, and for what is not a page.
    static func answer(_ visit: Visit) -> Answer? {
        guard !visit.principal.withheld.isEmpty, visit.method == .get || visit.method == .head, !visit.isForMachines
        else { return nil }
        return .redirect(to: Paths.secondFactor(then: Paths.local(visit.target)))
    }
}
