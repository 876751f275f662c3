/// Opens a draft of a call. Who creates it is of its team; nobody else sees it before its publication.
public struct CreateCall: Act {
    public static let right = "La coordination ; un agent financeur, pour un appel de son organisme."

    public let title: String
    public let nature: CallNature
    public let organiser: String

    public init(title: String, nature: CallNature, organiser: String = "") {
        self.title = title
        self.nature = nature
        self.organiser = organiser
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard CallRights.mayCreate(proceeding.principal) else {
            throw Denied("Ouvrir un appel revient à la coordination et aux financeurs.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws -> Call {
        var problems = Problems()
        let blank = CallIdentity(title: title, nature: nature, organiser: organiser)
        let settings = CallSettings(identity: blank).with(.identity(blank), problems: &problems)
        try problems.throwIfAny()
        let call = Call(
            id: proceeding.newIdentifier(), slug: try CallSlug.free(for: settings.identity.title, proceeding.writer),
            state: .draft, settings: settings, version: 1, rulesVersion: 0, createdAt: proceeding.now,
            createdBy: proceeding.principal.account, updatedAt: proceeding.now, publishedAt: nil, cancelledAt: nil,
            cancelReason: "")
        try CallStore.insert(call, proceeding.writer)
        if let account = proceeding.principal.account {
            try CallTeamStore.join(account, call.id, at: proceeding.now, proceeding.writer)
        }
        proceeding.about(call.id)
        return call
    }
}
