import Storage

/// Somebody asks to be told of new calls by mail. Nothing more is sent until the address is confirmed (CALL-14).
public struct SubscribeToCalls: Act {
    public static let right = "Toute personne ; l’alerte compte une fois l’adresse confirmée."

    public let email: String
    public let nature: CallNature?
    /// The code of a département; empty for everywhere.
    public let departement: String
    public let from: NetworkOrigin?
    public let head: LetterHead

    public init(
        email: String, nature: CallNature? = nil, departement: String = "", from: NetworkOrigin? = nil,
        head: LetterHead
    ) {
        self.email = email
        self.nature = nature
        self.departement = departement
        self.from = from
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {}

    /// Says the same whether the address was known or not: nobody learns who follows calls.
    public func perform(_ proceeding: Proceeding) throws {
        let address = try EmailAddress(email, field: "courriel")
        let code = departement.uppercased()
        if !code.isEmpty, !CallTerritory.Area(.departement, code, "").isWellFormed {
            throw Problems("departement", "Ce département n’existe pas.")
        }
        try Throttle.take(tolls(address), at: proceeding.now, proceeding.writer)
        let secret = Secret(proceeding.surroundings)
        let what = [nature?.label ?? "tous", code.isEmpty ? nil : "département \(code)"].compactMap { $0 }
        if let known = try CallAlertStore.same(address, nature, code, proceeding.writer) {
            proceeding.concerns(known.id)
            guard known.confirmedAt == nil else { return }
            try CallAlertStore.renew(known.id, secretHash: secret.hash, at: proceeding.now, proceeding.writer)
        } else {
            let alert = CallAlert(
                id: proceeding.newIdentifier(), email: address.text, nature: nature, departement: code,
                leaveKey: Secret(proceeding.surroundings).text, confirmedAt: nil)
            try CallAlertStore.insert(alert, secretHash: secret.hash, at: proceeding.now, proceeding.writer)
            proceeding.concerns(alert.id)
        }
        proceeding.send(head.callAlertToConfirm(address.text, what.joined(separator: ", "), secret))
    }

    private func tolls(_ address: EmailAddress) -> [Throttle.Toll] {
        [Throttle.Toll("call alert by e-mail", Array(address.text.utf8), Throttle.Limit(5, per: .hours(1)))]
            + (from.map { [Throttle.Toll("call alert by network", $0.network, Throttle.Limit(30, per: .hours(1)))] }
                ?? [])
    }
}
