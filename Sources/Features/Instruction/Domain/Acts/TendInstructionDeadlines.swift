import Storage

/// What the passing of time does to what was asked: a reminder two days before, and the end at the limit (INST-15, INST-18).
public struct TendInstructionDeadlines: Act {
    public static let right = "Le programme lui-même, toutes les minutes."

    /// How long before the limit one is reminded.
    public static let notice = Instant.Span.days(2)
    static let most = 200

    public let head: LetterHead

    public init(head: LetterHead) {
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.isHouse else { throw Missing() }
    }

    /// Whether there is anything to do, so that a quiet minute writes nothing.
    public static func isDue(at now: Instant, _ reader: Reader) throws -> Bool {
        for (end, isReminder) in [(now, false), (now + notice, true)] {
            if try !PiecesRequestStore.open(closingBefore: end, isReminder: isReminder, limit: 1, reader).isEmpty {
                return true
            }
            if try !OpinionStore.open(closingBefore: end, isReminder: isReminder, limit: 1, reader).isEmpty {
                return true
            }
        }
        return false
    }

    /// Answers how many requests and opinions were touched.
    public func perform(_ proceeding: Proceeding) throws -> Int {
        let count = try requests(proceeding) + opinions(proceeding)
        proceeding.note("touched", String(count))
        return count
    }

    private func requests(_ proceeding: Proceeding) throws -> Int {
        let (now, writer) = (proceeding.now, proceeding.writer)
        let editing = InstructionEditing(proceeding: proceeding)
        var count = 0
        for former in try PiecesRequestStore.open(closingBefore: now, isReminder: false, limit: Self.most, writer) {
            var expired = former
            expired.state = .expired
            expired.closedAt = now
            try PiecesRequestStore.update(expired, at: former.version, writer)
            if let dossier = try InstructionStore.any(former.candidacy, writer) {
                if let state = dossier.state.after(.comeBack) {
                    var moved = dossier
                    moved.state = state
                    moved.updatedAt = now
                    try InstructionStore.update(moved, at: dossier.version, writer)
                }
                try InstructionEventStore.add(.expired, to: former.candidacy, proceeding)
                if let address = try dossier.instructor.flatMap({ try AccountStore.account($0, writer)?.email?.text }) {
                    proceeding.send(head.piecesExpired(address, dossier))
                }
            }
            count += 1
        }
        for former in try PiecesRequestStore.open(
            closingBefore: now + Self.notice, isReminder: true, limit: Self.most, writer)
        {
            var reminded = former
            reminded.remindedAt = now
            try PiecesRequestStore.update(reminded, at: former.version, writer)
            count += 1
            guard let candidacy = try CandidacyStore.any(former.candidacy, writer),
                let call = try CallStore.any(candidacy.call, writer),
                let address = try editing.holderAddress(of: candidacy)
            else { continue }
            proceeding.send(head.piecesReminder(address, candidacy, call, former))
        }
        return count
    }

    private func opinions(_ proceeding: Proceeding) throws -> Int {
        let (now, writer) = (proceeding.now, proceeding.writer)
        var count = 0
        for former in try OpinionStore.open(closingBefore: now, isReminder: false, limit: Self.most, writer) {
            var expired = former
            expired.state = .expired
            expired.closedAt = now
            let dossier = try OpinionClosing.close(expired, .opinionExpired, proceeding)
            if let address = try OpinionClosing.asker(former, dossier, proceeding) {
                proceeding.send(head.opinionExpired(address, dossier))
            }
            count += 1
        }
        for former in try OpinionStore.open(
            closingBefore: now + Self.notice, isReminder: true, limit: Self.most, writer)
        {
            var reminded = former
            reminded.remindedAt = now
            try OpinionStore.update(reminded, writer)
            if let dossier = try InstructionStore.any(former.candidacy, writer), !former.email.isEmpty {
                proceeding.send(head.opinionReminder(former.email, dossier, former))
            }
            count += 1
        }
        return count
    }
}
