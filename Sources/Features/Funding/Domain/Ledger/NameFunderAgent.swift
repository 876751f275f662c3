/// Says that somebody acts for a funder. They keep its lines while they also hold the role « agent financeur ».
public struct NameFunderAgent: Act {
    public static let right = "La coordination."

    public let funder: Funder.ID
    public let email: String

    public init(funder: Funder.ID, email: String) {
        self.funder = funder
        self.email = email
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard FundingRights.mayNameAgents(proceeding.principal) else {
            throw Denied("Dire qui agit pour un financeur revient à la coordination.")
        }
        guard try FunderStore.funder(funder, proceeding.writer) != nil else { throw Missing() }
    }

    public func perform(_ proceeding: Proceeding) throws {
        let address = try EmailAddress(email, field: "courriel")
        guard let account = try AccountStore.account(email: address, proceeding.writer) else {
            throw Problems("courriel", "Personne n’a de compte avec cette adresse.")
        }
        if try FunderStore.agents(proceeding.writer)[funder]?.contains(account.id) == true {
            throw Problems("courriel", "Cette personne agit déjà pour ce financeur.")
        }
        try FunderStore.join(account.id, funder, at: proceeding.now, proceeding.writer)
        proceeding.about(funder)
        proceeding.note("account", account.id.text)
    }
}
