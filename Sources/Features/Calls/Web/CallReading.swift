import Maillage
import Markup

/// A call as one reader sees it, with what is public about it and what they may do.
struct CallReading: Sendable {
    var call: Call
    var now: Instant
    var rules: CallRulesVersion?
    var questions: [CallQuestion] = []
    var amendments: [CallAmendment] = []
    var forms: [CallForm] = []
    /// Somebody of the team, or the coordination.
    var mayEdit = false
    var mayExtend = false
    /// Questions that wait for an answer; 0 for those who may not answer.
    var waitingQuestions = 0

    var slug: String { call.slug }
    var settings: CallSettings { call.settings }
    var phase: Call.Phase { call.phase(at: now) }
    var wave: CallWave? { call.currentWave(at: now) }

    /// The call at an address, if this visitor may know of it; `Missing` alike for a draft of others and for what never was.
    static func find(_ visit: Visit) async throws -> CallReading {
        let slug = try visit.parameter("slug")
        let (principal, now) = (visit.principal, visit.now)
        return try await visit.read { reader in
            guard let call = try CallStore.call(principal, slug: slug, reader) else { throw Missing() }
            let isTeam = try CallTeamStore.belongs(principal, to: call.id, reader)
            var reading = CallReading(call: call, now: now)
            reading.mayEdit = CallRights.mayEdit(principal, isTeam: isTeam)
            reading.mayExtend = CallRights.mayExtend(principal, isTeam: isTeam)
            reading.rules = try CallRulesStore.rules(of: call.id, reader)
            reading.questions = try CallQuestionStore.published(of: call.id, reader)
            reading.amendments = try CallRulesStore.amendments(of: call.id, reader)
            reading.forms = try CallFormStore.current(of: call.id, reader)
            if reading.mayEdit { reading.waitingQuestions = try CallQuestionStore.waiting(on: call.id, reader).count }
            return reading
        }
    }

    /// The call, for those who keep it only. A draft of others is missing; a published call of others is refused.
    static func kept(_ visit: Visit) async throws -> CallReading {
        let reading = try await find(visit)
        guard reading.mayEdit else { throw Denied("Cela revient à l’équipe de l’appel ou à la coordination.") }
        return reading
    }

    /// The way back up from one of the call's pages.
    func crumbs(_ current: String) -> Breadcrumbs {
        Breadcrumbs(
            [("Appels", Link(path: "appels")), (Format.excerpt(call.title, limit: 48), Link(path: "appels", slug))],
            current: current)
    }

    /// The head of one of the call's pages.
    func head(_ title: String, isIndexed: Bool = false) -> PageHead {
        var head = PageHead("\(title)\u{202F}: \(call.title)", section: "Appels", breadcrumbs: crumbs(title))
        head.isIndexed = isIndexed && call.state != .draft
        return head
    }
}
