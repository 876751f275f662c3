import Storage

/// A second person agrees to what another asked about an account: it is done at once (ACC-29).
public struct ConfirmAccountOrder: Act {
    public static let right =
        "Une autre personne que celle qui demande et que celle dont il s’agit, qui pourrait le demander elle-même."

    let id: AccountOrder.ID
    let head: LetterHead

    public init(_ id: AccountOrder.ID, head: LetterHead) {
        self.id = id
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        // Who may not settle it may not learn that it exists either.
        guard let order = try AccountOrderStore.open(id, at: proceeding.now, proceeding.writer),
            AccountRights.maySettle(proceeding.principal, order)
        else { throw Missing() }
        guard proceeding.principal.account != order.proposedBy else {
            throw Denied("Une autre personne que celle qui a fait la demande doit la confirmer.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws -> AccountOrder {
        let (now, writer) = (proceeding.now, proceeding.writer)
        guard let order = try AccountOrderStore.open(id, at: now, writer), let confirmer = proceeding.principal.account,
            let email = try AccountStore.account(order.account, writer)?.email
        else { throw Missing() }
        // An order is worth what its author's rights are worth now, not what they were when it was made.
        guard let author = try PrincipalReader.principal(order.proposedBy, at: now, writer),
            AccountRights.maySettle(author, order)
        else {
            throw Problems(
                "", "La personne qui a fait cette demande n’en a plus le droit\u{202F}: faites-la à nouveau.")
        }
        guard try AccountOrderStore.settle(id, isDone: true, by: confirmer, at: now, writer) else { throw Missing() }
        proceeding.about(order.account)
        proceeding.note("order", order.id.text)
        proceeding.note("proposed by", order.proposedBy.text)
        switch order.matter {
        case .role(let role, let until):
            try give(role, until, order, proceeding)
            proceeding.send(head.roleGranted(to: email, role, until: until))
        case .factorReset:
            try FactorStore.remove(order.account, writer)
            try SessionStore.closeAll(of: order.account, but: nil, writer)
            proceeding.send(head.factorReset(to: email))
        }
        return order
    }

    private func give(_ role: Role, _ until: Instant, _ order: AccountOrder, _ proceeding: Proceeding) throws {
        let now = proceeding.now
        guard until > now else {
            throw Problems("", "La date de fin demandée est passée\u{202F}: faites-en une autre.")
        }
        let grant = Grant(role, on: .network)
        let held = try RoleGrantStore.inForce(of: order.account, at: now, proceeding.writer).filter {
            $0.grant == grant
        }
        // The same role taken in an emergency makes way for the one that is given.
        for emergency in held where emergency.isEmergency {
            try RoleGrantStore.revoke(
                emergency.id, by: proceeding.principal.account, reason: "", at: now, proceeding.writer)
        }
        guard !held.contains(where: { !$0.isEmergency }) else { throw Problems("", "Cette personne a déjà ce rôle.") }
        _ = try RoleGrantStore.insert(grant, to: order.account, until: until, reason: order.reason, proceeding)
        try SessionStore.demandRenewal(of: order.account, proceeding.writer)
        RoleReason.note(grant, proceeding)
    }
}
