/// Cancels a call, with a public reason. Its page stays, and so does everything that was written or deposited.
public struct CancelCall: Act {
    public static let right = "L’équipe de l’appel et la coordination."

    public let call: Call.ID
    public let reason: String
    public let head: LetterHead

    public init(call: Call.ID, reason: String, head: LetterHead) {
        self.call = call
        self.reason = reason
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try CallEditing(proceeding: proceeding).kept(call)
    }

    public func perform(_ proceeding: Proceeding) throws {
        let editing = CallEditing(proceeding: proceeding)
        let former = try editing.kept(call)
        var problems = Problems()
        if former.state != .published { problems.add("", "Seul un appel publié s’annule.") }
        let motive = CallText.long(reason, "motif", limit: 2_000, &problems)
        if motive.isEmpty { problems.add("motif", "Dites pourquoi\u{202F}: le motif est public.") }
        try problems.throwIfAny()
        var cancelled = former
        cancelled.state = .cancelled
        cancelled.cancelledAt = proceeding.now
        cancelled.cancelReason = motive
        try editing.write(cancelled, replacing: former)
        for address in try CallAudience.addresses(concernedBy: call, proceeding.writer) {
            proceeding.send(head.callCancelled(address, cancelled))
        }
    }
}
