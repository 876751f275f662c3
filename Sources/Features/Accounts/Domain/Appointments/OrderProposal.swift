import Storage

/// What the two ways of asking for an order end with: written once, and told to those who may confirm and to whom it is about.
enum OrderProposal {
    static func put(
        _ matter: AccountOrder.Matter, about account: Account.ID, reason: String, head: LetterHead,
        _ proceeding: Proceeding
    ) throws -> AccountOrder.ID {
        let (now, writer) = (proceeding.now, proceeding.writer)
        guard let proposer = proceeding.principal.account else { throw Denied() }
        guard let holder = try AccountStore.account(account, writer), let email = holder.email else { throw Missing() }
        let order = AccountOrder(
            id: proceeding.newIdentifier(), account: account, matter: matter, reason: reason, proposedBy: proposer,
            proposedAt: now, expiresAt: now + AccountOrder.lifetime)
        do {
            try AccountOrderStore.insert(order, writer)
        } catch StorageError.unique {
            throw Problems("", "La même demande attend déjà d’être confirmée.")
        }
        proceeding.about(account)
        proceeding.note("order", order.id.text)
        if case .role(let role, _) = matter { RoleReason.note(Grant(role, on: .network), proceeding) }
        proceeding.send(head.orderProposed(to: email, order))
        for other in try confirmers(of: order, at: now, writer) {
            guard let address = other.email else { continue }
            proceeding.send(
                head.orderToConfirm(
                    to: address, order, about: holder.name, by: proceeding.principal.name))
        }
        return order.id
    }

    /// Those who may confirm, the one who asks and the one it is about left out.
    private static func confirmers(of order: AccountOrder, at now: Instant, _ reader: Reader) throws -> [Account] {
        var roles: [Role] = [.operator]
        if case .role(.coordinator, _) = order.matter { roles.append(.coordinator) }
        let holders = try roles.flatMap { try RoleGrantStore.holders(of: $0, on: .network, at: now, reader) }
        return try AccountStore.accounts(
            Set(holders).subtracting([order.account, order.proposedBy]).sorted(), reader)
    }
}
