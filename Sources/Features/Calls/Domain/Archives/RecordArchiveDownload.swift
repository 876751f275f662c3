/// Leaves in the journal that somebody took a file of a call that was read back, at most once an hour for a person and a file (ATT-15).
public struct RecordArchiveDownload: Act {
    public static let right = "Coordination du réseau, au moment où elle télécharge un document d’un appel archivé."

    let call: ArchivedCall.ID
    let place: Int

    public init(_ file: ArchivedCall.File) {
        call = file.call
        place = file.place
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard ArchivedCallRights.maySee(proceeding.principal) else { throw Missing() }
    }

    public func perform(_ proceeding: Proceeding) throws {
        guard let file = try ArchivedCallStore.file(place, of: call, proceeding.writer) else { throw Missing() }
        proceeding.concerns(call)
        proceeding.note("file", String(place))
        proceeding.note("sha256", file.digest.text)
        proceeding.folds(since: proceeding.now - RecordDownload.sitting, over: ["file"])
    }
}
