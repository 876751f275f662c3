/// The link of the mail was pressed: the alert counts.
public struct ConfirmCallAlert: Act {
    public static let right = "Qui tient le lien envoyé par courriel."

    public let secret: Secret

    public init(secret: Secret) {
        self.secret = secret
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard try CallAlertStore.waiting(secretHash: secret.hash, proceeding.writer) != nil else { throw Missing() }
    }

    public func perform(_ proceeding: Proceeding) throws {
        guard let alert = try CallAlertStore.waiting(secretHash: secret.hash, proceeding.writer) else {
            throw Missing()
        }
        try CallAlertStore.confirm(alert.id, at: proceeding.now, proceeding.writer)
        proceeding.concerns(alert.id)
    }
}
