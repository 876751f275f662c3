/// Somebody who has an account joins the team of a call.
public struct AddCallTeammate: Act {
    public static let right = "L’équipe de l’appel et la coordination."

    public let call: Call.ID
    public let email: String

    public init(call: Call.ID, email: String) {
        self.call = call
        self.email = email
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try CallEditing(proceeding: proceeding).kept(call)
    }

    public func perform(_ proceeding: Proceeding) throws {
        let address = try EmailAddress(email, field: "courriel")
        guard let account = try AccountStore.account(email: address, proceeding.writer) else {
            throw Problems(
                "courriel", "Personne n’a de compte avec cette adresse\u{202F}: demandez-lui de se connecter une fois.")
        }
        guard try !CallTeamStore.members(of: call, proceeding.writer).contains(account.id) else {
            throw Problems("courriel", "Cette personne est déjà de l’équipe.")
        }
        try CallTeamStore.join(account.id, call, at: proceeding.now, proceeding.writer)
        proceeding.about(call)
        proceeding.note("account", account.id.text)
    }
}
