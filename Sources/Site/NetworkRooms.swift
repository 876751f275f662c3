import Maillage

extension LaterRooms {
    /// What the rooms of the network put on the pages of calls and candidacies, in ladder order.
    static let network = LaterRooms(
        onCall: { visit, call in
            try await InstructionPointers.onCall(visit, call) + JuryDuties.onCall(visit, call)
                + DecisionPointers.onCall(visit, call) + FundingPointers.onCall(visit, call)
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
