import Exchange
import Storage

/// A place has freed: the first of the waiting list is retained, and told at once.
public struct CallFromWaitingList: Act {
    public static let right = "Une personne de l’équipe de l’appel, ou de la coordination, dans l’ordre de la liste."

    public let candidacy: Candidacy.ID
    public let version: Int
    public let words: RecordDecision.Words
    public let head: LetterHead
    public let shelf: CandidacyFormShelf

    public init(
        candidacy: Candidacy.ID, version: Int, words: RecordDecision.Words, head: LetterHead,
        shelf: CandidacyFormShelf
    ) {
        self.candidacy = candidacy
        self.version = version
        self.words = words
        self.head = head
        self.shelf = shelf
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try CandidacyEditing(proceeding: proceeding).decided(candidacy)
    }

    public func perform(_ proceeding: Proceeding) throws -> Decision {
        let editing = DecisionEditing(proceeding: proceeding)
        let (candidacy, call, wave) = try editing.examined(candidacy)
        guard let former = try DecisionStore.current(of: candidacy.id, proceeding.writer), former.outcome == .waiting,
            former.isNotified
        else { throw Problems("", "Ce dossier n’attend pas sur la liste.") }
        guard version == former.version else { throw Conflict(current: former.version) }
        guard candidacy.state.isExamined else {
            throw Problems("", "Ce dossier a été retiré\u{202F}: appelez le suivant.")
        }
        let dossiers = Set(try DecisionBoard.dossiers(of: call, wave.id, proceeding.writer).map(\.candidacy.id))
        let first = try DecisionStore.current(of: call.id, wave: wave.id, proceeding.writer)
            .filter { $0.outcome == .waiting && $0.isNotified && dossiers.contains($0.candidacy) }
            .min { ($0.rank ?? .max) < ($1.rank ?? .max) }
        guard first?.id == former.id else {
            throw Problems("", "La liste se suit dans l’ordre\u{202F}: le rang \(first?.rank ?? 1) vient avant.")
        }
        var problems = Problems()
        var clean = words.canonical(&problems, today: DecisionBoard.today(proceeding.now))
        if !clean.outcome.grants {
            problems.add("decision", "Un dossier appelé de la liste est retenu, avec ou sans réserve.")
        }
        try problems.throwIfAny()
        clean.rank = nil
        let next = former.followed(
            by: proceeding.newIdentifier(), .waitingList, clean, at: proceeding.now, by: proceeding.principal.account)
        return try editing.supersede(former, by: next, candidacy, call, head: head, shelf: shelf)
    }
}

extension Decision {
    /// The decision that comes after this one, not yet told.
    func followed(
        by id: Decision.ID, _ origin: Origin, _ words: RecordDecision.Words, at now: Instant, by account: Account.ID?
    ) -> Decision {
        Decision(
            id: id, candidacy: candidacy, call: call, wave: wave, sequence: sequence + 1, version: version + 1,
            origin: origin,
            outcome: words.outcome, rank: words.rank, amount: words.amount, conditions: words.conditions,
            body: words.body,
            decidedOn: words.decidedOn, deliberation: words.deliberation, reasons: words.reasons, run: run,
            departure: words.departure, recordedAt: now, recordedBy: account, notifiedAt: nil, letter: "",
            supersededAt: nil)
    }
}
