import Storage

/// Makes the instruction of dossiers follow their candidacies: opened when the limit has passed, copied again when another deposit
/// counts, withdrawn and restored with them. The program does it every minute, some dossiers at a time (INST-5).
public struct OpenInstructions: Act {
    public static let right = "Le programme lui-même, toutes les minutes."

    /// Dossiers of one run; the next run does the rest.
    public static let most = 200

    public let shelf: CandidacyFormShelf

    public init(shelf: CandidacyFormShelf) {
        self.shelf = shelf
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.isHouse else { throw Missing() }
    }

    /// Whether there is anything to do, so that a quiet minute writes nothing.
    public static func isDue(at now: Instant, _ reader: Reader) throws -> Bool {
        for kind: InstructionArrivals.Kind in [.new, .replaced, .withdrawn, .restored]
        where try !InstructionArrivals.due(kind, at: now, limit: 1, reader).isEmpty {
            return true
        }
        return false
    }

    /// Answers how many dossiers were touched.
    public func perform(_ proceeding: Proceeding) throws -> Int {
        let (now, writer) = (proceeding.now, proceeding.writer)
        let opened = try InstructionArrivals.due(.new, at: now, limit: Self.most, writer)
        var count = 0
        var calls: [Call.ID: Call] = [:]
        func call(_ id: Call.ID) throws -> Call? {
            if calls[id] == nil { calls[id] = try CallStore.any(id, writer) }
            return calls[id]
        }
        for id in opened {
            guard let candidacy = try CandidacyStore.any(id, writer), let call = try call(candidacy.call),
                let facts = try InstructionArrivals.facts(of: candidacy, call, at: now, shelf: shelf, writer)
            else { continue }
            try InstructionStore.insert(facts.instruction, words: facts.words, writer)
            try InstructionEventStore.add(.opened, to: id, proceeding)
            count += 1
        }
        for id in try InstructionArrivals.due(.replaced, at: now, limit: Self.most, writer) {
            guard let candidacy = try CandidacyStore.any(id, writer), let call = try call(candidacy.call),
                let facts = try InstructionArrivals.facts(of: candidacy, call, at: now, shelf: shelf, writer)
            else { continue }
            try InstructionStore.copyAgain(facts.instruction, words: facts.words, writer)
            count += 1
        }
        for (kind, event, told) in [
            (InstructionArrivals.Kind.withdrawn, InstructionState.Event.withdraw, InstructionEvent.Kind.withdrawn),
            (.restored, .restore, .restored),
        ] {
            for id in try InstructionArrivals.due(kind, at: now, limit: Self.most, writer) {
                guard let former = try InstructionStore.any(id, writer), let state = former.state.after(event) else {
                    continue
                }
                var moved = former
                moved.state = state
                moved.decision = nil
                moved.updatedAt = now
                try InstructionStore.update(moved, at: former.version, writer)
                try InstructionEventStore.add(told, to: id, proceeding)
                if event == .withdraw { try close(id, proceeding) }
                count += 1
            }
        }
        proceeding.note("dossiers", String(count))
        return count
    }

    /// What waited for an answer waits no more: the dossier closes to whom it was opened.
    private func close(_ id: Candidacy.ID, _ proceeding: Proceeding) throws {
        for former in try PiecesRequestStore.requests(of: id, proceeding.writer) where former.state == .open {
            var cancelled = former
            cancelled.state = .cancelled
            cancelled.closedAt = proceeding.now
            try PiecesRequestStore.update(cancelled, at: former.version, proceeding.writer)
        }
        for former in try OpinionStore.opinions(of: id, proceeding.writer) where former.state == .asked {
            var withdrawn = former
            withdrawn.state = .withdrawn
            withdrawn.closedAt = proceeding.now
            try OpinionClosing.close(withdrawn, .opinionWithdrawn, proceeding)
        }
    }
}
