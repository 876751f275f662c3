/// The program puts somebody who has an account in the team of a call. People invite: see `InviteCallTeammate`.
public struct AddCallTeammate: Act {
    public static let right = "Le programme lui-même\u{202F}; les personnes invitent."

    public let call: Call.ID
    public let email: String

    public init(call: Call.ID, email: String) {
        self.call = call
        self.email = email
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try CallEditing(proceeding: proceeding).kept(call)
        guard proceeding.principal.isHouse else {
            throw Denied("On entre dans une équipe par une invitation acceptée.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws {
        let address = try EmailAddress(email, field: "courriel")
        guard let account = try AccountStore.account(email: address, proceeding.writer) else {
            throw Problems("courriel", "Personne n’a de compte avec cette adresse.")
        }
        guard try !CallTeamStore.members(of: call, proceeding.writer).contains(account.id) else {
            throw Problems("courriel", "Cette personne est déjà de l’équipe.")
        }
        try CallTeamStore.join(account.id, call, at: proceeding.now, proceeding.writer)
        proceeding.about(call)
        proceeding.note("account", account.id.text)
    }
}
