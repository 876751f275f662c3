import Storage

/// What closing an account erases, whoever asks: the person, the retention job, or a restoration that does it again (ACC-15, PRIV-5).
public enum AccountErasure {
    /// Erases what names the person wherever the network keeps it, but for what the law has kept (`DataDeclaration.closing`).
    static func erase(
        _ id: Account.ID, _ email: EmailAddress, _ traces: PersonalTraces, at instant: Instant,
        _ proceeding: Proceeding,
        reason: String = "compte fermé"
    ) throws {
        let writer = proceeding.writer
        let name = try AccountStore.names([id], writer)[id] ?? ""
        try RoleGrantStore.revokeAll(of: id, reason: reason, at: proceeding.now, writer)
        try SessionStore.closeAll(of: id, but: nil, writer)
        try FactorStore.remove(id, writer)
        try IdentityStore.untie(id, writer)
        try IdentityStore.forgetOffers(of: id, writer)
        try AccountOrderStore.drop(of: id, at: proceeding.now, writer)
        try EmailChangeStore.forget(id, writer)
        try SignInLinkStore.forget(email, writer)
        try InvitationStore.forget(email, writer)
        try traces.erase(id, email, proceeding)
        try Outbox.forget(recipient: email.text, writer)
        try Outbox.unname([(name, PersonName.formerMember), (email.text, "")], writer)
        try RetentionNotices.forget(.account, [id.number], writer)
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

    /// Tells the coordination that places have nobody to answer for them any more.
    static func warnCoordination(of count: Int, _ head: LetterHead, _ proceeding: Proceeding) throws {
        let coordinators = try RoleGrantStore.holders(
            of: .coordinator, on: .network, at: proceeding.now, proceeding.writer)
        for coordinator in coordinators {
            guard let email = try AccountStore.account(coordinator, proceeding.writer)?.email else { continue }
            proceeding.send(head.placesLeftAlone(to: email, count: count))
        }
    }
}
