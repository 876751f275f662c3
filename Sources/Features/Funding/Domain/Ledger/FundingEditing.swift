import Exchange
import Storage

/// What the acts on the ledger share: finding a line with the rights of the one who acts, writing one event further, and the
/// envelope that must never be overspent.
struct FundingEditing {
    let proceeding: Proceeding

    private var writer: Writer { proceeding.writer }
    private var principal: Principal { proceeding.principal }

    /// The line, if the one who acts keeps it. Who only reads it is denied; for all others it is missing (FUND-1).
    func kept(_ id: FundingLine.ID) throws -> FundingLine {
        let (line, ties) = try found(id)
        guard FundingRights.mayKeep(principal, ties) else {
            throw Denied("Cela revient au financeur ou à l’équipe de l’appel.")
        }
        return line
    }

    /// The line with what ties the one who acts to it, if they read it in full or if everybody does.
    func found(_ id: FundingLine.ID) throws -> (line: FundingLine, ties: FundingRights.Ties) {
        guard let line = try FundingStore.any(id, writer) else { throw Missing() }
        let ties = try FundingStore.ties(principal, line, writer)
        guard FundingRights.mayRead(principal, ties, line.state) else {
            if line.publishedAt != nil {
                throw Denied("Cela revient au financeur, à l’équipe de l’appel ou au bénéficiaire.")
            }
            throw Missing()
        }
        return (line, ties)
    }

    /// The line, if the one who acts benefits from it or keeps it.
    func shared(_ id: FundingLine.ID) throws -> (line: FundingLine, ties: FundingRights.Ties) {
        try found(id)
    }

    /// Takes a step of money: folds it, writes the line and its event, and checks the envelope in the same transaction.
    func take(
        _ step: FundingStep, amount: Int? = nil, on day: CivilDate, words: String = "", of former: FundingLine,
        field: String = "montant"
    ) throws -> FundingLine {
        var line = former
        do {
            try line.fold.take(step, amount: amount)
        } catch {
            throw Self.problem(error, field)
        }
        guard day <= FundingText.today(proceeding.now) else {
            throw Problems("jour", "Ce jour n’est pas encore venu\u{202F}: le registre dit ce qui s’est passé.")
        }
        line.days.mark(step, on: day)
        if step == .grant, !words.isEmpty { line.facts.reference = words }
        line = try write(line, replacing: former, step.rawValue, amount: amount, on: day, words: words)
        if line.fold.committed > former.fold.committed { try requireRoom(for: line, field) }
        return line
    }

    /// Writes a line that changed, with the event that says so.
    func write(
        _ changed: FundingLine, replacing former: FundingLine, _ kind: String, amount: Int? = nil, on day: CivilDate,
        words: String = ""
    ) throws -> FundingLine {
        var line = changed
        line.version = former.version + 1
        line.updatedAt = proceeding.now
        try FundingStore.update(line, at: former.version, writer)
        try FundingEventStore.append(kind, amount: amount, on: day, words: words, to: line, by: proceeding)
        proceeding.about(line.id)
        proceeding.note("event", kind)
        return line
    }

    /// Adds an event that changes no fact of the line.
    @discardableResult
    func tell(_ kind: String, amount: Int? = nil, words: String = "", of line: FundingLine) throws -> FundingLine {
        try write(
            line, replacing: line, kind, amount: amount, on: FundingText.today(proceeding.now), words: words)
    }

    /// Refuses when the envelope of a line owes more than it holds, saying by how much (FUND-5). The envelope's row is written
    /// first, so that two acts on one envelope never both believe that there is room.
    func requireRoom(for line: FundingLine, _ field: String) throws {
        guard let id = line.facts.envelope else { return }
        guard try FundingEnvelopeStore.touch(id, writer), let envelope = try FundingEnvelopeStore.any(id, writer) else {
            throw Missing()
        }
        let excess = envelope.committed - envelope.amount
        guard excess <= 0 else {
            throw Problems(
                field,
                "L’enveloppe «\u{A0}\(envelope.label) \(envelope.year)\u{A0}» serait dépassée de \(FundingText.euros(excess))\u{202F}: il y reste "
                    + "\(FundingText.euros(max(envelope.left + line.fold.committed, 0))).")
        }
    }

    /// Facts checked against what they name: the funder, the envelope, the call, the candidacy, the place.
    func checked(_ facts: FundingFacts) throws -> FundingFacts {
        var problems = Problems()
        let clean = facts.canonical(&problems)
        if let id = clean.envelope {
            let envelope = try FundingEnvelopeStore.any(id, writer)
            if envelope == nil || envelope?.funder != clean.funder {
                problems.add("enveloppe", "Cette enveloppe n’est pas de ce financeur.")
            }
        }
        if let id = clean.call, try CallStore.call(principal, id, writer) == nil { throw Missing() }
        if let id = clean.candidacy {
            guard let candidacy = try CandidacyStore.any(id, writer), candidacy.depositedVersion > 0,
                candidacy.call == clean.call
            else { throw Missing() }
        }
        if let id = clean.place, try PlaceStore.place(principal, id, writer) == nil { throw Missing() }
        try problems.throwIfAny()
        return clean
    }

    static func problem(_ refusal: FundingFold.Refusal, _ field: String) -> Problems {
        switch refusal {
        case .step(let step, let state):
            Problems("etape", "«\u{A0}\(step.label)\u{A0}» ne peut pas suivre l’état «\u{A0}\(state.label)\u{A0}».")
        case .amount: Problems(field, "Donnez un montant d’au moins un centime.")
        case .over(let excess): Problems(field, "C’est \(FundingText.euros(excess)) de trop.")
        case .under(let gap):
            Problems(field, "C’est \(FundingText.euros(gap)) de moins que ce qui a déjà été versé.")
        }
    }
}
