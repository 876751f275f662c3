import Exchange

/// Enters an organisation that gives money. An agent who enters one acts for it.
public struct AddFunder: Act {
    public static let right = "La coordination ; un agent financeur, pour son organisme."

    public let name: String
    public let kind: Funder.Kind
    public let siret: String

    public init(name: String, kind: Funder.Kind, siret: String = "") {
        self.name = name
        self.kind = kind
        self.siret = siret
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard FundingRights.mayAddFunder(proceeding.principal) else {
            throw Denied("Inscrire un financeur revient à la coordination et aux agents financeurs.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws -> Funder {
        var problems = Problems()
        let clean = FundingText.line(name, "nom", limit: 200, &problems)
        if clean.isEmpty { problems.add("nom", "Donnez le nom officiel du financeur.") }
        let number = FundingText.digits(siret)
        if !number.isEmpty, !OfficialNumbers.isSIRET(number) { problems.add("siret", Self.siretShape) }
        if try FunderStore.isTaken(clean, proceeding.writer) { problems.add("nom", "Ce financeur est déjà inscrit.") }
        try problems.throwIfAny()
        let funder = Funder(
            id: proceeding.newIdentifier(), name: clean, kind: kind, siret: number, createdAt: proceeding.now,
            createdBy: proceeding.principal.account)
        try FunderStore.insert(funder, proceeding.writer)
        if let account = proceeding.principal.account, !proceeding.principal.isCoordinator {
            try FunderStore.join(account, funder.id, at: proceeding.now, proceeding.writer)
        }
        proceeding.about(funder.id)
        return funder
    }

    static let siretShape = "Ce numéro n’est pas un SIRET\u{202F}: quatorze chiffres, le dernier contrôle les autres."
}
