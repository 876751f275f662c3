import Storage

/// What closing an account erases, whoever asks: the person, or a restoration that does it again.
public enum AccountErasure {
    static func erase(
        _ id: Account.ID, _ email: EmailAddress, _ traces: PersonalTraces, at instant: Instant, _ proceeding: Proceeding
    ) throws {
        let writer = proceeding.writer
        try RoleGrantStore.revokeAll(of: id, reason: "compte fermé", at: proceeding.now, writer)
        try SessionStore.closeAll(of: id, but: nil, writer)
        try EmailChangeStore.forget(id, writer)
        try SignInLinkStore.forget(email, writer)
        try InvitationStore.forget(email, writer)
        try traces.erase(email, proceeding.now, writer)
        try Outbox.forget(recipient: email.text, writer)
        try AccountStore.close(id, at: instant, writer)
        proceeding.about(id)
    }

    /// Closed accounts, as the log of erasures lists them (BAK-8).
    public static func kind(traces: PersonalTraces) -> ErasureKind {
        ErasureKind("compte") { since, reader in
            try AccountStore.closed(since: since, reader).map {
                Erasure(kind: "compte", subject: $0.id.number, at: $0.at)
            }
        } erase: { erasure, proceeding in
            let id = Account.ID(erasure.subject)
            guard let email = try AccountStore.account(id, proceeding.writer)?.email else { return false }
            try erase(id, email, traces, at: erasure.at, proceeding)
            return true
        }
    }
}
