/// The session passes to a dossier: its time runs from now.
public struct BeginDossier: Act {
    public static let right =
        "L’équipe de l’appel, la coordination et la présidence du jury, sans lien avec ce dossier."

    public let call: Call.ID
    public let candidacy: Candidacy.ID

    public init(call: Call.ID, candidacy: Candidacy.ID) {
        self.call = call
        self.candidacy = candidacy
    }

    public func authorize(_ proceeding: Proceeding) throws {
        let editing = JuryEditing(proceeding: proceeding)
        try editing.requireClear(try editing.led(call), candidacy)
    }

    public func perform(_ proceeding: Proceeding) throws {
        let (editing, writer) = (JuryEditing(proceeding: proceeding), proceeding.writer)
        let access = try editing.led(call)
        _ = try editing.jury(access, in: [.session])
        guard var item = try JuryItemStore.items(of: call, writer).first(where: { $0.candidacy == candidacy }) else {
            throw Missing()
        }
        item.begunAt = proceeding.now
        try JuryItemStore.update(item, of: call, by: proceeding.principal.account, writer)
        editing.note(access)
        proceeding.note("candidacy", candidacy.text)
    }
}
