import Maillage

extension LaterRooms {
    /// The audit, for those who keep the call.
    private static func auditPointer(_ visit: Visit, _ call: Call) async throws -> [Pointer] {
        let principal = visit.principal
        let isTeam = try await visit.read { try CallTeamStore.belongs(principal, to: call.id, $0) }
        guard CallRights.mayEdit(principal, isTeam: isTeam) else { return [] }
        return [Pointer("Qui a fait quoi sur cet appel", "Lire les actes", Paths.callAudit(call.slug))]
    }

    /// What the rooms of the network put on the pages of calls and candidacies, in ladder order.
    static let network = LaterRooms(
        onCall: { visit, call in
            try await InstructionPointers.onCall(visit, call) + JuryDuties.onCall(visit, call)
                + DecisionPointers.onCall(visit, call) + FundingPointers.onCall(visit, call)
                + auditPointer(visit, call)
        },
        onCandidacy: { visit, candidacy in
            try await InstructionPointers.onCandidacy(visit, candidacy)
                + DecisionPointers.onCandidacy(visit, candidacy) + FundingPointers.onCandidacy(visit, candidacy)
        },
        besideDossier: { visit, candidacy in try await FundingPointers.besideDossier(visit, candidacy) },
        inArchive: { visit, call in
            try await JuryRankingPages.inArchive(visit, call) + DecisionTable.inArchive(visit, call)
        })
}
