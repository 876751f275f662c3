/// Takes back a later limit that nobody confirmed yet.
public struct WithdrawExtension: Act {
    public static let right = "L’équipe de l’appel et la coordination."

    public let proposal: CallExtension.ID

    public init(proposal: CallExtension.ID) {
        self.proposal = proposal
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard let found = try CallExtensionStore.any(proposal, proceeding.writer) else { throw Missing() }
        let (_, isTeam) = try CallEditing(proceeding: proceeding).visible(found.call)
        guard CallRights.mayExtend(proceeding.principal, isTeam: isTeam) else {
            throw Denied("Cela revient à l’équipe de l’appel ou à la coordination.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws {
        guard let found = try CallExtensionStore.any(proposal, proceeding.writer) else { throw Missing() }
        guard found.confirmedAt == nil else { throw Problems("", "Cette prolongation est déjà confirmée.") }
        try CallExtensionStore.withdraw(found.id, at: proceeding.now, proceeding.writer)
        proceeding.about(found.call)
        proceeding.note("extension", found.id.text)
    }
}
