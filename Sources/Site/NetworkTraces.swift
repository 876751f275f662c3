import Maillage

extension PersonalTraces {
    /// Those of every feature of the network.
    public static let network = PersonalTraces(
        erase: { email, now, writer in
            try CallAlertStore.forget(email, writer)
            try CandidacyMemberStore.forget(email, at: now, writer)
        },
        archive: { principal, email, reader in try CallPersonalData.of(principal, email, reader) })
}
