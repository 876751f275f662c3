import Maillage

/// What the pages of Calls show of selection and decision.
enum DecisionPointers {
    static func onCall(_ visit: Visit, _ call: Call) async throws -> [LaterRooms.Pointer] {
        guard call.state == .published, call.settings.waves.contains(where: { $0.closesAt <= visit.now }) else {
            return []
        }
        return [
            .init(
                "Sélection\u{202F}: les notes, l’enveloppe et les quotas, proposés et expliqués.", "Sélection",
                Paths.selection(call.slug)),
            .init(
                "Décisions\u{202F}: l’avis, la décision, les courriers, les recours.", "Décisions",
                Paths.decisions(call.slug)),
        ]
    }

    /// Nothing before the notification (DECI-7).
    static func onCandidacy(_ visit: Visit, _ candidacy: Candidacy) async throws -> [LaterRooms.Pointer] {
        let id = candidacy.id
        guard let decision = try await visit.read({ try DecisionStore.notified(of: [id], $0) }).first else { return [] }
        return [
            .init(
                "La décision est notifiée\u{202F}: \(decision.outcome.label.lowercased()).", "Lire la décision",
                Paths.ownDecision(id), isUrgent: true)
        ]
    }
}
