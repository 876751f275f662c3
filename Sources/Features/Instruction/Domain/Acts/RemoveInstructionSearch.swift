import Storage

/// Forgets a search one kept (INST-11).
public struct RemoveInstructionSearch: Act {
    public static let right = SaveInstructionSearch.right

    public let search: InstructionSearch.ID

    public init(search: InstructionSearch.ID) {
        self.search = search
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.isSignedIn else { throw Denied() }
    }

    public func perform(_ proceeding: Proceeding) throws {
        guard let account = proceeding.principal.account,
            try InstructionSearchStore.remove(search, of: account, proceeding.writer)
        else { throw Missing() }
        proceeding.concerns(search)
    }
}
