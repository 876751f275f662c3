import Storage

/// Closes one's own account for good: address, name and password are erased, sessions closed, roles ended. What the
/// person
/// did stays, signed « Ancien membre » (ACC-15).
public struct CloseAccount: Act {
    public static let right = "La personne elle-même, connectée depuis moins d’une heure."

    let session: Session.ID
    let isConfirmed: Bool
    let leavesPlacesAlone: Bool
    let head: LetterHead
    let traces: PersonalTraces

    /// `leavesPlacesAlone`: the person was warned that places would have nobody to answer for them, and accepts. `traces`:
    /// what later features keep under the person's address.
    public init(
        session: Session.ID, isConfirmed: Bool, leavesPlacesAlone: Bool, head: LetterHead, traces: PersonalTraces
    ) {
        self.session = session
        self.isConfirmed = isConfirmed
        self.leavesPlacesAlone = leavesPlacesAlone
        self.head = head
        self.traces = traces
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard let account = proceeding.principal.account else { throw Denied() }
        try SessionStore.requireFresh(session, of: account, at: proceeding.now, proceeding.writer)
    }

    public func perform(_ proceeding: Proceeding) throws {
        guard let id = proceeding.principal.account,
            let email = try AccountStore.account(id, proceeding.writer)?.email
        else { throw Missing() }
        let alone = try AccountDuties.soleManagedPlaces(id, at: proceeding.now, proceeding.writer)
        try check(alone, id, proceeding)
        try RoleGrantStore.revokeAll(of: id, reason: "compte fermé", at: proceeding.now, proceeding.writer)
        try SessionStore.closeAll(of: id, but: nil, proceeding.writer)
        try HalfSessionStore.closeAll(of: id, proceeding.writer)
        try FactorStore.remove(id, proceeding.writer)
        try AccountOrderStore.drop(of: id, at: proceeding.now, proceeding.writer)
        try EmailChangeStore.forget(id, proceeding.writer)
        try SignInLinkStore.forget(email, proceeding.writer)
        try InvitationStore.forget(email, proceeding.writer)
        try traces.erase(email, proceeding.now, proceeding.writer)
        try Outbox.forget(recipient: email.text, proceeding.writer)
        try AccountStore.close(id, at: proceeding.now, proceeding.writer)
        proceeding.about(id)
        proceeding.note("places left alone", String(alone.count))
        proceeding.send(head.accountClosed(to: email))
        if !alone.isEmpty { try warnCoordination(of: alone.count, proceeding) }
    }

    private func check(_ alone: [Int64], _ id: Account.ID, _ proceeding: Proceeding) throws {
        var problems = Problems()
        if !isConfirmed { problems.add("confirmed", "Cochez la case pour confirmer la fermeture.") }
        if !alone.isEmpty, !leavesPlacesAlone {
            problems.add(
                "leaves_places",
                alone.count == 1
                    ? "Vous êtes la seule personne responsable d’un lieu\u{202F}: invitez quelqu’un d’abord, ou "
                        + "cochez la case."
                    : "Vous êtes la seule personne responsable de \(alone.count) lieux\u{202F}: invitez "
                        + "quelqu’un d’abord, ou cochez la case."
            )
        }
        if proceeding.principal.isOperator,
            try RoleGrantStore.holders(of: .operator, on: .network, at: proceeding.now, proceeding.writer) == [id]
        {
            problems.add(
                "", "Vous êtes la dernière personne de l’administration technique\u{202F}: nommez-en d’abord une autre."
            )
        }
        try problems.throwIfAny()
    }

    private func warnCoordination(of count: Int, _ proceeding: Proceeding) throws {
        let coordinators = try RoleGrantStore.holders(
            of: .coordinator, on: .network, at: proceeding.now, proceeding.writer)
        for coordinator in coordinators {
            guard let email = try AccountStore.account(coordinator, proceeding.writer)?.email else { continue }
            proceeding.send(head.placesLeftAlone(to: email, count: count))
        }
    }
}
