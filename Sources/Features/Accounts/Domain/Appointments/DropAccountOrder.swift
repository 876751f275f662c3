import Storage

/// Gives up what waits for a second person (ACC-29).
public struct DropAccountOrder: Act {
    public static let right = "Toute personne qui pourrait faire ou confirmer la demande."

    let id: AccountOrder.ID

    public init(_ id: AccountOrder.ID) {
        self.id = id
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard let order = try AccountOrderStore.open(id, at: proceeding.now, proceeding.writer),
            AccountRights.maySettle(proceeding.principal, order)
        else { throw Missing() }
    }

    public func perform(_ proceeding: Proceeding) throws {
        guard let account = proceeding.principal.account,
            try AccountOrderStore.settle(id, isDone: false, by: account, at: proceeding.now, proceeding.writer)
        else { throw Missing() }
        proceeding.concerns(account)
        proceeding.note("order", id.text)
    }
}
