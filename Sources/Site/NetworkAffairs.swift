import Maillage

extension OwnAffairs {
    /// The candidacies that the visitor leads or takes part in.
    static let network = OwnAffairs(candidacies: { visit in
        let (principal, now, shelf) = (visit.principal, visit.now, visit.reception.forms)
        let own = try await visit.read { try OwnCandidacy.all(principal, at: now, shelf: shelf, $0) }
        let ids = own.map(\.candidacy.id)
        let asked = try await visit.read { try PiecesRequestStore.open(of: ids, $0) }
        let decisions = try await visit.read { try DecisionStore.notified(of: ids, $0) }
        let told = Dictionary(decisions.map { ($0.candidacy, $0) }) { first, _ in first }
        return CandidacyListView.ordered(own, at: now).map { own in
            if let decision = told[own.candidacy.id] {
                return OwnAffair(
                    name: own.candidacy.name, path: Paths.ownDecision(own.candidacy.id),
                    state: DecisionBadge.badge(decision), about: own.call.title, next: "La décision est à lire.")
            }
            var affair = OwnAffair(
                name: own.candidacy.name, path: Paths.candidacy(own.candidacy.id),
                state: CandidacyBadge.badge(own.candidacy), about: own.call.title, next: next(own, at: now))
            if let request = asked.first(where: { $0.candidacy == own.candidacy.id }) {
                affair.next =
                    "L’organisateur vous demande des compléments, à envoyer \(DossierDeadline.words(request.closesAt))."
            }
            return affair
        }
    })

    private static func next(_ own: OwnCandidacy, at now: Instant) -> String {
        guard let wave = own.candidacy.targetWave(of: own.call, at: now) else { return "" }
        let isOpen = now < wave.closesAt
        let left = isOpen ? " " + Format.capitalized(wave.timeLeft(at: now)) + "." : ""
        switch own.candidacy.state {
        case .draft:
            guard isOpen else { return "La limite est passée\u{202F}: c’était \(wave.deadlineWords)." }
            let missing =
                own.missing == 0
                ? "tout est rempli, il reste à déposer"
                : "il manque " + Format.count(own.missing, "réponse", "réponses")
            let duties =
                own.duties == 0 ? "" : " À vous\u{202F}: " + Format.count(own.duties, "question", "questions") + "."
            return "À déposer \(wave.deadlineWords).\(left) \(Format.capitalized(missing)).\(duties)"
        case .deposited where isOpen: return "Vous pouvez encore la remplacer, \(wave.deadlineWords).\(left)"
        case .deposited, .admitted: return "L’organisateur l’a reçue."
        case .late: return "L’organisateur décidera par écrit."
        case .dismissed: return "L’organisateur l’a écartée, par écrit."
        case .withdrawn: return "Ses récépissés restent."
        }
    }
}
