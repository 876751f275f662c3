import Maillage

extension CandidacyEchoes {
    /// In a new draft, the reasons for which an earlier dossier was refused, as they were notified.
    static let network = CandidacyEchoes { visit, candidacy in
        let principal = visit.principal
        let (earlier, decisions) = try await visit.read { reader in
            let own = try CandidacyStore.own(principal, reader)
            return (own, try DecisionStore.notified(of: own.map(\.id), reader))
        }
        var echoes: [String: [CandidacyEcho]] = [:]
        let candidacies = Dictionary(earlier.map { ($0.id, $0) }) { first, _ in first }
        for decision in decisions {
            if decision.outcome == .refused, candidacy.state == .draft,
                let former = candidacies[decision.candidacy], former.isTakenUp(in: candidacy)
            {
                for reason in decision.reasons {
                    echoes[reason.question, default: []].append(
                        CandidacyEcho(
                            words: "Motif du refus de «\u{A0}\(former.name)\u{A0}», le "
                                + "\(DecisionDates.words(decision.decidedOn))\u{202F}: \(reason.text)"))
                }
            }
        }
        return echoes
    }
}
