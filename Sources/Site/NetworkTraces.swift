import Exchange
import Maillage

extension PersonalTraces {
    /// Those of every feature of the network.
    public static let network = PersonalTraces(
        erase: { account, email, proceeding in
            let (now, writer) = (proceeding.now, proceeding.writer)
            try ProposalStore.forget(email, at: now, writer)
            try CallAlertStore.forget(email, writer)
            try CallInvitationStore.forget(email, at: now, writer)
            try CallRetention.forget(account, proceeding)
            try CandidacyMemberStore.forget(email, at: now, writer)
            try InstructionPersonalData.forget(email, at: now, writer)
            try JuryMemberStore.forget(email, at: now, writer)
        },
        archive: { principal, email, reader in
            JSONObject(
                try PlacePersonalData.of(email, reader).members
                    + CallPersonalData.of(principal, email, reader).members
                    + InstructionPersonalData.of(principal, email, reader).members
                    + JuryPersonalData.of(principal, email, reader).members
                    + DecisionPersonalData.of(principal, reader).members
                    + FundingPersonalData.of(principal, reader).members)
        })
}
