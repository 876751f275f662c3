import Storage

/// Keeps a question to the board under a name (INST-11).
public struct SaveInstructionSearch: Act {
    public static let right = "Toute personne connectée, pour elle-même."

    public let name: String
    public let query: String

    public init(name: String, query: String) {
        self.name = name
        self.query = query
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.isSignedIn else { throw Denied() }
    }

    public func perform(_ proceeding: Proceeding) throws {
        guard let account = proceeding.principal.account else { throw Denied() }
        var problems = Problems()
        let name = CallText.line(name, "nom", limit: 80, &problems)
        if name.isEmpty { problems.add("nom", "Donnez un nom à cette recherche.") }
        if query.utf8.count > 1_000 { problems.add("nom", "Cette recherche est trop longue.") }
        let own = try InstructionSearchStore.own(proceeding.principal, proceeding.writer)
        if own.contains(where: { $0.name == name }) { problems.add("nom", "Vous avez déjà une recherche de ce nom.") }
        if own.count >= InstructionSearchStore.most {
            problems.add("nom", "Vous gardez déjà \(InstructionSearchStore.most) recherches\u{202F}: retirez-en une.")
        }
        try problems.throwIfAny()
        let search = InstructionSearch(id: proceeding.newIdentifier(), name: name, query: query)
        try InstructionSearchStore.insert(search, of: account, at: proceeding.now, proceeding.writer)
        proceeding.concerns(search.id)
    }
}
