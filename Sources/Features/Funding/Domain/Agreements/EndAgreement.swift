/// Ends an agreement: closed when all was paid and reported, terminated before. What is still planned is cancelled, and what was
/// not paid goes back to the envelope.
public struct EndAgreement: Act {
    public static let right =
        "La coordination, les agents du financeur et l’équipe de l’appel dont la ligne relève."

    public let agreement: Agreement.ID
    public let edition: Int
    public let terminates: Bool
    public let reason: String

    public init(agreement: Agreement.ID, edition: Int, terminates: Bool, reason: String) {
        self.agreement = agreement
        self.edition = edition
        self.terminates = terminates
        self.reason = reason
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try AgreementEditing(proceeding: proceeding).kept(agreement)
    }

    public func perform(_ proceeding: Proceeding) throws {
        let editing = AgreementEditing(proceeding: proceeding)
        let writer = proceeding.writer
        var (found, line) = try editing.kept(agreement)
        guard found.edition == edition else { throw Conflict(current: found.edition) }
        guard let next = found.state.after(terminates ? .terminate : .close) else {
            throw Problems(
                "", "Cette convention est «\u{A0}\(found.state.label)\u{A0}»\u{202F}: elle ne peut pas finir ainsi.")
        }
        var problems = Problems()
        let why = FundingText.line(reason, "motif", limit: 500, &problems)
        if why.isEmpty, terminates { problems.add("motif", "Dites pourquoi la convention est résiliée.") }
        let instalments = try InstalmentStore.instalments(of: agreement, writer)
        if instalments.contains(where: { $0.state == .ordered }) {
            problems.add("", "Une échéance est mandatée\u{202F}: attendez son paiement, ou suspendez-la.")
        }
        if !terminates {
            if instalments.contains(where: { $0.version == found.activeVersion && $0.state != .paid }) {
                problems.add(
                    "", "Il reste des échéances à payer\u{202F}: soldez-les, ou réduisez la convention par un avenant.")
            }
            if try !FundingReportStore.accepted(of: agreement, writer).contains(.final) {
                problems.add("", "Le bilan final n’est pas accepté.")
            }
        }
        try problems.throwIfAny()
        for var instalment in instalments {
            let former = instalment.state
            guard let cancelled = former.after(.cancel) else { continue }
            instalment.state = cancelled
            try InstalmentStore.update(instalment, from: former, at: proceeding.now, writer)
        }
        found.state = next
        found.endedOn = editing.today
        found.endReason = why
        try AgreementStore.update(found, at: edition, writer)
        line = try editing.funding.tell(terminates ? "resiliation" : "cloture", words: why, of: line)
        if line.state == .paid {
            _ = try editing.funding.take(.settle, on: editing.today, of: line)
        } else if line.state.after(.refuse) != nil {
            _ = try editing.funding.take(.refuse, on: editing.today, words: why, of: line)
        }
    }
}
