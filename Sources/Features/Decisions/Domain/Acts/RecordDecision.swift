import Exchange
import Storage

/// Writes what the competent body decided of one dossier. Nobody is told until the press that notifies; until then it may change.
public struct RecordDecision: Act {
    public static let right = "Une personne de l’équipe de l’appel, ou de la coordination, tant que rien n’est notifié."

    /// What is written of a decision.
    public struct Words: Sendable, Equatable {
        public var outcome: Decision.Outcome
        public var rank: Int?
        public var amount: Int?
        public var conditions = ""
        public var body: String
        public var decidedOn: CivilDate
        public var deliberation = ""
        public var reasons: [Decision.Reason] = []
        /// Why it departs from the solver's last proposal.
        public var departure = ""

        public init(_ outcome: Decision.Outcome, body: String, on day: CivilDate) {
            self.outcome = outcome
            self.body = body
            decidedOn = day
        }
    }

    public let candidacy: Candidacy.ID
    /// The version that was shown; 0 when there was none.
    public let version: Int
    public let words: Words

    public init(candidacy: Candidacy.ID, version: Int, words: Words) {
        self.candidacy = candidacy
        self.version = version
        self.words = words
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try CandidacyEditing(proceeding: proceeding).decided(candidacy)
    }

    public func perform(_ proceeding: Proceeding) throws -> Decision {
        let editing = DecisionEditing(proceeding: proceeding)
        let (candidacy, call, wave) = try editing.examined(candidacy)
        let former = try DecisionStore.current(of: candidacy.id, proceeding.writer)
        guard version == former?.version ?? 0 else { throw Conflict(current: former?.version ?? 0) }
        guard former?.isNotified != true else {
            throw Problems(
                "", "Cette décision est notifiée\u{202F}: elle ne change plus que par la liste d’attente ou un recours."
            )
        }
        guard candidacy.state.isExamined else {
            throw Problems("", "Ce dossier n’est plus examiné\u{202F}: \(candidacy.state.label.lowercased()).")
        }
        let run = try SelectionStore.runs(of: wave.id, limit: 1, proceeding.writer).first
        let number = try CandidacyDepositStore.counting(of: call.id, proceeding.writer)[candidacy.id]?.number
        var problems = Problems()
        let clean = words.canonical(&problems, today: DecisionBoard.today(proceeding.now))
        if let run, run.result.outcome == .chosen, let number, clean.departure.isEmpty {
            let isProposed = run.result.grants.contains { $0.number == number }
            if isProposed != clean.outcome.grants {
                problems.add(
                    "ecart",
                    isProposed
                        ? "La proposition retenait ce dossier\u{202F}: écrivez pourquoi la décision s’en écarte."
                        : "La proposition ne retenait pas ce dossier\u{202F}: écrivez pourquoi la décision s’en écarte."
                )
            }
        }
        if let rank = clean.rank {
            let others = try DecisionStore.current(of: call.id, wave: wave.id, proceeding.writer)
            if others.contains(where: { $0.rank == rank && $0.candidacy != candidacy.id }) {
                problems.add("rang", "Le rang \(rank) est déjà pris sur la liste d’attente.")
            }
        }
        try problems.throwIfAny()
        let decision = Decision(
            id: former?.id ?? proceeding.newIdentifier(), candidacy: candidacy.id, call: call.id, wave: wave.id,
            sequence: former?.sequence ?? 1, version: version + 1, origin: .body, outcome: clean.outcome,
            rank: clean.rank,
            amount: clean.amount, conditions: clean.conditions, body: clean.body, decidedOn: clean.decidedOn,
            deliberation: clean.deliberation, reasons: clean.reasons, run: run?.id, departure: clean.departure,
            recordedAt: proceeding.now, recordedBy: proceeding.principal.account, notifiedAt: nil, letter: "",
            supersededAt: nil)
        if let former {
            guard try DecisionStore.update(decision, at: former.version, proceeding.writer) else {
                throw Conflict(current: former.version)
            }
        } else {
            try DecisionStore.insert(decision, proceeding.writer)
        }
        try editing.requireRoom(call, wave.id)
        // Neither what was decided nor of whom: those who read the journal are more than those who prepare.
        proceeding.concerns(call.id)
        proceeding.note("wave", wave.id.text)
        return decision
    }
}

extension RecordDecision.Words {
    /// Cleaned, with what does not belong to the outcome left out.
    func canonical(_ problems: inout Problems, today: CivilDate) -> RecordDecision.Words {
        var clean = self
        clean.body = CallText.line(body, "instance", limit: 200, &problems)
        if clean.body.isEmpty { problems.add("instance", "Nommez l’instance qui a décidé.") }
        clean.deliberation = CallText.line(deliberation, "deliberation", limit: 60, &problems)
        if decidedOn > today { problems.add("date", "La décision ne peut pas dater de demain.") }
        clean.conditions = CallText.long(conditions, "conditions", limit: 4_000, &problems)
        if outcome == .reserved, clean.conditions.isEmpty {
            problems.add("conditions", "Écrivez la réserve\u{202F}: la personne qui candidate la lira.")
        }
        clean.departure = CallText.long(departure, "ecart", limit: 4_000, &problems)
        if outcome.grants {
            if !(1...CallEnvelope.most).contains(amount ?? 0) {
                problems.add("montant", "Donnez le montant accordé, de plus de zéro.")
            }
        } else {
            clean.amount = nil
        }
        if outcome == .waiting {
            if !(1...5_000).contains(rank ?? 0) {
                problems.add("rang", "Donnez le rang sur la liste d’attente, à partir de 1.")
            }
        } else {
            clean.rank = nil
        }
        clean.reasons = reasons.enumerated().compactMap { index, reason in
            let text = CallText.long(reason.text, "motif-\(index + 1)", limit: 2_000, &problems)
            return text.isEmpty ? nil : Decision.Reason(question: reason.question, text)
        }
        if clean.reasons.count > 40 { problems.add("motif-1", "Quarante motifs au plus.") }
        if outcome == .refused, clean.reasons.isEmpty {
            problems.add(
                "motif-1", "Un refus se motive\u{202F}: écrivez au moins un motif, la personne pourra s’en servir.")
        }
        return clean
    }
}
