/// Ends an alert and erases its address.
public struct LeaveCallAlert: Act {
    public static let right = "Qui tient le lien de fin porté par chaque alerte."

    public let leaveKey: String

    public init(leaveKey: String) {
        self.leaveKey = leaveKey
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard try CallAlertStore.alert(leaveKey: leaveKey, proceeding.writer) != nil else { throw Missing() }
    }

    public func perform(_ proceeding: Proceeding) throws {
        guard let alert = try CallAlertStore.alert(leaveKey: leaveKey, proceeding.writer) else { throw Missing() }
        try CallAlertStore.remove(alert.id, proceeding.writer)
        proceeding.concerns(alert.id)
    }
}
