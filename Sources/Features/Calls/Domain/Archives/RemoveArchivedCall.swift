/// Takes a call that was read back out of the network, with its dossiers and their documents (CALL-17).
public struct RemoveArchivedCall: Act {
    public static let right = "Coordination du réseau."

    public let call: ArchivedCall.ID

    public init(call: ArchivedCall.ID) {
        self.call = call
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard ArchivedCallRights.maySee(proceeding.principal) else { throw Missing() }
    }

    public func perform(_ proceeding: Proceeding) throws {
        guard let found = try ArchivedCallStore.call(proceeding.principal, call, proceeding.writer) else {
            throw Missing()
        }
        try ArchivedCallStore.remove(found.id, proceeding.writer)
        proceeding.about(found.id)
        proceeding.note("origin", found.address)
        proceeding.note("call", found.origin.text)
        proceeding.note("sha256", found.digest.text)
    }
}
