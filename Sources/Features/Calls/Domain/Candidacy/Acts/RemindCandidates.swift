import Storage

/// Tells the leads of drafts that were never deposited that the limit comes near, once for each of the three moments. Nobody
/// else is told, and those who deposited are not (CAND-16).
public struct RemindCandidates: Act {
    public static let right = "Le programme lui-même, toutes les minutes."

    /// The most letters of one run; the next run sends the rest.
    static let most = 200

    public let head: LetterHead

    public init(head: LetterHead) {
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.isHouse else { throw Missing() }
    }

    /// Answers how many letters were put in the outbox.
    public func perform(_ proceeding: Proceeding) throws -> Int {
        let now = proceeding.now
        var count = 0
        var calls: [Call.ID: Call] = [:]
        for kind in CandidacyReminder.allCases {
            let found = try CandidacyStore.toRemind(
                kind, closingAfter: now, before: now + .days(kind == .week ? 7 : 2), limit: Self.most - count,
                proceeding.writer)
            for candidacy in found {
                if calls[candidacy.call] == nil {
                    calls[candidacy.call] = try CallStore.any(candidacy.call, proceeding.writer)
                }
                guard let call = calls[candidacy.call], let wave = call.wave(candidacy.wave),
                    CandidacyReminder.due(at: now, closing: wave.closesAt, zone: wave.civilZone) == kind
                else { continue }
                try CandidacyReminderStore.insert(
                    kind, of: candidacy.id, closing: wave.closesAt, at: now, proceeding.writer)
                let address = try CandidacyEditing(proceeding: proceeding).holderAddress(of: candidacy)
                guard let address else { continue }
                proceeding.send(head.candidacyReminder(address, candidacy, call, wave, at: now))
                count += 1
            }
        }
        proceeding.note("letters", String(count))
        return count
    }
}
