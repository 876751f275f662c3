import Storage

/// Erases an account: what its owner asks for, and what the retention job does to one that serves nobody any more (ACC-15, PRIV-4).
struct AccountErasure {
    let proceeding: Proceeding
    let head: LetterHead
    let traces: PersonalTraces

    /// Erases what names the person wherever the network keeps it, but for what the law has kept (`DataDeclaration.closing`).
    func erase(_ account: Account, _ email: EmailAddress, reason: String) throws {
        let (now, writer, id) = (proceeding.now, proceeding.writer, account.id)
        try RoleGrantStore.revokeAll(of: id, reason: reason, at: now, writer)
        try SessionStore.closeAll(of: id, but: nil, writer)
        try EmailChangeStore.forget(id, writer)
        try SignInLinkStore.forget(email, writer)
        try InvitationStore.forget(email, writer)
        try traces.erase(id, email, proceeding)
        try Outbox.forget(recipient: email.text, writer)
        try Outbox.unname([(account.name, PersonName.formerMember), (email.text, "")], writer)
        try RetentionNotices.forget(.account, [id.number], writer)
        try AccountStore.close(id, at: now, writer)
        proceeding.changed(id)
    }

    /// Tells the coordination that places have nobody to answer for them any more.
    func warnCoordination(of count: Int) throws {
        let coordinators = try RoleGrantStore.holders(
            of: .coordinator, on: .network, at: proceeding.now, proceeding.writer)
        for coordinator in coordinators {
            guard let email = try AccountStore.account(coordinator, proceeding.writer)?.email else { continue }
            proceeding.send(head.placesLeftAlone(to: email, count: count))
        }
    }
}
